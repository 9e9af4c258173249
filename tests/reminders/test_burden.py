"""The table of clinical.md 3.5, and that no seven days ever ask for more than fifteen minutes."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from koru.reminders.burden import Ask, Filled, Load, Often, daily, is_full, load, room_on

FORTNIGHTLY, MONTHLY, WEEKLY = Often(days=14), Often(months=1), Often(days=7)
TABLE = (Filled(4, FORTNIGHTLY), Filled(1, MONTHLY), Filled(6, MONTHLY), Filled(0.5, WEEKLY))
FIRST = date(2026, 11, 1)

oftens = st.one_of(
    st.builds(Often, days=st.sampled_from([7, 14, 28])),
    st.builds(Often, months=st.integers(1, 3)),
    st.builds(Often, around_sessions=st.integers(1, 3)),
    st.just(Often()),
)
loads = st.builds(
    Load,
    further=st.integers(0, 9),
    measures=st.lists(st.builds(Filled, st.sampled_from([1, 2, 4, 6]), oftens), max_size=5).map(tuple),
    chosen=st.sampled_from([0, 3, 6, 12]),
)


def test_the_rows_of_the_table() -> None:
    plan = Load(further=4, measures=TABLE)
    assert plan.check_ins == 1.75
    assert plan.items == 1.75
    assert plan.measured == 4.25
    assert plan.prompts == 2
    assert plan.total == 13.75


def test_the_table_fits_to_the_minute_when_all_of_it_falls_into_one_week() -> None:
    assert Load(further=4, measures=TABLE).fullest == 15
    assert Load(further=4, measures=TABLE).fits
    assert not Load(further=5, measures=TABLE).fits


def test_the_app_offers_less_when_more_is_planned() -> None:
    assert Load().prompts == 2
    assert Load(further=9, measures=(Filled(6, WEEKLY),)).prompts == 1
    assert Load(further=9, measures=(Filled(6, WEEKLY), Filled(2, WEEKLY))).prompts == 0


def test_around_sessions_a_week_apart_each_time_counts() -> None:
    assert Often(around_sessions=3).at_most == 3
    assert Often(days=3).at_most == 3
    assert Often().at_most == 1
    assert Often().a_week == 0


@given(loads)
def test_a_usual_week_takes_no_more_than_the_fullest_and_more_questions_never_less(plan: Load) -> None:
    assert plan.asked <= plan.fullest
    more = Load(plan.further + 1, plan.measures, plan.chosen)
    assert more.fullest > plan.fullest
    assert more.prompts <= plan.prompts
    if plan.fits:
        assert plan.total <= load().most


@given(st.integers(0, 9))
def test_a_check_in_a_day_takes_the_same_from_each_week(further: int) -> None:
    assert room_on(FIRST, daily(FIRST, further)) == load().most - Load(further=further).fullest


@given(st.lists(st.tuples(st.integers(0, 13), st.sampled_from([1, 2, 4, 6])), max_size=8), st.integers(0, 13))
def test_the_room_of_a_day_is_that_of_the_fullest_seven_days_it_lies_in(asks: list[tuple[int, int]], at: int) -> None:
    asked = [Ask(FIRST + timedelta(days=day), "demo", minutes) for day, minutes in asks]
    windows = [sum(minutes for day, minutes in asks if first <= day < first + 7) for first in range(at - 6, at + 1)]
    assert room_on(FIRST + timedelta(days=at), asked) == load().most - max(windows)


days_of_weeks = st.integers(0, 34)
forms = st.lists(st.tuples(days_of_weeks, st.sampled_from([1, 2, 4, 6])), max_size=12)
writing = st.lists(st.tuples(days_of_weeks, st.sampled_from([1, 3, 5])), max_size=20)


@given(st.integers(0, 9), forms, writing)
def test_over_weeks_no_seven_days_ask_for_more_than_the_most_whatever_is_planned_or_written(
    further: int, planned: list[tuple[int, int]], written: list[tuple[int, int]]
) -> None:
    """Each day is decided by what is known on it: what was written by then, and the forms around it."""
    asked: list[tuple[int, float]] = []
    for number in range(35):
        day = FIRST + timedelta(days=number)
        so_far = [Ask(FIRST + timedelta(days=at), "written", minutes) for at, minutes in written if at <= number]
        around = [Ask(FIRST + timedelta(days=at), "form", minutes) for at, minutes in planned]
        if not is_full(day, [*daily(day, further), *around, *so_far]):
            asked += [(number, load().day(further)), *((at, minutes) for at, minutes in planned if at == number)]
    for first in range(35):
        assert sum(minutes for at, minutes in asked if first <= at < first + 7) <= load().most


@given(st.integers(0, 8), forms, writing, days_of_weeks)
def test_a_week_that_is_full_stays_so_when_more_is_asked(
    further: int, planned: list[tuple[int, int]], written: list[tuple[int, int]], at: int
) -> None:
    day = FIRST + timedelta(days=at)
    asked = [Ask(FIRST + timedelta(days=when), "some", minutes) for when, minutes in [*planned, *written]]
    if is_full(day, [*daily(day, further), *asked]):
        assert is_full(day, [*daily(day, further + 1), *asked])


def test_exactly_the_most_is_not_too_much() -> None:
    asked = [*daily(FIRST, 4), Ask(FIRST, "form", load().most - 7 * load().day(4))]
    assert not is_full(FIRST, asked)
    assert is_full(FIRST, [*asked, Ask(FIRST, "one more", 0.1)])
