"""What changed since the last session: medians with their days, never a guess."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from koru.privacy.door import open_record
from moodtracking.change import change, change_since_session, windows
from moodtracking.trends import DayValue
from tests.moodtracking.days import ago, held_session, told
from tests.people import ally, make_client, make_therapist

SESSION, TODAY = date(2026, 11, 10), date(2026, 11, 25)


def days(first: date, values: list[float]) -> list[DayValue]:
    return [DayValue(first + timedelta(days=place), value) for place, value in enumerate(values)]


def test_the_day_of_the_session_belongs_to_neither_side() -> None:
    before, since = windows(SESSION, TODAY)
    assert (before.first, before.last) == (date(2026, 10, 27), date(2026, 11, 9))
    assert (since.first, since.last) == (date(2026, 11, 12), TODAY)


def test_on_the_day_itself_nothing_lies_since() -> None:
    _, since = windows(SESSION, SESSION)
    assert since.first == since.last == SESSION


@pytest.mark.parametrize(
    ("was", "now", "direction"),
    [
        ([0] * 5, [1] * 5, "higher"),
        ([1] * 5, [0] * 5, "lower"),
        ([0] * 5, [0] * 5, "same"),
        ([0] * 4, [3] * 5, ""),
        ([0] * 5, [3] * 4, ""),
    ],
)
def test_a_direction_needs_half_a_step_and_five_days(was: list[float], now: list[float], direction: str) -> None:
    told_days = days(date(2026, 10, 28), was) + days(date(2026, 11, 13), now)
    (mood,) = change({"mood": told_days}, SESSION, TODAY).shifts
    assert mood.direction == direction
    assert (mood.before_days, mood.since_days) == (len(was), len(now))


def test_only_the_three_symptoms_that_changed_most_are_named() -> None:
    told_days = {
        f"symptom:{slug}": days(date(2026, 10, 28), [0] * 5) + days(date(2026, 11, 13), [by] * 5)
        for slug, by in (("panic", 1.0), ("numb", 4.0), ("sad", 2.0), ("pain", 3.0))
    }
    found = change(told_days, SESSION, TODAY)
    assert [one.key for one in found.shifts] == ["symptom:numb", "symptom:pain", "symptom:sad"]


def test_the_longest_quiet_stretch_runs_up_to_today() -> None:
    quiet = change({"mood": days(date(2026, 11, 12), [0] * 3)}, SESSION, TODAY).quiet
    assert quiet is not None
    assert (quiet.first, quiet.last) == (date(2026, 11, 15), TODAY)


@pytest.mark.django_db
def test_the_therapist_gets_it_for_the_last_session_held() -> None:
    person, therapist = make_client(), make_therapist()
    ally(person, therapist)
    with open_record(person, by=therapist, why="brief") as record:
        assert change_since_session(record, timezone.now()) is None
    held_session(person, ago(days=10))
    for back in range(1, 7):
        told(person, {"mood": 2}, at=ago(days=back))
        told(person, {"mood": 0}, at=ago(days=back + 10))
    with open_record(person, by=therapist, why="brief") as record:
        found = change_since_session(record, timezone.now())
    assert found is not None
    assert found.days_since == 10
    assert [(one.before_word, one.since_word, one.direction) for one in found.shifts] == [("in between", "good", "higher")]
