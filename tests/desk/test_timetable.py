"""The timetable of a day: everybody once, as high as their time is long, nobody over anybody, whatever the hours."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from koru.desk.slots import Slot
from koru.desk.timetable import Across, Block, Column, Place, Stretches, Timetable, timetable, usual_hours
from koru.moments.spans import Span

NEW_YORK, LORD_HOWE = ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")
ONE, OTHER = UUID(int=1), UUID(int=2)
COLUMNS = [Column(ONE, "Demo Wren"), Column(OTHER, "Demo Hazel")]
TUESDAY = date(2026, 11, 24)
MORNING = datetime(2026, 11, 24, 14, tzinfo=UTC)


def slot(therapist: UUID, span: Span, before: int = 0, after: int = 0) -> Slot:
    return Slot(
        uuid4(), "Demo Rowan", "Talk", therapist, "Demo Wren", None, "By video", span, "", "", "", span.padded(before, after)
    )


def table_of(slots: list[Slot], there: Stretches | None = None, now: datetime = MORNING) -> Timetable:
    placed = {key: [one for one in slots if one.therapist_id == key] for key in (ONE, OTHER)}
    return timetable(Across(COLUMNS, placed, there or {}), usual_hours(TUESDAY, NEW_YORK), NEW_YORK, now)


def blocks_of(table: Timetable) -> list[Block]:
    return [block for track in table.tracks for block in track.blocks]


def test_an_empty_day_has_its_hours() -> None:
    table = table_of([])
    assert [words for words, _ in table.hours][:2] == ["9:00 am", "10:00 am"]
    assert (len(table.hours), table.whole.at) == (8, "h0 m0 l8 n0")
    assert [list(track.blocks) for track in table.tracks] == [[], []]


def test_a_session_is_two_and_a_half_hours_high_with_what_is_kept_free_around_it() -> None:
    [block] = blocks_of(table_of([slot(ONE, Span.lasting(MORNING + timedelta(hours=1), 150), 15, 30)]))
    assert (block.place.at, block.before, block.after) == ("h1 m0 l2 n30", Place(45, 15), Place(210, 30))
    assert not block.brief


def test_twenty_minutes_have_room_for_one_line() -> None:
    [block] = blocks_of(table_of([slot(ONE, Span.lasting(MORNING, 20))]))
    assert (block.place.at, block.brief) == ("h0 m0 l0 n20", True)


def test_two_of_the_same_time_stand_side_by_side_and_neighbours_have_all_the_width() -> None:
    first, same = slot(ONE, Span.lasting(MORNING, 50)), slot(ONE, Span.lasting(MORNING + timedelta(minutes=20), 50))
    after = slot(ONE, Span.lasting(MORNING + timedelta(minutes=70), 50))
    assert [(one.slot, one.beside) for one in blocks_of(table_of([after, same, first]))] == [
        (first, "lane0 of2"),
        (same, "lane1 of2"),
        (after, ""),
    ]


def test_early_and_late_ones_stretch_the_day_by_whole_hours() -> None:
    early, late = MORNING - timedelta(minutes=75), MORNING + timedelta(hours=9)
    table = table_of([slot(ONE, Span.lasting(early, 30)), slot(OTHER, Span.lasting(late, 50))])
    assert (table.hours[0][0], table.hours[-1][0]) == ("7:00 am", "6:00 pm")
    assert table_of([], {ONE: [(late, late + timedelta(minutes=50))]}).hours[-1][0] == "6:00 pm"


def test_the_line_of_this_moment_stands_on_its_own_day_alone() -> None:
    assert table_of([], now=MORNING + timedelta(minutes=95)).now == Place(95, 0)
    assert table_of([], now=MORNING - timedelta(days=1)).now is None


def test_a_session_over_the_hour_that_repeats_is_as_high_as_any_other() -> None:
    night = date(2026, 11, 1)
    start = datetime(2026, 11, 1, 4, 30, tzinfo=UTC)
    across = Across(COLUMNS, {ONE: [slot(ONE, Span.lasting(start, 150))]}, {})
    table = timetable(across, usual_hours(night, NEW_YORK), NEW_YORK, MORNING)
    assert [words for words, _ in table.hours][:4] == ["12:00 am", "1:00 am", "1:00 am", "2:00 am"]
    assert [block.place.at for block in blocks_of(table)] == ["h0 m30 l2 n30"]


def test_half_an_hour_of_clock_change_leaves_the_hours_on_the_hour() -> None:
    changed = timetable(Across(COLUMNS, {}, {}), usual_hours(date(2026, 10, 4), LORD_HOWE), LORD_HOWE, MORNING)
    assert changed.hours[0][0] == "9:00 am"


spans = st.builds(
    lambda start, minutes: Span.lasting(MORNING + timedelta(minutes=start), minutes), st.integers(-300, 900), st.integers(5, 240)
)


@given(st.lists(st.tuples(st.sampled_from([ONE, OTHER]), spans), max_size=12))
def test_everybody_is_there_once_in_their_own_time_and_over_nobody(drawn: list[tuple[UUID, Span]]) -> None:
    table = table_of([slot(therapist, span) for therapist, span in drawn])
    shown = blocks_of(table)
    assert sorted(block.slot.id for block in shown) == sorted({block.slot.id for block in shown})
    assert len(shown) == len(drawn)
    for block in shown:
        assert table.begins + timedelta(minutes=block.place.top) == block.slot.span.start
        assert block.place.minutes == block.slot.span.minutes
        assert 0 <= block.lane < block.lanes
        assert block.place.top + block.place.minutes <= table.whole.minutes
    for track in table.tracks:
        for one in track.blocks:
            others = [other for other in track.blocks if other is not one and other.slot.span.overlaps(one.slot.span)]
            assert all((other.lane, other.lanes) != (one.lane, one.lanes) and other.lanes == one.lanes for other in others)


def test_a_slot_of_nobody_listed_is_left_out() -> None:
    stranger = replace(slot(ONE, Span.lasting(MORNING, 30)), therapist_id=UUID(int=3))
    assert blocks_of(table_of([stranger])) == []
