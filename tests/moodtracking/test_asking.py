"""What is asked when: three questions always, sleep before noon, connectedness once a week, and what was picked."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodtracking.asking import asked_now
from moodtracking.item_sets import load

DENVER = ZoneInfo("America/Denver")
MORNING = datetime(2026, 11, 24, 11, 59, tzinfo=DENVER)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=DENVER)


def keys(now: datetime) -> list[str]:
    return [item.key for item in asked_now(load(), now).first]


def test_sleep_is_asked_in_the_morning_only() -> None:
    assert "sleep_hours" in keys(MORNING)
    assert "sleep_quality" in keys(MORNING)
    assert "sleep_hours" not in keys(NOON)


@pytest.mark.parametrize(("day", "open_"), [(None, True), (date(2026, 11, 17), True), (date(2026, 11, 18), False)])
def test_connectedness_stands_open_once_a_week_and_is_folded_otherwise(day: date | None, open_: bool) -> None:
    asked = asked_now(load(), NOON, connected_on=day)
    assert ("connectedness" in [item.key for item in asked.first]) is open_
    assert ("connectedness" in [item.key for item in asked.more]) is not open_


def test_the_quick_path_is_three_questions() -> None:
    asked = asked_now(load(), NOON, connected_on=date(2026, 11, 24))
    assert [item.key for item in asked.first] == ["mood", "energy", "tension"]


def test_picked_symptoms_come_after_the_rest_and_unknown_ones_never() -> None:
    asked = asked_now(load(), NOON, picked=["symptom:panic", "symptom:unheard-of"], connected_on=date(2026, 11, 24))
    assert [item.key for item in asked.first] == ["mood", "energy", "tension", "symptom:panic"]


def test_what_was_answered_in_the_morning_can_be_changed_in_the_evening() -> None:
    asked = asked_now(load(), NOON, answered=["sleep_hours", "symptom:sad"], connected_on=date(2026, 11, 24))
    assert {"sleep_hours", "symptom:sad"} <= {item.key for item in asked.first}


def test_in_a_full_week_three_questions_stand_open_and_all_the_others_are_folded() -> None:
    asked = asked_now(load(), MORNING, picked=["symptom:panic"], answered=["symptom:sad"], light=True)
    assert [item.key for item in asked.first] == ["mood", "energy", "tension", "symptom:sad"]
    assert [item.key for item in asked.more] == ["sleep_hours", "sleep_quality", "connectedness", "symptom:panic"]


@given(
    st.sets(st.sampled_from(sorted(load().symptoms)), max_size=4), st.sets(st.sampled_from(sorted(load().items))), st.booleans()
)
def test_folding_loses_no_question(picked: set[str], answered: set[str], morning: bool) -> None:
    now = MORNING if morning else NOON
    usual = asked_now(load(), now, picked=sorted(picked), answered=sorted(answered))
    light = asked_now(load(), now, picked=sorted(picked), answered=sorted(answered), light=True)
    assert {item.key for item in light.items} == {item.key for item in usual.items}
    assert answered <= {item.key for item in light.first}
