"""Which of a kind's rules stands in the way of a start: the one without which it would be open. Asks the list's own question."""

from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from datetime import datetime

from .models import AppointmentKind, SecondPerson
from .open_times import Wish, opening_at
from .refusals import DayFull, NobodySitsIn, Refused, RestBetween
from .terms import Terms

THERAPIST_AWAY = "therapist_away"


def rule_in_the_way(wish: Wish, start: datetime, now: datetime, terms: Terms) -> Refused | None:
    """None when it is none of these alone. One query for each rule that the kind has."""
    for refusal, without in _lifted(wish):
        if opening_at(without, start, now=now, terms=terms):
            return refusal
    return None


def _lifted(wish: Wish) -> Iterator[tuple[Refused, Wish]]:
    kind = wish.kind
    if kind.rest_hours or kind.rest_days:
        yield RestBetween(rest_words(kind)), replace(wish, kind=_without(kind, rest_hours=0, rest_days=0))
    if kind.daily_cap:
        yield DayFull(), replace(wish, kind=_without(kind, daily_cap=None))
    if wish.with_second:
        yield NobodySitsIn(), replace(wish, kind=_without(kind, second_person=SecondPerson.NONE), second_person=None)


def _without(kind: AppointmentKind, **values: object) -> AppointmentKind:
    lifted = copy(kind)
    for name, value in values.items():
        setattr(lifted, name, value)
    return lifted


def rest_words(kind: AppointmentKind) -> str:
    """ "Two of these are at least 2 days apart." Empty for a kind without rest."""
    days = f"Two of these are at least {_counted(kind.rest_days, 'day')} apart." if kind.rest_days else ""
    hours = f"There is rest of at least {_counted(kind.rest_hours, 'hour')} between two of these." if kind.rest_hours else ""
    return " ".join(part for part in (days, hours) if part)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
