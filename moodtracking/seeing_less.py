"""A client's yes to meeting less often, with what they choose to let go along with it: forms, and notes to check in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from koru.moments.directions import widens
from koru.people import spacing
from koru.people.models import Person
from koru.reminders.less_often import thin

from .measures.assigning import take_up
from .measures.definitions import load
from .measures.offering import may_use

MEASURE, SCHEDULE = "who-5", "monthly"
A_WEEK = 7  # days between two notes


@dataclass(frozen=True, slots=True)
class Along:
    """What goes along with a yes: one form a month in place of those now, a note to check in once a week at most."""

    monthly: bool = False
    weekly: bool = False


def monthly_is_used() -> bool:
    """Whether this clinic may ask the form that goes with meeting less often."""
    found = load().get(MEASURE)
    return found is not None and may_use(found)


@widens
@transaction.atomic
def agree(spacing_id: UUID, along: Along, *, waits: datetime | None, by: Person) -> bool:
    """Their yes. Whether it was still proposed. `waits` as for `spacing.agree`; raises `spacing.Waits`."""
    row = spacing.agree(spacing_id, waits=waits, by=by)
    if row is None:
        return False
    if along.monthly and row.monthly and monthly_is_used():
        take_up(MEASURE, SCHEDULE, proposed_by=row.proposed_by, by=by)
    if along.weekly:
        thin(by, A_WEEK, by=by)
    return True
