"""Who sits in beside the therapist: named, changed or taken out at the desk. The database keeps them from two places."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.spans import Span
from koru.people.models import Person

from .alone import deed, overlap_as
from .holds import make_way
from .models import Appointment, AppointmentChange, AppointmentKind, SecondPerson
from .queries import query
from .refusals import NobodySitsIn, NotNow
from .standing import traced
from .telling_second import tell_who_sits_in

SITTERS = query("sitters")


@dataclass(frozen=True, slots=True)
class Sitter:
    """One of those named for the kind. `there`: by their hours; `free`: of everything else, whatever their hours say."""

    person: Person
    there: bool
    free: bool

    @property
    def can(self) -> bool:
        return self.there and self.free

    @property
    def words(self) -> str:
        """ "Demo Hazel", "Demo Hazel (not there then)" """
        why = "" if self.can else " (elsewhere then)" if self.there else " (not there then)"
        return f"{self.person.display_name}{why}"


def sitters_of(appointment: Appointment, now: datetime) -> list[Sitter]:
    """Those named for its kind but for the one who leads, by name, and who of them can at its time. Two queries."""
    span = Span.of_range(appointment.padded)
    parameters: dict[str, str | datetime] = {
        "appointment": str(appointment.pk),
        "kind": appointment.kind_id,
        "therapist": str(appointment.therapist_id),
        "start": span.start,
        "end": span.end,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(SITTERS, parameters)
        rows = cursor.fetchall()
    people = Person.objects.in_bulk([row[0] for row in rows])
    return [Sitter(people[key], there, free) for key, there, free in rows]


def who_may_sit_in(kind: AppointmentKind) -> list[Person]:
    """Those named to sit in on a kind, by name; nobody where nobody does."""
    if kind.second_person == SecondPerson.NONE:
        return []
    named = Person.objects.filter(is_active=True, role__in=["therapist", "staff"], skills__kind=kind, skills__part="second")
    return list(named.order_by("display_name", "pk"))


@neither
@deed
def sit_in(appointment: Appointment, person: Person | None, *, by: Person, reason: str = "") -> Appointment:
    """Let them sit in, or nobody. They are told, and who sat in before, unless it is for being away. Twice is as once.

    Raises NobodySitsIn when they aren't named for its kind, aren't there then by their hours, or are elsewhere, or when the
    kind needs somebody; NotNow for what runs, is over or cancelled.
    """
    if not by.is_desk:
        raise Http404
    now = timezone.now()
    make_way(None, now)
    current = Appointment.objects.locked(appointment.pk)
    with traced(current.client, by, "second person changed", current.pk):
        before = current.second_person
        if before == person:
            return current
        if current.state != Appointment.State.BOOKED or current.started_at or current.starts <= now:
            raise NotNow
        _check(current, person, now)
        current.second_person = person
        with overlap_as(lambda: NobodySitsIn("They are elsewhere then.")):
            current.save(update_fields=["second_person"])
        AppointmentChange.objects.create(appointment=current, what="sits_in", by=by, became=current.starts, reason=reason)
        tell_who_sits_in(current, None if reason else before, but=by)
    return current


def _check(appointment: Appointment, person: Person | None, now: datetime) -> None:
    if person is None:
        if appointment.kind.second_person == SecondPerson.REQUIRED:
            raise NobodySitsIn("Somebody always sits in on these. Name another, or move it.")
        return
    found = next((one for one in sitters_of(appointment, now) if one.person == person), None)
    if found is None:
        raise NobodySitsIn("They aren't named to sit in on these.")
    if not found.free:
        raise NobodySitsIn("They are elsewhere then.")
    if not found.there:
        raise NobodySitsIn("By their hours they aren't there then. Add the day to their hours first, if they come.")
