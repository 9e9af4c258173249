"""What a check-in asks: complete, in plain words, and exact about which answers can be."""

import shutil
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moodtracking.item_sets import CONTENT, ContentError, Item, load, read, valid_answer
from tests.reading_rules import broken_rules, texts_in

SCALES = [item for family in (load().items, load().symptoms, load().side_effects) for item in family.values()]
STEPPED = [item for item in SCALES if item.anchors]


@pytest.mark.parametrize("value", [-4, 4, True, False, None, "1", 0.0, 1.5, float("nan"), float("inf"), 10**400, [1]])
def test_an_answer_off_the_mood_scale_is_refused(value: object) -> None:
    assert not valid_answer("mood", value)


@pytest.mark.parametrize("value", [-0.5, 14.5, 7.3, 7.25, True, "7.5", float("nan"), float("inf"), float("-inf")])
def test_hours_of_sleep_are_half_hours_up_to_fourteen(value: object) -> None:
    assert not valid_answer("sleep_hours", value)


@pytest.mark.parametrize("value", [0, 0.5, 7, 7.0, 7.5, 14])
def test_half_hours_of_sleep_are_taken(value: float) -> None:
    assert valid_answer("sleep_hours", value)


@pytest.mark.parametrize("key", ["", "panic", "symptom:", "symptom:unknown", "side_effect:panic", "mood.v1", "note"])
def test_a_key_that_is_not_asked_takes_nothing(key: str) -> None:
    assert not valid_answer(key, 0)


@given(item=st.sampled_from(STEPPED), value=st.integers(-6, 8) | st.integers())
def test_a_scale_takes_exactly_the_values_that_have_a_word(item: Item, value: int) -> None:
    assert valid_answer(item.key, value) == (value in dict(item.choices))


def test_mood_runs_from_very_low_to_very_good_in_seven_steps() -> None:
    mood = load().items["mood"]
    assert mood.version == "mood.v1"
    assert mood.choices[0] == (-3, "very low")
    assert mood.word(-1) == "a bit low"
    assert mood.choices[-1] == (3, "very good")
    with pytest.raises(KeyError):
        mood.word(4)


def test_three_items_are_asked_by_default() -> None:
    assert [item.key for item in load().by_default()] == ["mood", "energy", "tension"]


def test_sleep_is_asked_in_the_morning_and_connection_weekly() -> None:
    asked = {item.key: item.asked for item in load().items.values()}
    assert asked == {
        "mood": "always",
        "energy": "always",
        "tension": "always",
        "sleep_hours": "morning",
        "sleep_quality": "morning",
        "connectedness": "weekly",
    }


def test_there_are_twenty_hard_symptoms_and_four_good_ones() -> None:
    sides = [item.side for item in load().symptoms.values()]
    assert (sides.count("hard"), sides.count("good")) == (20, 4)


def test_only_the_urge_to_harm_opens_the_help_page_and_says_so_beforehand() -> None:
    opening = [item for item in SCALES if item.help_from is not None]
    assert [(item.key, item.help_from) for item in opening] == [("symptom:urge-to-harm", 1)]
    assert "help" in opening[0].beforehand


def test_cravings_carry_the_tag_of_part_2_and_a_word_beforehand() -> None:
    tagged = [item for item in SCALES if item.part_2]
    assert {item.key for item in tagged} == {"symptom:urge-to-use", "side_effect:craving"}
    assert all("therapist" in item.beforehand for item in tagged)


def test_there_are_twelve_side_effects_from_none_to_strong() -> None:
    effects = load().side_effects
    assert len(effects) == 12
    assert {item.anchors for item in effects.values()} == {("none", "mild", "moderate", "strong")}


def test_tags_come_in_four_groups_and_are_there_once() -> None:
    groups = load().tags
    assert {name: len(tags) for name, tags in groups.items()} == {"people": 5, "doing": 6, "body": 7, "feelings": 7}
    assert len(load().tag_slugs()) == 25


def test_every_version_is_there_once() -> None:
    assert len({item.version for item in SCALES}) == len(SCALES)


def test_every_word_a_client_reads_keeps_the_reading_rules() -> None:
    for item in SCALES:
        assert not broken_rules(" ".join(texts_in(asdict(item)))), item.key
    assert not broken_rules(" ".join(texts_in([load().words, load().tags])))


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("items.toml", 'asked = "always"', 'asked = "hourly"', r"items\.toml: mood: unknown time of asking 'hourly'"),
        ("items.toml", "step = 0.5", "step = 0", r"items\.toml: sleep_hours: its scale has no steps"),
        ("items.toml", 'key = "energy"', 'key = "mood"', r"items\.toml: mood: is there twice"),
        ("items.toml", "lowest = -3", "lowest = -3\nhighest = 2", r"items\.toml: mood: anchors and range differ"),
        ("symptoms.toml", '"restless"', '"panic"', r"symptoms\.toml: symptom:panic: is there twice"),
    ],
)
def test_a_wrong_file_names_itself_and_the_key(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    folder = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        read(folder)
