"""The practices: all of them, sound, and refused when they are not."""

import re
from pathlib import Path

import pytest

from koru.practices.library import CONTENT, ContentError, Practice, load, read

SHELF = load()
AVOIDED = re.compile(r"\b(powerful|breakthrough|heals?|streak|score|patients?|should|must)\b|!")


def test_there_are_the_twenty_five_and_a_way_out_of_each() -> None:
    assert len(SHELF.practices) == 25
    assert SHELF.words.way_out == "Stop whenever you like. Stopping is part of it."


def test_what_fits_the_first_day_takes_five_minutes_at_most() -> None:
    gentle = {practice.slug for practice in SHELF.gentle}
    assert gentle == {
        "three-breaths", "longer-out", "feet-on-floor", "five-things", "hand-on-heart", "body-map", "weather-report",
        "unclench", "hum", "listen-wide", "music-lie-down", "hold-and-look",
    }  # fmt: skip
    assert all(practice.minutes <= 5 for practice in SHELF.gentle)


def test_three_have_nothing_to_take_care_of_and_the_others_say_it() -> None:
    without = {slug for slug, practice in SHELF.practices.items() if not practice.care}
    assert without == {"weather-report", "listen-wide", "one-cup", "tiny-thanks"}


@pytest.mark.parametrize("practice", SHELF.practices.values(), ids=list(SHELF.practices))
def test_no_practice_pushes_praises_or_claims(practice: Practice) -> None:
    assert not AVOIDED.search(" ".join((practice.title, practice.care, *practice.steps)).lower())


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("minutes = 1\n", "minutes = 90\n", "three-breaths: a practice takes"),
        ('title = "Three breaths"', 'title = " "', "three-breaths: a practice needs"),
        ('times = ["any"]', 'times = ["someday"]', "three-breaths: unknown time 'someday'"),
        ('slug = "longer-out"', 'slug = "three-breaths"', "three-breaths: is there twice"),
        ("minutes = 1\n", "minute = 1\n", "three-breaths: "),
        ("minutes = 3\ngentle = true", "minutes = 9\ngentle = true", "longer-out: a gentle practice"),
        ("breath = [3, 5]", "breath = [3]", "longer-out: a breath is counted"),
        ('eyes = "open"', 'eyes = "shut"', "feet-on-floor: unknown eyes 'shut'"),
        ('not_if = ["heart-rhythm"]', 'not_if = ["hearts"]', "cold-water: unknown caution 'hearts'"),
    ],
)
def test_a_practice_that_is_wrong_is_refused_by_name(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    words = (CONTENT / "practices.toml").read_text(encoding="utf-8")
    file = tmp_path / "practices.toml"
    file.write_text(words.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=said):
        read(file)


def test_all_may_be_done_with_open_eyes_and_what_says_so_needs_no_choice() -> None:
    said = {slug for slug, practice in SHELF.practices.items() if practice.care.startswith("Eyes open.")}
    assert said == {"feet-on-floor", "five-things", "edges", "hold-and-look"}
    assert said <= {slug for slug, practice in SHELF.practices.items() if practice.eyes == "open"}
    assert SHELF.words.eyes_open.startswith("Your eyes can stay open.")


def test_a_paced_practice_takes_the_minutes_it_says() -> None:
    for practice in SHELF.practices.values():
        assert abs(practice.pace * len(practice.steps) - practice.minutes * 60) <= len(practice.steps) / 2
