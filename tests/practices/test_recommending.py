"""Which practices may fit: the reference's examples, and what the rules promise whatever the situation."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koru.practices.recommending import Helped, Picked, Situation, fits_day, recommend, states_of

from .situations import RULES, SHELF, SITUATIONS, SLUGS

VECTORS = [json.loads(line) for line in (Path(__file__).parent / "vectors.jsonl").read_text().splitlines()]
PRACTICES = SHELF.practices
ALL = tuple(PRACTICES.values())
NAMES = {"unreal": "side_effect:unreal"}


def chosen(situation: Situation, most: int = 2) -> list[str]:
    return [one.practice.slug for one in recommend(ALL, situation, RULES, most)]


def place(slug: str, situation: Situation) -> int:
    """Where it stands among all that are offered; behind them all when it isn't."""
    offered = chosen(situation, len(ALL))
    return offered.index(slug) if slug in offered else len(ALL)


def rated(situation: Situation, slug: str, *ratings: Helped) -> Situation:
    return replace(situation, ratings={**situation.ratings, slug: ratings})


def situation_of(row: dict[str, Any]) -> Situation:
    told = {key: value for key, value in row["check_in"].items() if key != "symptoms"}
    symptoms = {NAMES.get(key, f"symptom:{key}"): value for key, value in row["check_in"].get("symptoms", {}).items()}
    said: dict[str, tuple[Helped, ...]] = {}
    said.update(dict.fromkeys(row.get("helped", ()), ("yes",)))
    said.update(dict.fromkeys(row.get("nothelped", ()), ("not_really",)))
    return Situation(
        phase=row["phase"],
        hour=row["hour"],
        answers=told | symptoms,
        ratings=said,
        picks={slug: Picked("Demo Wren") for slug in row.get("picked", ())},
        lately=frozenset(row.get("done24", ())),
    )


@pytest.mark.parametrize("row", VECTORS, ids=[str(number) for number in range(len(VECTORS))])
def test_the_references_examples(row: dict[str, Any]) -> None:
    situation = situation_of(row)
    assert [state.name for state in states_of(situation, RULES) if state.name != "any"] == row["states"]
    assert chosen(situation) == row["suggest"]


@given(SITUATIONS)
def test_what_may_not_be_offered_never_is(situation: Situation) -> None:
    for one in recommend(ALL, situation, RULES, len(ALL)):
        practice, ratings = one.practice, situation.ratings.get(one.practice.slug, ())
        assert practice.slug not in situation.away
        assert not set(practice.not_if) & situation.cautions
        assert "harder" not in ratings
        assert ratings[:2] != ("not_really", "not_really")
        assert situation.minutes is None or practice.minutes <= situation.minutes
        assert fits_day(practice, situation.phase)


@given(SITUATIONS, SLUGS)
def test_not_even_a_therapists_pick_brings_back_what_may_not_be_offered(situation: Situation, slug: str) -> None:
    picked = replace(situation, picks={slug: Picked("Demo Wren")})
    for held in (replace(picked, away=frozenset({slug})), rated(picked, slug, "harder")):
        assert slug not in chosen(held, len(ALL))
    for day in ("day-of", "after-0-1d"):
        if not PRACTICES[slug].gentle:
            assert slug not in chosen(replace(picked, phase=day), len(ALL))


@given(SITUATIONS, SLUGS)
def test_one_that_did_not_help_sinks_and_one_that_did_rises(situation: Situation, slug: str) -> None:
    untold, bad, good = (rated(situation, slug, *said) for said in ((), ("not_really",), ("yes",)))
    assert place(slug, bad) >= place(slug, untold) >= place(slug, good)
    if slug in chosen(untold, len(ALL)):
        assert place(slug, good) < len(ALL)


@given(SITUATIONS, SLUGS)
def test_what_was_done_today_comes_later_than_if_it_had_not_been(situation: Situation, slug: str) -> None:
    done = replace(situation, lately=situation.lately | {slug})
    assert place(slug, done) >= place(slug, replace(situation, lately=situation.lately - {slug}))


@given(SITUATIONS, SLUGS)
def test_a_pick_for_this_moment_stands_above_what_only_answers_speak_for(situation: Situation, slug: str) -> None:
    plain = replace(situation, picks={}, ratings={}, lately=frozenset())
    before, after = place(slug, plain), place(slug, replace(plain, picks={slug: Picked("Demo Wren")}))
    assert after <= before
    told = sum(state.name not in ("weave", "any") for state in states_of(plain, RULES))
    if told <= 1 and after < len(ALL):
        assert after == 0


@given(SITUATIONS)
def test_each_is_explained_by_lines_that_add_up(situation: Situation) -> None:
    for one in recommend(ALL, situation, RULES, len(ALL)):
        assert one.points == sum(line.points for line in one.lines) > 0
        assert one.why in {line.words for line in one.lines if line.points > 0}
        assert all(line.words in (*RULES.words.values(), *(state.words for state in RULES.states)) for line in one.lines)


@given(SITUATIONS)
def test_only_a_pick_for_this_moment_is_called_recommended(situation: Situation) -> None:
    for one in recommend(ALL, situation, RULES, len(ALL)):
        pick = situation.picks.get(one.practice.slug)
        assert one.pick == (pick if pick and pick.is_for(situation.hour, situation.phase) else None)


@given(SITUATIONS, st.permutations(ALL))
def test_the_same_situation_gives_the_same_answer_whatever_the_order_of_the_shelf(situation: Situation, shelf: Any) -> None:
    assert recommend(shelf, situation, RULES) == recommend(ALL, situation, RULES)


@given(SITUATIONS)
def test_the_day_decides_between_equals_alone(situation: Situation) -> None:
    days = [recommend(ALL, replace(situation, seed=f"day {day}"), RULES, len(ALL)) for day in range(3)]
    ranks = [[(one.points, one.practice.minutes) for one in day] for day in days]
    assert ranks[0] == ranks[1] == ranks[2]
    assert {one.practice.slug for one in days[0]} == {one.practice.slug for one in days[1]}


def test_equals_take_turns_from_day_to_day() -> None:
    tense = Situation(phase="between", hour=9, answers={"tension": 3})
    seconds = {chosen(replace(tense, seed=f"day {day}"))[1] for day in range(30)}
    assert seconds == {"feet-on-floor", "hum"}


@pytest.mark.parametrize(("hour", "there"), [(11, True), (12, False), (18, False)])
def test_light_is_for_the_morning(hour: int, there: bool) -> None:
    assert ("light-first" in chosen(Situation(phase="between", hour=hour, answers={"energy": 0}), 9)) is there


@pytest.mark.parametrize(
    ("moment", "hour", "phase", "holds"),
    [
        ("morning", 4, "between", True), ("morning", 12, "between", False), ("evening", 17, "between", True),
        ("evening", 1, "between", True), ("evening", 16, "between", False), ("before", 9, "day-of", True),
        ("after", 9, "after-0-1d", True), ("after", 9, "between", False), ("between", 9, "between", True),
    ],
)  # fmt: skip
def test_a_pick_has_its_moment(moment: str, hour: int, phase: str, holds: bool) -> None:
    assert Picked("Demo Wren", moment=moment).is_for(hour, phase) is holds
    offered = recommend(ALL, Situation(phase=phase, hour=hour, picks={"hum": Picked("Demo Wren", moment=moment)}), RULES, 9)
    assert any(one.practice.slug == "hum" for one in offered) is holds
