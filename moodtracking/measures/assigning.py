"""Which measures are asked of a client: set by their therapist, ended by either."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.moments.spans import local_day
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Standing

from . import definitions, schedules
from .instrument import Measure
from .models import Assignment
from .offering import may_use
from .reminders import replan


class CannotAssign(ValueError):
    """The words say why."""


@neither
@transaction.atomic
def assign(
    measure: str,
    schedule: str,
    *,
    record: Record,
    by: Person,
    form: str = "",
    threshold: int | None = None,
    shows: str = Assignment.Shows.WORDS,
    begins: date | None = None,
) -> Assignment:
    """Ask a client for a measure from now on. `record` is the client's, opened by their therapist.

    Assigned anew with other choices, the one before is ended. Raises CannotAssign.
    """
    if record.standing is not Standing.THERAPIST or record.reader != by:
        raise CannotAssign("Measures are chosen together with the therapist.")
    found = _checked(measure, schedule, form, threshold, shows)
    (client,) = Person.objects.select_for_update(no_key=True).filter(pk=record.client.pk)
    Assignment.objects.of(client).live().filter(measure=measure).update(ended_at=timezone.now(), ended_by=by)
    today = local_day(timezone.now(), ZoneInfo(client.zone), client.day_starts)
    made = Assignment.objects.create(
        client=client, measure=measure, form=form or found.first_form, schedule=schedule, threshold=threshold, shows=shows,
        begins_on=begins or today, assigned_by=by,
    )  # fmt: skip
    replan(client)
    return made


@neither
@transaction.atomic
def take_up(measure: str, schedule: str, *, proposed_by: Person, by: Person) -> None:
    """A client takes up what their therapist proposed: this measure alone, in place of those asked now.

    Asked so already, it goes on as it is. Raises CannotAssign.
    """
    found = _checked(measure, schedule, "", None, Assignment.Shows.WORDS)
    (client,) = Person.objects.select_for_update(no_key=True).filter(pk=by.pk)
    live, now = Assignment.objects.of(client).live(), timezone.now()
    live.exclude(measure=measure, schedule=schedule).update(ended_at=now, ended_by=by)
    if not live.exists():
        today = local_day(now, ZoneInfo(client.zone), client.day_starts)
        Assignment.objects.create(
            client=client, measure=measure, form=found.first_form, schedule=schedule, begins_on=today, assigned_by=proposed_by
        )
    replan(client)


@narrows
@transaction.atomic
def end(assignment_id: UUID, *, client: Person, by: Person) -> bool:
    """Ask no more; what was filled in stays. By the client or their therapist. Whether there was something to end."""
    live = Assignment.objects.of(client).live().filter(pk=assignment_id)
    ended = bool(live.update(ended_at=timezone.now(), ended_by=by))
    if ended:
        replan(client)
    return ended


def live_assignments(client: Person) -> list[Assignment]:
    return list(Assignment.objects.of(client).live())


def _checked(measure: str, schedule: str, form: str, threshold: int | None, shows: str) -> Measure:
    found = definitions.load().get(measure)
    if found is None or not may_use(found):
        raise CannotAssign("Pick one of the measures shown.")
    if schedule not in schedules.load():
        raise CannotAssign("Pick one of the times shown.")
    if form and form not in found.forms:
        raise CannotAssign("Pick one of the forms shown.")
    if shows not in Assignment.Shows.values:
        raise CannotAssign("Pick what is read at the end.")
    if threshold not in (found.thresholds or (None,)):
        raise CannotAssign("This measure needs a threshold: pick one of those shown.")
    return found
