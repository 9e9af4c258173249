"""The files of measures: exact, and a clinic's own refused with the line that is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from moodtracking.measures.checks import measures_are_sound
from moodtracking.measures.definitions import CONTENT, ContentError, everything, load, read, read_one

WELL = """
slug = "our-evenings"
version = 1
title = "Our evenings"
about = "How evenings were"
minutes = 1
licence = "The clinic's own."
attribution = "Demo Clinic"
source = "Demo Clinic 2026"

[forms]
week = "In the past week:"

[[option]]
value = 0
label = "Rarely"

[[option]]
value = 1
label = "Often"

[[item]]
key = "1"
text = "I went to bed when I wanted to."

[[item]]
key = "2"
text = "I read before sleep."
"""


def test_what_koru_ships_is_there_with_its_licence_and_source() -> None:
    measures = load()
    assert {slug: (len(one.scored), one.highest, one.on) for slug, one in measures.items()} == {
        "phq-9": (9, 27, True),
        "gad-7": (7, 21, True),
        "pcl-5": (20, 80, True),
        "who-5": (5, 100, False),
        "audit-c": (3, 12, False),
    }
    assert all(one.licence and one.attribution and one.source for one in measures.values())


def test_no_code_is_invented() -> None:
    """clinical.md 11.2: none was found for PCL-5 and WHO-5."""
    for slug in ("pcl-5", "who-5"):
        one = load()[slug]
        assert not one.panel_code + one.total_code + "".join(item.code for item in one.items)
    phq = load()["phq-9"]
    assert (phq.panel_code, phq.total_code, phq.by_key["9"].code) == ("44249-1", "44261-6", "44260-8")
    assert [option.code for option in phq.by_key["1"].options] == ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"]


def test_item_nine_and_the_tenth_are_as_they_should_be() -> None:
    phq = load()["phq-9"]
    assert phq.by_key["9"].text == "Thoughts that you would be better off dead or of hurting yourself in some way"
    assert [item.key for item in phq.items if item.noticed] == ["9"]
    assert [item.key for item in phq.items if not item.scored] == ["10"]
    assert phq.asks_one_by_one


def test_a_clinics_own_measure_is_read(tmp_path: Path) -> None:
    file = tmp_path / "our-evenings.v1.toml"
    file.write_text(WELL)
    (found,) = read([file]).values()
    assert (found.title, found.highest, found.first_form) == ("Our evenings", 2, "week")


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ('slug = "our-evenings"', 'slug = "Our Evenings"', 2, "small letters"),
        ("version = 1", 'version = "one"', 3, "whole number"),
        ('title = "Our evenings"\n', "", 1, "title is missing"),
        ("minutes = 1", "minutes = 1\nstreak = 3", 7, "'streak' is nothing a measure has"),
        ('key = "2"', 'key = "1"', 27, "item 1 is there twice"),
        ('text = "I read before sleep."', 'words = "I read."', 28, "'words' is nothing [[item]] has"),
        ('value = 1\nlabel = "Often"', 'value = 0\nlabel = "Often"', 22, "a whole number of its own"),
        ('label = "Often"', 'label = ""', 22, "each option needs a label"),
        ("version = 1", "version = 1\nmissing_allowed = 2", 4, "leaves nothing"),
        ("version = 1", 'version = 1\nbetter = "bigger"', 4, "lower"),
        ("version = 1", 'version = 1\nnone_when_zero = { "1" = ["7"] }', 4, "an item that isn't there"),
        ('week = "', 'A_week = "', 12, "the form 'A_week' has to be small letters"),
        ("[[option]]\nvalue = 0", '[[band]]\nname = "low"\nlowest = 3\n\n[[option]]\nvalue = 0', 14, "begin at 0"),
        ('title = "Our evenings"', "title = Our evenings", 4, "line 4"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(before: str, after: str, line: int, words: str) -> None:
    text = WELL.replace(before, after, 1) if before != 'key = "2"' else WELL.replace(before, after)
    with pytest.raises(ContentError) as told:
        read_one(text, "own.toml")
    assert str(told.value).startswith("own.toml: ")
    assert f"line {line}" in str(told.value)
    assert words in str(told.value)


def test_two_of_one_name_or_a_file_of_another_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "evenings.toml"
    file.write_text(WELL)
    with pytest.raises(ContentError, match=r"name the file our-evenings\.v1\.toml"):
        read([file])
    same = tmp_path / "our-evenings.v1.toml"
    same.write_text(WELL)
    with pytest.raises(ContentError, match="twice"):
        read([same, same])


def files() -> Iterator[Path]:
    yield from sorted(CONTENT.glob("*.v*.toml"))


@pytest.mark.parametrize("file", list(files()), ids=lambda file: file.name)
def test_each_shipped_file_is_sound_and_named_by_its_version(file: Path) -> None:
    assert read([file])


def test_the_start_refuses_a_folder_with_a_wrong_one(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "our-evenings.v1.toml").write_text(WELL.replace("version = 1", 'version = "one"'))
    settings.KORU_MEASURES = str(tmp_path)
    everything.cache_clear()
    try:
        (told,) = measures_are_sound(None)
    finally:
        everything.cache_clear()
    assert "our-evenings.v1.toml: line 3: version has to be a whole number" in str(told)
