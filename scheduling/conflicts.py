"""What is booked where somebody isn't there: listed for whoever changes hours and for the desk. Nothing is dropped."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person

from .alone import deed
from .clock_rules import read_anew
from .hours import Whose
from .models import Appointment, Room, StaysAsItIs
from .queries import query
from .standing import doing

OUTSIDE = query("outside")


@dataclass(frozen=True, slots=True)
class Lying:
    """One appointment outside the hours. `mark` says how it lies; `stays`: somebody decided so for that very mark."""

    appointment_id: UUID
    not_there: bool
    second_not_there: bool
    room_shut: bool
    mark: str
    stays: bool


def outside(whose: Whose | None, now: datetime) -> list[Lying]:
    """Of a person in whichever part, of a room, or of everybody. One query."""
    parameters = {
        "now": now,
        "person": str(whose.pk) if isinstance(whose, Person) else None,
        "room": str(whose.pk) if isinstance(whose, Room) else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(OUTSIDE, parameters)
        return [Lying(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Outside:
    """One appointment outside the hours, with its people."""

    it: Appointment
    lying: Lying

    @property
    def name(self) -> str:
        someone = self.it.client or self.it.request
        return (someone.display_name if isinstance(someone, Person) else someone.name) if someone else ""

    @property
    def why(self) -> str:
        if self.lying.not_there:
            return f"{self.it.therapist.display_name} isn't there then"
        if self.lying.second_not_there and self.it.second_person:
            return f"{self.it.second_person.display_name}, who sits in, isn't there then"
        return f"{self.it.room} is shut then"


def with_people(found: Iterable[Lying]) -> list[Outside]:
    """Soonest first. One query."""
    by_id = {one.appointment_id: one for one in found}
    rows = Appointment.objects.filter(pk__in=by_id).select_related(
        "kind", "client", "request", "therapist", "second_person", "room"
    )
    return [Outside(row, by_id[row.pk]) for row in rows.order_by("during", "pk")]


def lying_of(appointment: Appointment, now: datetime) -> dict[str, object]:
    """For the page of one: how it lies outside the hours, if it does, and who has said that it stays."""
    found = next((one for one in outside(appointment.therapist, now) if one.appointment_id == appointment.pk), None)
    if found is None:
        return {"lying": None}
    kept = StaysAsItIs.objects.filter(appointment=appointment, mark=found.mark).select_related("by").first()
    return {"lying": Outside(appointment, found), "kept": kept}


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of hours does to what is booked or held. `done`: the change was kept."""

    touched: Sequence[Lying]
    done: bool

    @property
    def seal(self) -> str:
        """Names this very list: who has seen it and says yes sends it along."""
        return sha256("\n".join(sorted(f"{one.appointment_id} {one.mark}" for one in self.touched)).encode()).hexdigest()[:16]


@deed
def try_change(change: Callable[[], object], whose: Whose | None, sure: str) -> Effect:
    """Change hours, unless that touches appointments that nobody has seen on a list yet: then nothing is changed.

    `sure` is the seal of the list that was seen. The change itself is made to look, and undone: the preview is no guess.
    """
    now = timezone.now()
    before = {(one.appointment_id, one.mark) for one in outside(whose, now)}
    with transaction.atomic():
        change()
        touched = [one for one in outside(whose, now) if (one.appointment_id, one.mark) not in before]
        effect = Effect(touched, done=True)
        if touched and effect.seal != sure:
            transaction.set_rollback(True)
            return Effect(touched, done=False)
    return effect


@neither
@deed
def leave_as_it_is(appointment: Appointment, *, by: Person) -> None:
    """It stays though nobody would be there by the hours, or though its clock reads anew: who decided so, and when.

    Gone when hours or clocks change under it again.
    """
    if by.is_client:
        raise Http404
    current = Appointment.objects.locked(appointment.pk)
    with doing(current, by, "appointment kept as it is"):
        now = timezone.now()
        marks = [one.mark for one in outside(current.therapist, now) if one.appointment_id == current.pk]
        marks += [one.mark for one in read_anew(now) if one.appointment == current.pk]
        for mark in marks:
            StaysAsItIs.objects.get_or_create(appointment=current, mark=mark, defaults={"by": by})
