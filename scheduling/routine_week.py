"""How a routine stands: this week's seven days, when it fits, and what somebody who was away is asked (clinical.md 7). Pure.

Nothing here counts what was left out but to ask for less.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from .routine_content import Words

LOOK_AFTER = timedelta(days=14)
MORNING_UNTIL, EVENING_FROM = time(14), time(16)
NEXT_WEEK_FROM = time(17)
AWAY, LONG_AWAY, ALL_REST = 3, 7, 21
TAKING_PLACE = 4
NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "fifteen": 15, "twenty": 20}
LONG = re.compile(rf"\b(\d+|{'|'.join(NUMBERS)})[ -]?min(?:ute)?s?\b|\bhours?\b", re.IGNORECASE)
TINY = 2


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def fits(part: str, wall: time, day_starts: time) -> bool:
    """Whether it is of any use to be shown at that time on the wall."""
    if part == "morning":
        return day_starts <= wall < MORNING_UNTIL
    if part == "evening":
        return wall >= EVENING_FROM or wall < day_starts
    return True


def takes_long(action: str) -> bool:
    """Whether the words name more than two minutes."""
    found = LONG.search(action)
    if found is None:
        return False
    said = (found.group(1) or "").lower()
    return not said or NUMBERS.get(said, 0) > TINY or (said.isdigit() and int(said) > TINY)


@dataclass(frozen=True, slots=True)
class Dot:
    """One day of a week: what was said on it, empty for nothing."""

    day: date
    how: str
    is_today: bool = False
    is_ahead: bool = False


def week_of(monday: date, marks: Mapping[date, str], today: date) -> tuple[Dot, ...]:
    days = (monday + timedelta(days=step) for step in range(7))
    return tuple(Dot(day, marks.get(day, ""), day == today, day > today) for day in days)


def said_of(week: tuple[Dot, ...], words: Words) -> str:
    """One line about a week, by how many of its days have an answer."""
    answered = sum(bool(dot.how) for dot in week)
    if answered == 0:
        return words.new_week
    return words.place if answered >= TAKING_PLACE else words.shape


class Return(StrEnum):
    """What somebody is asked who was away for some days. `NOTHING` also when they were not."""

    NOTHING = ""
    WHICH_FITS = "which fits today"
    KEEP_ONE = "keep one"
    ALL_REST = "all rest by themselves"


def return_after(last: date, today: date, active: int) -> Return:
    """By the whole days between the last answer, or what stands for it, and today."""
    away = (today - last).days - 1
    if active == 0 or away < AWAY:
        return Return.NOTHING
    if away >= ALL_REST:
        return Return.ALL_REST
    return Return.KEEP_ONE if away >= LONG_AWAY and active > 1 else Return.WHICH_FITS


def word_is_asked(asks_on: int | None, today: date, wall: time, day_starts: time) -> date | None:
    """The Monday of the week whose word is asked for now. None: it isn't asked for.

    Chosen for Sunday, the evening before asks for the week to come; chosen for Monday, Monday does.
    """
    in_the_evening = wall >= NEXT_WEEK_FROM or wall < day_starts
    if asks_on == 7 and today.weekday() == 6 and in_the_evening:
        return today + timedelta(days=1)
    if asks_on == 1 and today.weekday() == 0:
        return today
    return None


def week_of_word(asks_on: int | None, note: tuple[int | None, time | None], today: date, wall: time, day_starts: time) -> date:
    """The Monday of the week that a word would be for. A note that comes on a Sunday is about the week to come."""
    if asked := word_is_asked(asks_on, today, wall, day_starts):
        return asked
    on, at = note
    came = on == 7 and at is not None and today.weekday() == 6 and (wall >= at or wall < day_starts)
    return today + timedelta(days=1) if came else monday_of(today)
