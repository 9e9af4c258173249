"""Ending well: what the goodbye closes, in one transaction. What it is made of is `koru.people.parting`."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people import parting
from koru.people.endings import OF_THE_THERAPIST, Ending, EndingStep, Farewell, Outcome, StepName
from koru.people.models import Alliance, Person
from koru.people.parting import CannotPart
from koru.people.stages import Stage, stage_of
from koru.privacy.door import Record
from koru.privacy.standing import Standing
from koru.reminders.planning import withdraw_after_goodbye
from koru.safety.climbing import hand_on
from moodtracking.measures.assigning import end, live_assignments
from scheduling.models import Appointment, SoonerWish
from scheduling.waiting import end_wishes

from .watching import away_now

WHY = "finished"
LATELY = 5


class StillBooked(CannotPart):
    """They still have time together ahead."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A step as the page shows it: what was said, by whom, or nothing yet."""

    name: StepName
    said: EndingStep | None


@dataclass(frozen=True)
class Goodbye:
    """The ending that stands in a record, if one does. `ahead`: time together that is still booked."""

    ending: Ending | None
    agreed: bool
    steps: Sequence[Shown]
    letter: Farewell | None
    ahead: Sequence[Appointment]
    lately: Sequence[Appointment]

    @property
    def missing(self) -> list[StepName]:
        return [one.name for one in self.steps if one.said is None]

    @property
    def can_end(self) -> bool:
        return self.ending is not None and not self.missing and not self.ahead


def goodbye_in(record: Record) -> Goodbye:
    """As the client's therapist sees it."""
    client, therapist = record.client, record.reader
    stage = stage_of(client)
    ending = Ending.objects.open().filter(alliance__in=_mine(client, therapist)).first()
    agreed = stage is not None and stage.name == Stage.Name.FINISHING
    met = Appointment.objects.of_client(client).filter(therapist=therapist)
    lately = met.behind(timezone.now()).filter(state__in=["booked", "met"])[:LATELY]
    letter = Farewell.objects.filter(ending=ending).first() if ending else None
    return Goodbye(ending, agreed, steps_of(ending), letter, ahead_of(client, therapist), list(lately))


def steps_of(ending: Ending | None) -> list[Shown]:
    """All six, with what was said to each."""
    rows = EndingStep.objects.filter(ending=ending).select_related("by") if ending else ()
    said = {row.name: row for row in rows}
    return [Shown(name, said.get(name)) for name in StepName]


def ahead_of(client: Person, therapist: Person) -> list[Appointment]:
    """Time together that is booked or held and not over."""
    mine = Appointment.objects.of_client(client).filter(Q(therapist=therapist) | Q(second_person=therapist))
    return list(mine.ahead_of(timezone.now()))


@neither
@transaction.atomic
def take_last_session(ending: Ending, last: Appointment, *, record: Record, by: Person) -> EndingStep:
    """Name the last session: one that is over, or one ahead. Raises CannotPart when it is none of theirs."""
    _therapist(record, by)
    if (last.client_id, last.therapist_id) != (record.client.pk, by.pk) or last.state not in ("booked", "met"):
        raise CannotPart("Pick one of the appointments shown.")
    return parting.take_step(ending, StepName.LAST_SESSION, Outcome.DONE, by=by, about=last.pk)


@neither
@transaction.atomic
def take_step(ending: Ending, name: str, outcome: str, *, record: Record, by: Person) -> EndingStep:
    """Another step, done or left out. Raises CannotPart."""
    _therapist(record, by)
    if name in OF_THE_THERAPIST and outcome == Outcome.DONE:
        raise CannotPart("Pick the appointment, or write the letter: then it is done.")
    return parting.take_step(ending, name, outcome, by=by)


@narrows
@transaction.atomic
def end_it(ending: Ending, *, record: Record, by: Person) -> Ending:
    """End it well. Raises StepsOpen for what nobody has said, StillBooked while there is time together ahead.

    The record closes to the therapist and those whom they let cover; where nobody else works with the client, no measure
    is asked any more, no letter that asks something goes out (`Ending.objects.finished`), and they wait for no earlier time;
    open flags go to whoever stands in.
    """
    _therapist(record, by)
    client = Person.objects.select_for_update(no_key=True).get(pk=record.client.pk)
    if ahead_of(client, by):
        raise StillBooked("There is time together ahead. Hold it, or cancel it first.")
    done = parting.end_well(ending, by=by)
    if not Alliance.objects.current().filter(client=client).exists():
        for assignment in live_assignments(client):
            end(assignment.pk, client=client, by=by)
        withdraw_after_goodbye(client, WHY)
        end_wishes([*SoonerWish.objects.filter(client=client, ended_at=None).values_list("pk", flat=True)])
    hand_on(away_now(timezone.now()))
    return done


def open_ending_of(record: Record) -> Ending:
    """The one that stands. Raises Http404 when none does."""
    found: Ending | None = Ending.objects.open().filter(alliance__in=_mine(record.client, record.reader)).first()
    if found is None:
        raise Http404
    return found


def _mine(client: Person, therapist: Person) -> list[UUID]:
    return list(Alliance.objects.current().filter(client=client, therapist=therapist).values_list("pk", flat=True))


def _therapist(record: Record, by: Person) -> None:
    if record.standing is not Standing.THERAPIST or record.reader != by:
        raise Http404
