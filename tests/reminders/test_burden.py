"""The table of clinical.md 3.5, and that no seven days ever ask for more than fifteen minutes."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from koru.reminders.burden import Ask, Filled, Load, Often, daily, kept, load, room_on

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
asks = st.lists(
    st.builds(
        Ask,
        rank=st.integers(0, 4),
        day=st.integers(0, 40).map(lambda days: FIRST + timedelta(days=days)),
        name=st.text("ab", max_size=2),
        minutes=st.sampled_from([0.25, 0.5, 1, 2, 3, 4, 6, 15, 16]),
    ),
    max_size=40,
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


@given(asks)
def test_no_seven_days_ask_for_more_than_the_most(wanted: list[Ask]) -> None:
    asked = kept(wanted)
    for back in range(-7, 48):
        first = FIRST + timedelta(days=back)
        assert sum(one.minutes for one in asked if first <= one.day < first + timedelta(days=7)) <= load().most


@given(asks)
def test_what_falls_out_would_have_been_too_much_and_nothing_moves_to_another_day(wanted: list[Ask]) -> None:
    asked = kept(wanted)
    assert set(asked) <= set(wanted)
    for one in set(wanted) - set(asked):
        before_it = [other for other in asked if other < one]
        assert one.minutes > room_on(one.day, before_it)


@given(asks)
def test_what_matters_more_never_gives_way_to_what_matters_less(wanted: list[Ask]) -> None:
    most = min((one.rank for one in wanted), default=0)
    first = [one for one in wanted if one.rank == most]
    assert {one for one in kept(wanted) if one.rank == most} == set(kept(first))


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
