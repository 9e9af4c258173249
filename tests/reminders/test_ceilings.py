"""At most one note a day and three a week; the more important stays."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koru.reminders.ceilings import Counted, dropped
from koru.reminders.models import Letter
from koru.reminders.planning import plan
from tests.people import make_client

from .letters import planned

DAY = date(2026, 12, 1)


def counted(days: int, priority: int, gone: bool = False) -> Counted:
    return Counted(uuid4(), DAY + timedelta(days=days), priority, gone)


def test_of_two_on_one_day_the_more_important_stays() -> None:
    nudge, morning = counted(0, 7), counted(0, 3)
    assert dropped([nudge, morning]) == {nudge.letter}


def test_what_is_out_already_counts_and_stays() -> None:
    nudge, morning = counted(0, 7, gone=True), counted(0, 3)
    assert dropped([morning, nudge]) == {morning.letter}


def test_the_fourth_in_seven_days_is_dropped_and_the_eighth_day_is_free() -> None:
    notes = [counted(day, 7) for day in (0, 2, 4, 6, 7)]
    assert dropped(notes) == {notes[3].letter}


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 7)), max_size=25))
def test_never_more_than_one_a_day_and_three_in_any_seven_days(rows: list[tuple[int, int]]) -> None:
    letters = [counted(*row) for row in rows]
    over = dropped(letters)
    kept = [one for one in letters if one.letter not in over]
    assert all(times == 1 for times in Counter(one.day for one in kept).values())
    for one in kept:
        assert sum(one.day <= other.day < one.day + timedelta(days=7) for other in kept) <= 3


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 7)), max_size=25))
def test_each_dropped_one_gave_way_to_one_as_important(rows: list[tuple[int, int]]) -> None:
    letters = [counted(*row) for row in rows]
    over = dropped(letters)
    for one in letters:
        if one.letter in over:
            near = [other for other in letters if other.letter not in over and abs((other.day - one.day).days) < 7]
            assert any(other.priority <= one.priority for other in near)


def noon_in(days: int) -> datetime:
    return datetime.combine(datetime.now(UTC).date() + timedelta(days=days), time(17), UTC)


@pytest.mark.django_db
def test_a_more_important_note_planned_later_takes_the_place_on_its_day() -> None:
    person = make_client(zone="America/New_York")
    plan([planned("check-in", person, due_at=noon_in(2))])
    plan([planned("first-morning", person, due_at=noon_in(2))])
    assert {row.kind: row.withdrawn_why for row in Letter.objects.all()} == {"check-in": "ceiling", "first-morning": ""}


@pytest.mark.django_db
def test_letters_about_appointments_do_not_count() -> None:
    person = make_client(zone="America/New_York")
    plan(planned("session-week", person, due_at=noon_in(2)) for _ in range(4))
    plan([planned("check-in", person, due_at=noon_in(2))])
    assert not Letter.objects.exclude(withdrawn_at=None).exists()


@pytest.mark.django_db
def test_one_readers_notes_leave_anothers_alone() -> None:
    plan(planned("check-in", make_client(), due_at=noon_in(2)) for _ in range(3))
    assert not Letter.objects.exclude(withdrawn_at=None).exists()


def test_which_letter_is_dropped_does_not_depend_on_the_order_of_planning() -> None:
    letters = [Counted(UUID(int=number), DAY, 7) for number in range(4)]
    assert dropped(letters) == dropped(reversed(letters))
