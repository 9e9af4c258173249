"""The day as a table: every appointment once, no cell twice, whatever the hours."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from koru.desk.day_table import Column, Row, day_rows
from koru.desk.slots import Slot
from koru.moments.spans import Span

NEW_YORK = ZoneInfo("America/New_York")
ONE, OTHER = UUID(int=1), UUID(int=2)
COLUMNS = [Column(ONE, "Demo Wren"), Column(OTHER, "Demo Hazel")]
MORNING = datetime(2026, 11, 24, 14, tzinfo=UTC)
HOURS = Span(MORNING, MORNING + timedelta(hours=8))


def slot(therapist: UUID, span: Span) -> Slot:
    return Slot(uuid4(), "Demo Rowan", "Talk", therapist, "Demo Wren", None, "By video", span, "", "", "")


def rows_of(slots: list[Slot], hours: Span = HOURS) -> list[Row]:
    return day_rows(slots, COLUMNS, lambda one: one.therapist_id, hours, NEW_YORK)


def widths(rows: list[Row]) -> list[int]:
    """How many columns each row fills, with the cells that still run from above."""
    counted = [0] * len(rows)
    for number, row in enumerate(rows):
        for cell in row.cells:
            for covered in range(number, number + cell.rows):
                counted[covered] += 1
    return counted


def test_an_empty_day_has_its_half_hours() -> None:
    rows = rows_of([])
    assert [rows[0].time, rows[1].time, rows[-1].time] == ["9:00 am", "9:30 am", "4:30 pm"]
    assert all(len(row.cells) == 2 for row in rows)


def test_a_session_spans_five_rows_and_touching_ones_stand_apart() -> None:
    first = slot(ONE, Span.lasting(MORNING, 150))
    second = slot(ONE, Span.lasting(MORNING + timedelta(minutes=150), 30))
    rows = rows_of([second, first])
    assert (rows[0].cells[0].rows, rows[0].cells[0].slots) == (5, (first,))
    assert rows[5].cells[0].slots == (second,)


def test_two_in_one_half_hour_share_a_cell() -> None:
    first = slot(ONE, Span.lasting(MORNING, 50))
    second = slot(ONE, Span.lasting(MORNING + timedelta(minutes=50), 50))
    assert rows_of([first, second])[0].cells[0].slots == (first, second)


def test_early_and_late_ones_stretch_the_day() -> None:
    early, late = MORNING - timedelta(minutes=75), MORNING + timedelta(hours=9)
    rows = rows_of([slot(ONE, Span.lasting(early, 30)), slot(OTHER, Span.lasting(late, 50))])
    assert (rows[0].time, rows[-1].time) == ("7:30 am", "6:30 pm")


def test_the_repeated_hour_stands_twice() -> None:
    night = Span(datetime(2026, 11, 1, 4, tzinfo=UTC), datetime(2026, 11, 1, 8, tzinfo=UTC))
    assert [row.time for row in rows_of([], night)].count("1:30 am") == 2


spans = st.builds(
    lambda start, minutes: Span.lasting(MORNING + timedelta(minutes=start), minutes), st.integers(-300, 900), st.integers(5, 240)
)


@given(st.lists(st.tuples(st.sampled_from([ONE, OTHER]), spans), max_size=12))
def test_every_row_fills_the_table_and_everybody_is_there_once(drawn: list[tuple[UUID, Span]]) -> None:
    slots = [slot(therapist, span) for therapist, span in drawn]
    rows = rows_of(slots)
    assert widths(rows) == [2] * len(rows)
    shown = [one.id for row in rows for cell in row.cells for one in cell.slots]
    assert sorted(shown) == sorted(one.id for one in slots)


@given(spans)
def test_a_cell_covers_all_of_its_time(span: Span) -> None:
    rows = rows_of([slot(ONE, span)])
    number = next(place for place, row in enumerate(rows) if row.cells and row.cells[0].slots)
    first = min(
        HOURS.start,
        HOURS.start
        - ((HOURS.start - span.start + timedelta(minutes=29, seconds=59)) // timedelta(minutes=30)) * timedelta(minutes=30),
    )
    begins = first + number * timedelta(minutes=30)
    assert begins <= span.start
    assert begins + rows[number].cells[0].rows * timedelta(minutes=30) >= span.end


def test_a_slot_of_nobody_listed_is_left_out() -> None:
    stranger = replace(slot(ONE, Span.lasting(MORNING, 30)), therapist_id=UUID(int=3))
    assert not any(cell.slots for row in rows_of([stranger]) for cell in row.cells)
