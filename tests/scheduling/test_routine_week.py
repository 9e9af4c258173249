"""How a week of a routine reads, when it fits, and what somebody who was away is asked."""

import tomllib
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.routine_content import CONTENT, ContentError, load, read
from scheduling.routine_page import done_in_month, times_in_words
from scheduling.routine_week import Return, fits, monday_of, return_after, said_of, takes_long, week_of, word_is_asked
from tests.reading_rules import broken_rules, texts_in

WORDS = load().words
FOUR = time(4)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
ANSWERS = st.dictionaries(st.integers(-40, 6), st.sampled_from(["done", "smallest", "rested"]))


@given(DAYS, ANSWERS)
def test_a_week_has_seven_days_from_monday_and_holds_what_was_said_on_them(today: date, said: dict[int, str]) -> None:
    marks = {today + timedelta(days=step): how for step, how in said.items()}
    week = week_of(monday_of(today), marks, today)
    assert [dot.day.weekday() for dot in week] == list(range(7))
    assert [dot.day for dot in week if dot.is_today] == [today]
    assert {dot.day: dot.how for dot in week if dot.how} == {
        day: how for day, how in marks.items() if week[0].day <= day <= week[6].day
    }


@given(DAYS, st.sets(st.integers(0, 6)))
def test_a_weeks_line_is_one_of_three_and_names_no_number(monday: date, answered: set[int]) -> None:
    first = monday_of(monday)
    said = said_of(week_of(first, {first + timedelta(days=step): "rested" for step in answered}, first), WORDS)
    assert said == (WORDS.new_week if not answered else WORDS.shape if len(answered) < 4 else WORDS.place)
    assert not any(sign.isdigit() for sign in said)


@pytest.mark.parametrize(
    ("away", "active", "asked"),
    [
        (-1, 3, Return.NOTHING), (0, 3, Return.NOTHING), (2, 3, Return.NOTHING), (3, 3, Return.WHICH_FITS),
        (6, 1, Return.WHICH_FITS), (7, 1, Return.WHICH_FITS), (7, 2, Return.KEEP_ONE), (20, 3, Return.KEEP_ONE),
        (21, 1, Return.ALL_REST), (900, 3, Return.ALL_REST), (900, 0, Return.NOTHING),
    ],
)  # fmt: skip
def test_who_was_away_is_asked_for_less_the_longer_it_was(away: int, active: int, asked: Return) -> None:
    last = date(2026, 11, 2)
    assert return_after(last, last + timedelta(days=away + 1), active) is asked


@given(st.times())
def test_morning_and_evening_things_are_shown_in_their_part_of_the_day(wall: time) -> None:
    assert fits("", wall, FOUR)
    assert fits("morning", wall, FOUR) == (time(4) <= wall < time(14))
    assert fits("evening", wall, FOUR) == (wall >= time(16) or wall < time(4))


@pytest.mark.parametrize(
    ("action", "long"),
    [
        ("I walk for ten minutes", True), ("I sit for 20 min", True), ("a five-minute walk", True), ("I read an hour", True),
        ("I look out for one minute", False), ("2 minutes of rain", False), ("I feel my feet", False), ("", False),
        ("I dim the lamp at 21:30", False), ("I count 3 minnows", False),
    ],
)  # fmt: skip
def test_more_than_two_minutes_is_noticed_in_the_words(action: str, long: bool) -> None:
    assert takes_long(action) is long


@pytest.mark.parametrize(
    ("asks_on", "day", "wall", "week"),
    [
        (7, date(2026, 11, 29), time(16, 59), None), (7, date(2026, 11, 29), time(17), date(2026, 11, 30)),
        (7, date(2026, 11, 29), time(1), date(2026, 11, 30)),  # one at night is still Sunday evening
        (7, date(2026, 11, 30), time(18), None), (1, date(2026, 11, 30), time(5), date(2026, 11, 30)),
        (1, date(2026, 12, 1), time(5), None), (None, date(2026, 11, 30), time(9), None),
    ],
)  # fmt: skip
def test_a_weeks_word_is_asked_for_when_it_was_chosen(asks_on: int | None, day: date, wall: time, week: date | None) -> None:
    assert word_is_asked(asks_on, day, wall, FOUR) == week


def test_what_was_done_this_month_is_said_in_words_and_nothing_for_none() -> None:
    today = date(2026, 12, 5)
    marks = {date(2026, 11, 30): "done", date(2026, 12, 1): "done", date(2026, 12, 3): "rested", date(2026, 12, 4): "smallest"}
    assert done_in_month(marks, today) == 2
    assert [times_in_words(times) for times in (0, 1, 2, 3)] == ["", "Once this month", "Twice this month", "3 times this month"]


def test_all_ten_examples_and_eight_anchors_are_there_in_words_that_ask_nothing() -> None:
    content = load()
    assert (len(content.whole), len(content.anchors)) == (10, 8)
    assert {one.part for one in content.examples.values()} == {"", "morning", "evening"}
    said = list(texts_in(tomllib.loads(CONTENT.read_text(encoding="utf-8"))))
    assert [(text, broken) for text in said if (broken := broken_rules(text))] == []


@pytest.mark.parametrize(
    ("was", "becomes"), [('slug = "bus"', 'slug = "kettle"'), ('part = "evening"', 'part = "noon"'), ("back = ", "forth = ")]
)
def test_a_file_that_cannot_be_so_is_refused(was: str, becomes: str, tmp_path: Path) -> None:
    file = tmp_path / "routines.toml"
    file.write_text(CONTENT.read_text(encoding="utf-8").replace(was, becomes), encoding="utf-8")
    with pytest.raises(ContentError, match=r"routines\.toml"):
        read(file)
