"""The planner against whole houses of open times: every plan keeps its gaps, its pairs and its rest, or there is none."""

from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from koru.moments.walltime import instant_of
from scheduling.course_planning import WITHIN, Gap, Meeting, Planned, Search, Shape, Stuck

ZONES = [ZoneInfo(name) for name in ("America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe")]
FIRST = date(2026, 10, 19)  # clocks change in the weeks after it
LONG, SHORT = Shape("dosing", 150, 15, 30, rest_days=3), Shape("integration", 50, 0, 10)

hours = st.sampled_from([9, 10, 13, 16, 22])
openings = st.dictionaries(st.integers(0, 45), st.lists(hours, min_size=1, max_size=3, unique=True), min_size=1, max_size=40)
gaps = st.builds(
    lambda least, more, grows, spaced: Gap(least, least + more, grows, spaced),
    st.integers(0, 9), st.integers(0, 7), st.integers(0, 4), st.booleans(),
)  # fmt: skip


def instants(there: dict[int, list[int]], zone: ZoneInfo) -> list[datetime]:
    days = [(FIRST + timedelta(days=day), hour) for day, some in there.items() for hour in some]
    return sorted(instant_of(day, datetime(2026, 1, 1, hour).time(), zone) for day, hour in days)


def meetings(gap: Gap, times: int, weeks: int | None) -> list[Meeting]:
    return [gap.meeting(number, weeks, LONG, SHORT) for number in range(times)]


wishes = st.builds(meetings, gaps, st.integers(1, 3), st.sampled_from([None, 4]))


@given(openings, openings, wishes, st.sampled_from(ZONES))
def test_every_plan_keeps_gaps_pairs_and_rest(
    long: dict[int, list[int]], short: dict[int, list[int]], wanted: list[Meeting], zone: ZoneInfo
) -> None:
    there = {"dosing": instants(long, zone), "integration": instants(short, zone)}
    found = Search(wanted, there, FIRST, zone).plan()
    assert found == Search(wanted, there, FIRST, zone).plan()
    if isinstance(found, Stuck):
        assert not any(fits(chosen, wanted, zone) for chosen in product(there["dosing"], repeat=len(wanted))) or not paired(there)
        return
    assert fits(tuple(one.start for one in found if one.follows is None), wanted, zone)
    assert keeps_pairs(found)
    assert all(one.start in there[one.kind] for one in found)
    assert no_overlap(found)


def fits(chosen: tuple[datetime, ...], wanted: list[Meeting], zone: ZoneInfo) -> bool:
    before = FIRST
    for start, meeting in zip(chosen, wanted, strict=True):
        day = start.astimezone(zone).date()
        if not meeting.least <= (day - before).days <= meeting.most:
            return False
        before = day
    return True


def paired(there: dict[str, list[datetime]]) -> bool:
    """Whether each session that is open has a meeting in reach, clear of all sessions."""
    return all(
        any(timedelta(hours=12) < after - LONG.ends(start) <= WITHIN - timedelta(hours=26) for after in there["integration"])
        for start in there["dosing"]
    )


def keeps_pairs(found: list[Planned]) -> bool:
    pairs = [(found[one.follows], one) for one in found if one.follows is not None]
    return all(timedelta() < after.start - LONG.ends(session.start) <= WITHIN for session, after in pairs)


def no_overlap(found: list[Planned]) -> bool:
    shapes = {"dosing": LONG, "integration": SHORT}
    ends = [shapes[one.kind].ends(one.start) + timedelta(minutes=shapes[one.kind].after) for one in found]
    begins = [one.start - timedelta(minutes=shapes[one.kind].before) for one in found]
    return all(end <= begin for end, begin in zip(ends, begins[1:], strict=False))


def test_the_next_best_is_tried_where_the_first_leaves_no_room() -> None:
    """The earliest session would leave no integration meeting, the second no session after it."""
    zone = ZONES[0]
    there = {"dosing": instants({1: [10], 2: [10], 3: [10], 10: [10]}, zone), "integration": instants({5: [13], 11: [9]}, zone)}
    found = Search([gap_of(0, 5), gap_of(7, 7)], there, FIRST, zone).plan()
    assert isinstance(found, list)
    assert [one.start.astimezone(zone).day for one in found if one.follows is None] == [22, 29]


def gap_of(least: int, most: int) -> Meeting:
    return Gap(least, most).meeting(0, None, LONG, SHORT)


def test_stuck_says_which_meeting_and_between_which_days() -> None:
    zone = ZONES[0]
    there = {"dosing": instants({1: [10]}, zone), "integration": instants({2: [10]}, zone)}
    found = Search([gap_of(0, 5), gap_of(7, 9)], there, FIRST, zone).plan()
    assert found == Stuck(2, "dosing", date(2026, 10, 27), date(2026, 10, 29))


def test_a_second_session_comes_at_the_time_of_day_of_the_first() -> None:
    zone = ZONES[0]
    there = {"dosing": instants({1: [13], 8: [9, 13, 16]}, zone), "integration": instants({2: [10], 9: [9, 10]}, zone)}
    found = Search([gap_of(0, 5), gap_of(7, 9)], there, FIRST, zone).plan()
    assert isinstance(found, list)
    assert [one.start.astimezone(zone).hour for one in found] == [13, 10, 13, 10]
