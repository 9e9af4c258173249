"""The table of states: refused when it is wrong, and silent about what wasn't answered."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koru.practices.library import CONTENT, ContentError
from koru.practices.recommending import Situation, states_of
from koru.practices.states import PHASES, read

from .situations import RULES


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('"longer-out", "three-breaths"', '"longer", "three-breaths"', "tense: unknown longer"),
        ('phases = ["after-2-7d"', 'phases = ["someday"', "weave: unknown someday"),
        ('{ tag = "wired" }', "{ least = 2 }", "restless: a condition asks for"),
        ('{ tag = "wired" }', '{ tags = "wired" }', "restless: "),
        ("lately = -4\n", "", "points: expected"),
    ],
)
def test_a_table_that_is_wrong_is_refused_by_name(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    words = (CONTENT / "states.toml").read_text(encoding="utf-8")
    assert was in words
    file = tmp_path / "states.toml"
    file.write_text(words.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=said):
        read(file)


@given(st.sampled_from(PHASES), st.integers(0, 23))
def test_nothing_told_is_no_state_of_mind(phase: str, hour: int) -> None:
    assert {state.name for state in states_of(Situation(phase=phase, hour=hour), RULES)} <= {"weave", "any"}


@given(st.integers(-3, 3), st.integers(0, 4), st.integers(0, 4))
def test_the_bounds_of_the_table(mood: int, energy: int, tension: int) -> None:
    told = Situation(phase="between", hour=9, answers={"mood": mood, "energy": energy, "tension": tension})
    names = {state.name for state in states_of(told, RULES)}
    assert ("low" in names) == (mood <= -2)
    assert ("tense" in names) == (tension >= 3)
    assert ("low-energy" in names) == (energy <= 1)
    assert ("restless" in names) == (energy >= 3 and tension >= 3)
