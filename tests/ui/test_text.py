"""What people type is kept as they see it; only what can't be kept goes."""

import json

from hypothesis import given
from hypothesis import strategies as st

from koru.ui.text import Tidied, is_one_line, tidied

ANYTHING = st.text(st.characters(exclude_categories=()))


def test_nul_goes_and_that_is_noticed() -> None:
    assert tidied("one\x00two") == Tidied("onetwo", changed=True)


def test_tabs_and_newlines_stay() -> None:
    assert tidied("a\tb\nc") == Tidied("a\tb\nc", changed=False)


def test_line_ends_of_a_browser_become_newlines_without_a_notice() -> None:
    assert tidied("a\r\nb\rc") == Tidied("a\nb\nc", changed=False)


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert tidied("a\ud800b").text == "a\ufffdb"


def test_right_to_left_emoji_and_joiners_stay_byte_for_byte() -> None:
    kept = "שלום \u200f 👩\u200d👩\u200d👧 e\u0301 \u202eabc\u202c"
    assert tidied(kept) == Tidied(kept, changed=False)


@given(ANYTHING)
def test_whatever_is_typed_can_be_kept(text: str) -> None:
    kept = tidied(text).text
    assert "\x00" not in kept
    assert json.loads(json.dumps(kept.encode("utf-8").decode("utf-8"))) == kept


@given(ANYTHING)
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    once = tidied(text).text
    assert tidied(once) == Tidied(once, changed=False)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_what_can_be_seen_is_never_touched(text: str) -> None:
    assert tidied(text) == Tidied(text, changed=False)


@given(ANYTHING)
def test_one_line_never_lets_a_head_be_broken(text: str) -> None:
    if is_one_line(text):
        assert not set(text) & set("\n\r\x0b\x0c\x85\u2028\u2029")
