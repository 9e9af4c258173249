"""Words to tap: they become lines of the text, and nothing that was typed is ever taken for them or lost."""

from hypothesis import given
from hypothesis import strategies as some

from journaling import library
from journaling.chips import Shelf, Taps, both, taken_apart, tapped, written

WORDS = library.load().words
SHELF = Shelf(WORDS.chips, WORDS.places, WORDS.place_feelings)
pairs = some.lists(some.builds("{}:{}".format, some.sampled_from(WORDS.places), some.sampled_from(WORDS.place_feelings)))
taps = some.builds(
    lambda words, places, feels: tapped(words, places, feels, SHELF),
    some.lists(some.sampled_from(WORDS.chips)),
    some.lists(some.sampled_from(WORDS.places)),
    pairs,
)
anything = some.text() | some.sampled_from(
    ["calm", "calm · soft", "Body: hands", "Body: hands (warm)\n\nand more", "Body: my own"]
)


def test_two_words_and_warm_hands_make_two_lines() -> None:
    two = tapped(["soft", "tired"], ["chest"], ["hands:tingling", "hands:warm"], SHELF)
    assert written(two, "The river.") == "soft · tired\nBody: chest · hands (warm, tingling)\n\nThe river."


@given(taps, anything)
def test_what_was_tapped_is_found_again(told: Taps, rest: str) -> None:
    again, left = taken_apart(written(told, rest), SHELF)
    if told:
        assert (again, left) == (told, rest if rest.strip() else "")


@given(anything)
def test_no_typed_word_is_lost_or_moved(typed: str) -> None:
    assert written(*taken_apart(typed, SHELF)).split() == typed.split()


@given(taps, taps)
def test_two_sets_of_taps_are_all_of_both(one: Taps, other: Taps) -> None:
    together = both(one, other, SHELF)
    assert set(together.words) == {*one.words, *other.words}
    assert set(together.places) == {*one.places, *other.places}


@given(some.lists(some.text()), some.lists(some.text()), some.lists(some.text()))
def test_what_is_not_there_to_tap_is_no_tap(words: list[str], places: list[str], feels: list[str]) -> None:
    told = tapped(words, places, feels, SHELF)
    assert set(told.words) <= set(SHELF.words)
    assert set(told.places) <= set(SHELF.places)
