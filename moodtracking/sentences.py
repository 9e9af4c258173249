"""What a line over time says in words (clinical.md 4.9). It compares; it never explains. Pure."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from koru.ui.times import MONTHS

from .fields import hours_words
from .items import Item
from .trends import DayValue, middle, quiet_stretches

WINDOW = timedelta(days=14)
ENOUGH_DAYS = 5
A_CHANGE = 0.5
TOO_FEW = "Too few notes to compare."
ALIKE = "About the same {these} as before."


def compared(
    name: str, word: Callable[[float], str], days: Sequence[DayValue], today: date, these: str = "these two weeks"
) -> str:
    """The last two weeks against the two before them. `name` begins the sentence, `word` says a value."""
    late = days[-2 * WINDOW.days :]  # at most one value a day
    recent = middle(late, today - WINDOW + timedelta(days=1), today)
    before = middle(late, today - 2 * WINDOW + timedelta(days=1), today - WINDOW)
    if recent is None or before is None or min(recent[1], before[1]) < ENOUGH_DAYS:
        return TOO_FEW
    if abs(recent[0] - before[0]) < A_CHANGE:
        return ALIKE.format(these=these)
    return f"{name} mostly {word(recent[0])} {these}; {word(before[0])} before."


NAMES = {
    "mood": "Mood",
    "energy": "Energy",
    "tension": "Tense or worried:",
    "sleep_hours": "Sleep",
    "sleep_quality": "Sleep",
    "connectedness": "With people:",
}
TITLES = {**NAMES, "tension": "Tense or worried", "sleep_hours": "Hours of sleep", "connectedness": "Connected to people"}


def title_of(item: Item) -> str:
    return TITLES.get(item.key, item.ask)


def worded(item: Item) -> Callable[[float], str]:
    """How a value of this question is said: its word, or the two that it lies between."""

    def word(value: float) -> str:
        if not item.anchors:
            return hours_words(round(value * 2) / 2)
        low = int(value // 1)
        return item.word(low) if value == low else f"{item.word(low)} to {item.word(low + 1)}"

    return word


def quiet(days: Sequence[DayValue]) -> str:
    """ "Quiet from 3 to 9 November." for the longest gap, or nothing."""
    gaps = quiet_stretches(days)
    if not gaps:
        return ""
    first, last = max(gaps, key=lambda gap: gap[1] - gap[0])
    return f"Quiet from {dates(first, last)}."


def dates(first: date, last: date) -> str:
    """ "3 to 9 November", "28 October to 2 November" """
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_month(last)}"
    return f"{day_month(first)} to {day_month(last)}"


@lru_cache(maxsize=4096)  # a page says the same days at each of its charts
def spoken(day: date, today: date) -> str:
    """ "25 November", with the year when it isn't this one."""
    return day_month(day) if day.year == today.year else f"{day_month(day)} {day.year}"


def day_month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"
