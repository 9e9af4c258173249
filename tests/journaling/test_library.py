"""The journal's library: complete, consistent, and in words a client can read."""

import shutil
from collections import Counter
from dataclasses import FrozenInstanceError, asdict
from pathlib import Path

import pytest

from journaling.catalogue import THEMES
from journaling.library import CONTENT, ContentError, load, read
from tests.reading_rules import broken_rules, texts_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_library_holds_74_prompts_in_their_phases() -> None:
    counted = Counter(prompt.phase for prompt in load().prompts.values())
    assert counted == {
        "before": 18,
        "day-of": 5,
        "after-0-1d": 8,
        "after-2-7d": 18,
        "after-2-4wk": 11,
        "between": 14,
    }
    assert len(load().prompts) == 74


def test_each_theme_has_at_least_four_prompts() -> None:
    counted = Counter(prompt.theme for prompt in load().prompts.values())
    assert set(counted) == set(THEMES)
    assert min(counted.values()) >= 4


def test_prompts_of_a_phase_keep_the_order_of_the_file() -> None:
    assert [prompt.slug for prompt in load().in_phase("day-of")] == [
        "d-arriving",
        "d-one-sentence",
        "d-carry-with-me",
        "d-say-first",
        "d-permission",
    ]


def test_the_day_itself_and_the_day_after_ask_only_easy_short_things() -> None:
    first_days = load().in_phase("day-of") + load().in_phase("after-0-1d")
    assert {prompt.depth for prompt in first_days} == {1}
    assert max(prompt.minutes for prompt in first_days) == 2


def test_tender_prompts_are_known_by_name() -> None:
    assert {prompt.slug for prompt in load().prompts.values() if prompt.tender} == {
        "a7-too-much",
        "a7-unsent",
        "a7-room-for-sadness",
        "a7-what-i-miss",
        "a4-goodbye-to",
    }


def test_prompts_that_lean_on_a_fact_say_which() -> None:
    needs = {prompt.slug: prompt.needs for prompt in load().prompts.values() if prompt.needs}
    assert needs == {"a1-first-morning": "first-morning", "a7-felt-seen": "held-meeting", "a4-still-true": "kept-line"}


def test_a_prompt_keeps_its_exact_words() -> None:
    prompt = load().prompts["b-touch-wishes"]
    assert prompt.text == 'What are your wishes about touch, such as a hand on your shoulder? "None" is a full answer.'
    assert prompt.follow_up == "How would you like to be asked?"
    assert (prompt.depth, prompt.minutes) == (2, 2)


def test_a_prompt_without_a_follow_up_has_an_empty_one() -> None:
    assert load().prompts["d-arriving"].follow_up == ""


def test_there_are_16_guides_with_the_arc_around_a_session() -> None:
    guides = load().guides
    assert len(guides) == 16
    arc = {"finding-an-intention", "night-before", "morning-of", "soft-landing", "gathering", "one-small-step"}
    assert arc <= set(guides)


def test_a_guide_may_lead_through_a_tender_prompt_only_with_another_beside_it() -> None:
    library = load()
    for guide in library.guides.values():
        for step in guide.steps:
            assert not step.prompt or not library.prompts[step.prompt].tender or step.otherwise, guide.slug


def test_practices_in_guides_are_those_of_the_reference() -> None:
    named = {step.practice for guide in load().guides.values() for step in guide.steps if step.practice}
    assert named == {"three-breaths", "down-shift", "feet-on-floor", "hand-on-heart", "five-things"}


def test_the_rough_patch_has_help_now_on_its_first_page_and_the_safety_plan_at_its_end() -> None:
    steps = load().guides["rough-patch"].steps
    assert steps[0].help_now
    assert steps[-1].kind == "safety_plan"


def test_sharing_starts_at_only_me() -> None:
    assert list(load().words.sharing) == ["only_me", "my_therapist", "bring_to_session"]


def test_chips_and_places_are_there_once_each() -> None:
    words = load().words
    assert (len(words.chips), len(set(words.chips))) == (36, 36)
    assert (len(words.places), len(set(words.places))) == (15, 15)


def test_every_word_a_client_reads_keeps_the_reading_rules() -> None:
    library = load()
    for prompt in library.prompts.values():
        assert not broken_rules(prompt.text + " " + prompt.follow_up), prompt.slug
    for guide in library.guides.values():
        assert not broken_rules(" ".join(texts_in(asdict(guide)["steps"])) + guide.title), guide.slug
    assert not broken_rules(" ".join(texts_in(asdict(library.words))))


def test_the_reading_rules_notice_what_they_are_for() -> None:
    assert broken_rules("You should be proud of your streak!") == ["should", "streak", "!"]
    assert broken_rules("A heart, a shoulder, a user-made healthy thing")[:1] == ["user"]
    assert broken_rules("In your own time, if it feels right.") == []


def test_a_prompt_can_not_be_changed_once_read() -> None:
    field = "text"
    with pytest.raises(FrozenInstanceError):
        setattr(load().prompts["w-bring-it"], field, "other words")


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("prompts.toml", 'phase = "before"', 'phase = "later"', r"prompts\.toml: b-what-brings-me: unknown phase 'later'"),
        ("prompts.toml", 'theme = "intention"', 'theme = "luck"', r"prompts\.toml: b-what-brings-me: unknown theme"),
        ("prompts.toml", "depth = 1", "depth = 4", r"prompts\.toml: b-what-brings-me: unknown depth 4"),
        ("prompts.toml", "depth = 1", 'depth = "1"', r"prompts\.toml: b-what-brings-me: unknown depth '1'"),
        ("prompts.toml", "minutes = 3", "minutes = 0", r"b-what-brings-me: .*at least a minute"),
        ("prompts.toml", "minutes = 3", "minuets = 3", r"b-what-brings-me: .*minuets"),
        ("prompts.toml", '"b-a-small-hope"', '"b-what-brings-me"', r"b-what-brings-me: is there twice"),
        ("prompts.toml", 'slug = "b-what-brings-me"', "", r"prompts\.toml: a row without slug"),
        ("prompts.toml", '"kept-line"', '"a-guess"', r"a4-still-true: unknown needs 'a-guess'"),
        ("guides.toml", '"b-keep-doing"', '"b-nowhere"', r"guides\.toml: first-steps: .*unknown prompt 'b-nowhere'"),
        ("guides.toml", '"b-what-brings-me"', '"a7-unsent"', r"first-steps: its first prompt 'a7-unsent' is tender"),
        ("guides.toml", 'kind = "checklist"', 'kind = "quiz"', r"week-before: unknown kind of step 'quiz'"),
        ("guides.toml", 'kind = "check_in"', 'kind = "practice"', r"week-before: a practice step needs 'practice'"),
        ("guides.toml", "[2, 7]", "[7, 2]", r"week-before: days \[7, 2\]"),
        ("words.toml", "[sharing.only_me]", "[sharing.only_me.x]", r"words\.toml: words"),
    ],
)
def test_a_wrong_file_names_itself_and_the_slug(folder: Path, file: str, old: str, new: str, says: str) -> None:
    change(folder / file, old, new)
    with pytest.raises(ContentError, match=says):
        read(folder)


def test_a_copy_of_the_content_reads_as_the_shipped_one(folder: Path) -> None:
    assert read(folder) == load()
