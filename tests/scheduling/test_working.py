"""From one week to another: the wanted week holds on its days, all other days are as they were, whatever there was before."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduling.working import Change, Hours, digest, joined, reweek, week_on

FIRST = date(2026, 12, 28)  # over the end of the year
walls = st.integers(0, 47).map(lambda number: time(number // 2, number % 2 * 30))
stretches = st.tuples(walls, walls).filter(lambda pair: pair[0] < pair[1])
days = st.integers(-20, 20).map(lambda number: FIRST + timedelta(days=number))
ends = st.one_of(st.none(), days)


@st.composite
def rules(draw: st.DrawFn) -> Hours:
    starting = draw(days)
    until = draw(ends.filter(lambda end: end is None or end > starting))
    return Hours(draw(st.integers(1, 7)), *draw(stretches), starting, until)


weeks = st.dictionaries(st.integers(1, 7), st.lists(stretches, max_size=3).map(joined))


def applied(hours: list[Hours], change: Change, starting: date) -> list[Hours]:
    """As the deed writes it: what ends is cut at the day, or goes if it would have begun then."""
    cut = [Hours(one.weekday, one.opens, one.closes, one.starting, starting) for one in change.ended if one.starting < starting]
    return [one for one in hours if one not in change.ended] + cut + list(change.started)


@given(hours=st.lists(rules(), max_size=8), wanted=weeks, starting=days, length=st.one_of(st.none(), st.integers(1, 15)))
def test_the_wanted_week_holds_on_its_days_and_no_other_day_changes(
    hours: list[Hours], wanted: dict[int, list[tuple[time, time]]], starting: date, length: int | None
) -> None:
    until = starting + timedelta(days=length) if length else None
    after = applied(hours, reweek(hours, wanted, starting, until), starting)
    later = [one for one in hours if one.starting > starting]
    soonest_end = min((one.until for one in hours if one.until and one.until > starting), default=date.max)
    for day in (FIRST + timedelta(days=number) for number in range(-25, 40)):
        was, became = week_on(hours, day), week_on(after, day)
        if day < starting or (until and day >= until):
            assert became == was
        elif day < soonest_end:
            begun = week_on(later, day)
            assert became == {weekday: joined([*wanted.get(weekday, []), *begun[weekday]]) for weekday in range(1, 8)}


@given(hours=st.lists(rules(), max_size=8), starting=days)
def test_the_week_as_it_is_changes_nothing_but_how_it_is_written(hours: list[Hours], starting: date) -> None:
    after = applied(hours, reweek(hours, week_on(hours, starting), starting), starting)
    for day in (FIRST + timedelta(days=number) for number in range(-25, 40)):
        assert week_on(after, day) == week_on(hours, day)


def test_lunch_cut_out_of_a_day_ends_the_rule_and_starts_two() -> None:
    old = Hours(1, time(9), time(17), date(2020, 1, 1), date(2027, 7, 1))
    change = reweek([old], {1: [(time(9), time(12)), (time(13), time(17))]}, FIRST)
    assert change.ended == [old]
    assert change.started == [
        Hours(1, time(9), time(12), FIRST, date(2027, 7, 1)),
        Hours(1, time(13), time(17), FIRST, date(2027, 7, 1)),
    ]


def test_the_same_week_again_is_no_change() -> None:
    hours = [Hours(day, time(9), time(17), date(2020, 1, 1)) for day in (1, 2, 3)]
    assert reweek(hours, week_on(hours, FIRST), FIRST) == Change([], [])
    assert digest(hours) == digest(reversed(hours))
    assert digest(hours) != digest(hours[1:])
