"""What a line says in words: it compares, with enough days or not at all."""

from datetime import date, timedelta

import pytest

from moodtracking.item_sets import load
from moodtracking.sentences import ALIKE, TOO_FEW, compared, dates, quiet, worded
from moodtracking.trends import DayValue

MOOD = load().items["mood"]
TODAY = date(2026, 11, 25)


def told(before: list[float], now: list[float]) -> list[DayValue]:
    older = [DayValue(TODAY - timedelta(days=14 + place), value) for place, value in enumerate(before)]
    newer = [DayValue(TODAY - timedelta(days=place), value) for place, value in enumerate(now)]
    return sorted(older + newer)


@pytest.mark.parametrize(
    ("before", "now", "sentence"),
    [
        ([0] * 5, [1] * 5, "Mood mostly okay these two weeks; in between before."),
        ([1] * 14, [-2] * 14, "Mood mostly low these two weeks; okay before."),
        ([0, 0, 0, 1, 1, 1], [0] * 6, "Mood mostly in between these two weeks; in between to okay before."),
        ([0] * 5, [0, 0, 0, 1, 1], ALIKE.format(these="these two weeks")),
        ([0] * 4, [3] * 14, TOO_FEW),
        ([0] * 14, [3] * 4, TOO_FEW),
        ([], [], TOO_FEW),
    ],
)
def test_two_weeks_are_held_against_the_two_before(before: list[float], now: list[float], sentence: str) -> None:
    assert compared("Mood", worded(MOOD), told(before, now), TODAY) == sentence


def test_older_and_later_days_do_not_count() -> None:
    older = [DayValue(TODAY - timedelta(days=28 + place), 3) for place in range(10)]
    assert compared("Mood", worded(MOOD), sorted(older) + told([], [0] * 10), TODAY) == TOO_FEW


def test_the_longest_quiet_stretch_is_named() -> None:
    days = [DayValue(date(2026, 11, day), 0) for day in (1, 2, 10, 15)]
    assert quiet(days) == "Quiet from 3 to 9 November."
    assert quiet(days[:2]) == ""


def test_a_stretch_over_two_months_names_both() -> None:
    assert dates(date(2026, 10, 28), date(2026, 11, 2)) == "28 October to 2 November"


def test_hours_are_said_in_halves() -> None:
    word = worded(load().items["sleep_hours"])
    assert [word(6.5), word(6.25), word(1), word(0.5)] == ["6 and a half hours", "6 hours", "1 hour", "half an hour"]
