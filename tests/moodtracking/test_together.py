"""What went together: enough days or nothing, noise stays silent, and words that only count."""

import random
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from moodtracking.item_sets import load
from moodtracking.lines import Line, line_of
from moodtracking.together import Found, Pair, even_cut, found, pairs_of, sides

START = date(2026, 1, 1)
LINES = [line_of(load().items[key]) for key in ("mood", "energy", "tension")]
MOOD = LINES[0]
Values = dict[date, float]
Tags = dict[str, tuple[str, frozenset[date]]]
SEEDS = 200


def day(number: int) -> date:
    return START + timedelta(days=number)


def never(pair: Pair) -> bool:
    return False


def looked(lines: dict[Line, Values], tags: Tags, count: int) -> Found:
    return found(pairs_of(lines, tags, frozenset(day(number) for number in range(count))), never)


def tag(days: list[int], word: str = "outside") -> Tags:
    return {f"tag:{word}": (word, frozenset(map(day, days)))}


def noise(luck: random.Random, count: int) -> tuple[dict[Line, Values], Tags]:
    """Ten tags and three scales with nothing behind them."""
    lines = {line: {day(n): float(luck.randint(int(line.lowest), int(line.highest))) for n in range(count)} for line in LINES}
    tags = {f"tag:{n}": (str(n), frozenset(day(d) for d in range(count) if luck.random() < 0.35)) for n in range(10)}
    return lines, tags


def sticky(luck: random.Random, count: int) -> tuple[dict[Line, Values], Tags]:
    """The same, but each day much like the one before."""

    def drift(low: float, high: float) -> Values:
        at, told = 0.0, {}
        for number in range(count):
            at = 0.6 * at + luck.gauss(0, 1)
            told[day(number)] = min(max(round((low + high) / 2 + at), low), high)
        return told

    def stays() -> frozenset[date]:
        on, days = False, []
        for number in range(count):
            on = luck.random() < (0.7 if on else 0.2)
            days += [day(number)] if on else []
        return frozenset(days)

    return {line: drift(line.lowest, line.highest) for line in LINES}, {f"tag:{n}": (str(n), stays()) for n in range(10)}


@pytest.mark.parametrize("count", [21, 45, 180])
@pytest.mark.parametrize(("made", "most"), [(noise, 0.08), (sticky, 0.10)])
def test_noise_shows_something_in_few_seeds(
    made: Callable[..., tuple[dict[Line, Values], Tags]], most: float, count: int
) -> None:
    shown = sum(bool(looked(*made(random.Random(seed), count), count).pairs) for seed in range(SEEDS))
    assert shown / SEEDS <= most


def test_what_does_go_together_is_found_among_the_noise() -> None:
    luck = random.Random(3)
    lines, tags = noise(luck, 60)
    with_it = frozenset(day(number) for number in range(60) if number % 3 == 0)
    lines[MOOD] = {one: float(luck.choice([1, 2] if one in with_it else [-1, 0])) for one in lines[MOOD]}
    shown = looked(lines, {**tags, "tag:outside": ("outside", with_it)}, 60)
    assert [pair.condition for pair in shown.pairs] == ["outside"]
    assert shown.looked_at == 11 * 3 + 3


def test_thirteen_days_say_nothing_and_seven_on_each_side_do() -> None:
    values = {day(number): float(number % 2) for number in range(14)}
    with_it = list(range(0, 14, 2))
    assert pairs_of({MOOD: values}, tag(with_it), frozenset(values)) != []
    assert pairs_of({MOOD: values}, tag(with_it[:6]), frozenset(values)) == []
    shorter = {one: value for one, value in values.items() if one != day(13)}
    assert pairs_of({MOOD: shorter}, tag(with_it), frozenset(shorter)) == []


def test_a_day_without_an_answer_is_no_day_without_the_tag() -> None:
    values = {day(number): 1.0 for number in range(7)}
    around = {day(number): float(number < 7) for number in range(30)}
    assert sides(values, around) is None


def test_the_words_count_and_ask_and_never_explain() -> None:
    values = {day(number): 1.0 if number < 12 else 0.0 for number in range(32)}
    [pair] = pairs_of({MOOD: values}, tag(list(range(12))), frozenset(values))
    assert pair.sentence == "On 12 days with “outside”, “mood” was mostly okay; on 20 without, in between."
    assert not re.search(r"because|cause|makes|leads|thanks to|improve|better|worse", pair.sentence)


def test_two_scales_are_told_by_the_words_of_the_second() -> None:
    mood = {day(number): float(number % 3) for number in range(30)}
    energy = {one: value + 1 for one, value in mood.items()}
    [pair] = pairs_of({MOOD: mood, LINES[1]: energy}, {}, frozenset(mood))
    assert pair.sentence == "On 20 days with “Energy: some or more”, “mood” was mostly okay to good; on 10 with less, in between."


def test_at_most_three_are_shown_and_none_that_was_set_aside() -> None:
    values = {day(number): 1.0 if number % 2 else -1.0 for number in range(60)}
    with_it = [number for number in range(60) if number % 2]
    tags = {key: one for word in "abcde" for key, one in tag(with_it, word).items()}
    pairs = pairs_of({MOOD: values}, tags, frozenset(values))
    assert len(found(pairs, never).pairs) == 3
    aside = {found(pairs, never).pairs[0].keys}
    shown = found(pairs, lambda pair: pair.keys in aside)
    assert not aside & {pair.keys for pair in shown.pairs}
    assert shown.looked_at == 5


def test_words_that_would_say_the_same_of_both_sides_are_left_out() -> None:
    values = {day(number): 1.0 if number % 4 else float(number % 8 > 0) + 1 for number in range(80)}
    shown = looked({MOOD: values}, tag([number for number in range(80) if number % 2]), 80)
    assert all(abs(pair.sides.with_middle - pair.sides.without_middle) >= 0.5 for pair in shown.pairs)


def test_the_cut_parts_as_evenly_as_it_can() -> None:
    assert even_cut([0, 0, 1, 2, 3, 4]) == 2
    assert even_cut([0, 0, 0, 1]) == 1
    assert even_cut([2, 2]) is None
    assert even_cut([]) is None
