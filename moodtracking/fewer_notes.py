"""Fewer notes to check in: suggested by the therapist, taken by the client alone. A flag in between undoes either."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Standing
from koru.reminders import fewer
from koru.reminders.less_often import hold, take_next
from koru.reminders.models import FewerNotes

from .steady_weeks import pace_of


class CannotSuggest(ValueError):
    """The words say why."""


@neither
@transaction.atomic
def suggest(apart: int, *, record: Record, by: Person) -> UUID:
    """Suggest notes so many days apart. Nothing changes until the client says yes. The same again is one suggestion.

    Raises CannotSuggest for another than the next step after steady weeks, and where the client said "not now" lately.
    """
    _is_therapist(record, by)
    hold(record.client)
    pace = pace_of(record.client, timezone.now())
    if pace.suggested and pace.suggested.apart == apart:
        return pace.suggested.id
    if not pace.may_suggest or apart != pace.step:
        raise CannotSuggest("Fewer notes can be suggested after four steady weeks without a flag.")
    made = FewerNotes.objects.create(client=record.client, apart=apart, suggested_by=by, suggested_at=timezone.now())
    return made.pk


@narrows
@transaction.atomic
def take_back(*, record: Record, by: Person) -> bool:
    """The therapist doesn't suggest it any more. Whether there was something to take back."""
    _is_therapist(record, by)
    return fewer.end(record.client.pk, FewerNotes.How.BACK)


@narrows
@transaction.atomic
def take(apart: int, *, by: Person) -> bool:
    """The client's yes, to what is offered or suggested now: whether it was that.

    Looked at again once nothing else can change it, so that a flag of the same moment is never passed by.
    """
    if hold(by) is None:
        return False
    pace = pace_of(by, timezone.now())
    open_to = {pace.step, pace.suggested.apart if pace.suggested else None}
    return pace.at is not None and apart in open_to and take_next(by, apart, by=by)


def _is_therapist(record: Record, by: Person) -> None:
    if record.standing is not Standing.THERAPIST or record.reader != by:
        raise CannotSuggest("This is suggested by the client’s therapist.")
