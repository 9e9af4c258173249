"""What raises a flag and how pressing it is: every line of clinical.md 5.1 as data, and what must hold for any facts."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koru.safety.levels import Level
from koru.safety.lines import ContentError
from koru.safety.rules import Facts, condition, load, raised_by, read

ROUTINE, PROMPT, URGENT = Level.ROUTINE, Level.PROMPT, Level.URGENT
NAMES = sorted({fact for rule in load().values() for fact in rule.facts})
facts = st.dictionaries(st.sampled_from(NAMES), st.integers(-30, 100))
WORSE_WHEN_HIGHER = [name for name in NAMES if not name.startswith("who-5")]


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ({"asked.help": 1}, {"needs_help": URGENT}),
        ({"phq-9.item.9": 0}, {}),
        ({"phq-9.item.9": 1}, {"phq9_item9": PROMPT}),
        ({"phq-9.item.9": 2}, {"phq9_item9": URGENT}),
        ({"phq-9.item.9": 3}, {"phq9_item9": URGENT}),
        ({"check-in.symptom:urge-to-harm": 0}, {}),
        ({"check-in.symptom:urge-to-harm": 1}, {"urge_to_harm": PROMPT}),
        ({"check-in.symptom:urge-to-harm": 2}, {"urge_to_harm": URGENT}),
        ({"check-in.symptom:urge-to-harm": 4}, {"urge_to_harm": URGENT}),
        ({"phq-9.total": 19}, {}),
        ({"phq-9.total": 20}, {"phq9_severe": PROMPT}),
        ({"phq-9.total": 12, "phq-9.change": 5}, {}),
        ({"phq-9.total": 12, "phq-9.change": 6}, {"phq9_worse": ROUTINE}),
        ({"phq-9.total": 12, "phq-9.change": -6}, {}),
        ({"phq-9.total": 22, "phq-9.change": 7}, {"phq9_severe": PROMPT, "phq9_worse": ROUTINE}),
        ({"gad-7.total": 15, "gad-7.change": 4}, {"gad7_severe": ROUTINE}),
        ({"gad-7.total": 14, "gad-7.change": 9}, {}),
        ({"gad-7.total": 21, "gad-7.change": 3}, {}),
        ({"gad-7.total": 21}, {}),
        ({"pcl-5.change": 14}, {}),
        ({"pcl-5.change": 15}, {"pcl5_worse": ROUTINE}),
        ({"pcl-5.item.16": 3}, {}),
        ({"pcl-5.item.16": 4}, {"pcl5_worse": ROUTINE}),
        ({"who-5.total": 28}, {"who5_low": ROUTINE}),
        ({"who-5.total": 29}, {}),
        ({"who-5.total": 28, "who-5.before": 29}, {"who5_low": ROUTINE}),
        ({"who-5.total": 20, "who-5.before": 28}, {}),
        ({"mood.drop": 1, "mood.drop.after_session": 0}, {"mood_drop": ROUTINE}),
        ({"mood.drop": 1, "mood.drop.after_session": 1}, {"mood_drop": PROMPT}),
        ({"side-effect.strong": 0}, {}),
        ({"side-effect.strong": 1}, {"side_effect": PROMPT}),
        ({"craving.times": 1}, {}),
        ({"craving.times": 2}, {"craving": ROUTINE}),
        ({"asked.look": 1}, {"asked_to_look": ROUTINE}),
    ],
)
def test_each_line_of_the_reference(told: Facts, raised: dict[str, Level]) -> None:
    assert raised_by(load().values(), told) == raised


def test_help_opens_at_once_for_three_of_them() -> None:
    assert {rule.key for rule in load().values() if rule.opens_help} == {"needs_help", "phq9_item9", "urge_to_harm"}


def test_every_cause_has_words_for_both() -> None:
    for rule in load().values():
        assert rule.title
        assert rule.own
        assert not {"score", "patient", "PHQ", "GAD", "PCL", "harm"} & set(rule.own.replace("-", " ").split())


def test_facts_nobody_knows_raise_nothing() -> None:
    assert raised_by(load().values(), {}) == {}
    assert raised_by(load().values(), {"made.up": 99}) == {}


@given(facts, st.sampled_from(WORSE_WHEN_HIGHER), st.integers(0, 50))
def test_a_worse_answer_never_lowers_a_level(told: dict[str, int], name: str, by: int) -> None:
    before = raised_by(load().values(), told)
    after = raised_by(load().values(), {**told, name: told.get(name, -30) + by})
    assert all(after.get(key, 0) >= level for key, level in before.items())


@given(facts, facts)
def test_facts_of_one_cause_say_nothing_about_another(told: dict[str, int], others: dict[str, int]) -> None:
    for rule in load().values():
        own = {name: value for name, value in told.items() if name in rule.facts}
        foreign = {name: value for name, value in others.items() if name not in rule.facts}
        assert rule.level({**foreign, **own}) == rule.level(own)


@given(facts)
def test_only_known_causes_come_up_at_known_levels(told: dict[str, int]) -> None:
    raised = raised_by(load().values(), told)
    assert set(raised) <= set(load())
    assert all(level in {one.level for one in load()[key].when} for key, level in raised.items())


@pytest.mark.parametrize("words", ["", "mood", "mood ~ 3", "mood >= x", "mood >=", "no", "no one two", ">= 3"])
def test_a_condition_that_cannot_be_read_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="can't be read"):
        condition(words)


@pytest.mark.parametrize(
    "rows",
    [
        '[[flag]]\nkey = "a"\ntitle = "A"\nown = "B"\nwhen = []',
        '[[flag]]\nkey = "a"\ntitle = "A"\nown = "B"\nwhen = [{ level = "loud", all = ["x >= 1"] }]',
        '[[flag]]\nkey = "a"\ntitle = "A"\nown = "B"\nwhen = [{ level = "prompt", all = [] }]',
        '[[flag]]\nkey = "a"\nown = "B"\nwhen = [{ level = "prompt", all = ["x >= 1"] }]',
        '[[flag]]\nkey = "a"\ntitle = "A"\nown = "B"\nloud = true\nwhen = [{ level = "prompt", all = ["x >= 1"] }]',
        '[[flag]]\nkey = "a"\ntitle = "A"\nown = "B"\nwhen = [{ level = "prompt", all = ["x >= 1"] }]\n' * 2,
    ],
)
def test_a_file_that_cannot_be_so_names_the_flag(tmp_path: Path, rows: str) -> None:
    file = tmp_path / "flags.toml"
    file.write_text(rows)
    with pytest.raises(ContentError, match=r"flags.toml: a"):
        read(file)
