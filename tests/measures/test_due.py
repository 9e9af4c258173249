"""When a measure is asked: the worked examples, and what holds for every schedule."""

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodtracking.measures import schedules
from moodtracking.measures.due import Assigned, lapsed, last_day_of, offered, quiet_days, window, windows

DAY = timedelta(days=1)
FORTNIGHT, MONTH, ONCE = (schedules.load()[key] for key in ("fortnightly", "monthly", "once"))


def day(words: str) -> date:
    return date.fromisoformat(f"2026-{words}")


@pytest.mark.parametrize(
    ("sessions", "asked"),
    [
        ([], "11-15"),
        (["11-15"], "11-17"),
        (["11-14"], "11-16"),
        (["11-16"], "11-15"),
        (["11-15", "11-17"], "11-19"),
    ],
)
def test_two_weeks_after_the_last_one_but_never_on_a_session_or_the_day_after(sessions: list[str], asked: str) -> None:
    one = Assigned("phq-9", FORTNIGHT, day("10-01"), day("11-01"), not_within_days=14)
    found = window(one, {day(each) for each in sessions}, day("11-10"))
    assert found
    assert found.asked == day(asked)


def test_what_lapsed_is_asked_again_an_interval_later() -> None:
    one = Assigned("phq-9", FORTNIGHT, day("10-01"), day("11-01"))
    last_chance, after = (window(one, (), day(each)) for each in ("11-21", "11-22"))
    assert last_chance
    assert after
    assert (last_chance.asked, after.asked) == (day("11-15"), day("11-29"))
    assert [each.due for each in lapsed(one, (), day("11-22"))] == [day("11-15")]


def test_a_month_after_the_thirty_first_is_the_end_of_a_short_one() -> None:
    one = Assigned("pcl-5", MONTH, day("12-01"), date(2027, 1, 31))
    assert [each.due for each in islice(windows(one, ()), 3)] == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


def test_what_was_begun_may_be_finished_for_two_days_more() -> None:
    assert last_day_of(day("11-15")) == day("11-17")


def test_a_beginning_is_asked_for_until_it_is_there() -> None:
    begun = day("10-01")
    assert window(Assigned("phq-9", ONCE, begun), (), begun + 90 * DAY)
    assert window(Assigned("phq-9", ONCE, begun, begun), (), begun + 90 * DAY) is None


def test_assigned_anew_after_a_long_while_it_is_asked_at_once_and_soon_after_the_last_one_in_its_turn() -> None:
    late = window(Assigned("pcl-5", MONTH, day("10-08"), day("09-01")), (), day("10-08"))
    soon = window(Assigned("phq-9", FORTNIGHT, day("10-25"), day("10-20"), not_within_days=14), (), day("10-25"))
    again = window(Assigned("phq-9", ONCE, day("10-08"), day("09-01")), (), day("10-08"))
    assert late
    assert soon
    assert again
    assert (late.asked, soon.asked, again.asked) == (day("10-08"), day("11-03"), day("10-08"))


def test_before_a_session_means_before_it() -> None:
    one = Assigned("gad-7", schedules.load()["before-sessions"], day("10-01"))
    found = window(one, {day("11-10")}, day("11-01"))
    assert found
    assert (found.asked, found.until) == (day("11-09"), day("11-10"))
    # the day before lies on the day after another: there is no useful day left
    assert window(one, {day("11-08"), day("11-10")}, day("11-08")) is None


def test_soon_after_a_session_is_the_second_day_and_a_week_after_the_seventh() -> None:
    one = Assigned("gad-7", schedules.load()["around-sessions"], day("10-01"))
    assert [each.asked for each in windows(one, {day("11-10")})] == [day("11-09"), day("11-12"), day("11-17")]


def test_of_two_long_ones_the_second_waits_a_day() -> None:
    two = [Assigned(slug, FORTNIGHT, day("11-01"), is_long=True) for slug in ("a-long-one", "pcl-5")]
    short = Assigned("gad-7", FORTNIGHT, day("11-01"))
    today = [one.slug for one, _ in offered([*two, short], (), day("11-01"))]
    assert today == ["a-long-one", "gad-7"]
    filled = [Assigned("a-long-one", FORTNIGHT, day("11-01"), day("11-01"), is_long=True), two[1], short]
    assert [one.slug for one, _ in offered(filled, (), day("11-01"), had_a_long_one=True)] == ["gad-7"]
    assert [one.slug for one, _ in offered(filled, (), day("11-02"))] == ["gad-7", "pcl-5"]


START = day("01-01")
DAYS = st.integers(0, 300).map(lambda number: START + number * DAY)
SESSIONS = st.sets(DAYS, max_size=12)
ASSIGNED = st.builds(
    Assigned,
    slug=st.sampled_from(["phq-9", "gad-7", "pcl-5", "own"]),
    schedule=st.sampled_from(list(schedules.load().values())),
    begins=DAYS,
    last=st.none() | DAYS,
    not_within_days=st.sampled_from([0, 14]),
    is_long=st.booleans(),
)


@given(st.lists(ASSIGNED, max_size=5, unique_by=lambda one: one.slug), SESSIONS, DAYS)
def test_nothing_is_ever_asked_on_a_session_or_the_day_after_and_one_long_one_a_day(
    assigned: list[Assigned], sessions: set[date], today: date
) -> None:
    asked = offered(assigned, sessions, today)
    assert sum(one.is_long for one, _ in asked) <= 1
    if asked:
        assert today not in sessions
        assert today - DAY not in sessions
    assert all(each.asked not in quiet_days(sessions) for _, each in asked)


@given(ASSIGNED, SESSIONS, DAYS)
def test_nothing_is_asked_before_it_was_assigned_or_too_soon_after_the_last(
    one: Assigned, sessions: set[date], today: date
) -> None:
    for _, found in offered([one], sessions, today):
        assert found.asked >= one.begins
        assert one.last is None or (found.asked - one.last).days >= max(one.not_within_days, 1)
        assert found.due <= found.asked <= today < found.until


@given(ASSIGNED, SESSIONS, DAYS)
def test_the_window_of_a_day_is_open_or_ahead_and_closes_after_a_week(one: Assigned, sessions: set[date], today: date) -> None:
    found = window(one, sessions, today)
    if found and one.schedule != ONCE:
        assert today < found.until <= found.asked + 7 * DAY
    assert found is None or found.until > today
