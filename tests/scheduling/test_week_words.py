"""How a week of open times is named."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from scheduling.choosing import week_words

MONDAY = date(2026, 11, 23)


def test_it_ends_on_friday_unless_the_weekend_is_open() -> None:
    assert week_words(MONDAY) == "23 to 27 Nov"
    assert week_words(MONDAY, [date(2026, 11, 29)]) == "23 to 29 Nov"
    assert week_words(date(2026, 11, 30), [date(2026, 12, 5), date(2026, 12, 8)]) == "30 Nov to 5 Dec"


@given(some.dates(date(2026, 1, 1), date(2030, 1, 1)), some.sets(some.integers(-10, 20)))
def test_its_last_day_is_the_last_open_one_of_that_week_and_never_before_friday(day: date, open_days: set[int]) -> None:
    monday = day - timedelta(days=day.weekday())
    words = week_words(monday, [monday + timedelta(days=number) for number in open_days])
    last = monday + timedelta(days=max({4, *open_days & {5, 6}}))
    assert words.endswith(f" to {last.day} {last:%b}")
