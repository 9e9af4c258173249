"""Changing a whole week of hours at once, from a day on: old rules end, new ones start, what was is kept."""

from collections import defaultdict
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from koru.moments.directions import neither
from koru.people.models import Person

from .alone import deed
from .hours import Whose, allow, columns, end_rule
from .models import AvailabilityRule
from .refusals import Refused
from .working import Hours, Week, digest, reweek


class ChangedMeanwhile(Refused):
    words = "Somebody has changed these hours while you looked at them. Your week is still marked below; look again and keep it."


def hours_of(whose: Whose, today: date) -> list[Hours]:
    """The weekly hours that hold today or later, as values. One query."""
    return [as_hours(rule) for rule in AvailabilityRule.objects.of(whose).in_force_from(today)]


def as_hours(rule: AvailabilityRule) -> Hours:
    return Hours(rule.weekday, rule.opens, rule.closes, rule.valid.lower or date.min, rule.valid.upper)


@neither
@deed
def keep_week(
    whose: Whose, wanted: Week, starting: date, *, by: Person, until: date | None = None, seen: str = "", today: date
) -> None:
    """Be there as in the wanted week from a day on; until the day before `until`, after which the week is as it was.

    `seen` is the digest of the hours that the week was made from. Raises ChangedMeanwhile when they are others by now.
    """
    allow(by, whose)
    rules = AvailabilityRule.objects.of(whose).in_force_from(today).select_for_update(of=("self",))
    by_hours: dict[Hours, list[AvailabilityRule]] = defaultdict(list)
    for rule in rules:
        by_hours[as_hours(rule)].append(rule)
    if seen and seen != digest(by_hours):
        raise ChangedMeanwhile
    change = reweek(by_hours, wanted, starting, until)
    for old in change.ended:
        for rule in by_hours[old]:
            end_rule(rule, starting)
    for new in change.started:
        AvailabilityRule.objects.create(
            **columns(whose),
            weekday=new.weekday,
            opens=new.opens,
            closes=new.closes,
            valid=DateRange(new.starting, new.until, "[)"),
        )
