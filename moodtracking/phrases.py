"""Answers in a few words, for one line of a list or a timeline. Made once a process, so that a line is a look-up."""

from collections.abc import Iterator, Mapping
from functools import cache

from .fields import hours_words
from .item_sets import load
from .items import Item

SHORT = {
    "mood": "mood {}",
    "energy": "energy {}",
    "tension": "tense or worried: {}",
    "sleep_hours": "slept {}",
    "sleep_quality": "sleep {}",
    "connectedness": "with people: {}",
}


@cache
def phrases() -> Mapping[str, Mapping[float, str]]:
    """By key and value: "mood okay", "feeling on guard: some"."""
    questions = load()
    families = (questions.items, questions.symptoms, questions.side_effects)
    return {key: dict(_phrases_of(item)) for family in families for key, item in family.items()}


@cache
def turns() -> Mapping[str, int]:
    """The order of asking, by key."""
    return {key: number for number, key in enumerate(phrases())}


def _phrases_of(item: Item) -> Iterator[tuple[float, str]]:
    shape = SHORT.get(item.key, item.ask[:1].lower() + item.ask[1:] + ": {}")
    if item.anchors:
        return ((value, shape.format(word)) for value, word in item.choices)
    halves = (item.lowest + item.step * place for place in range(int((item.highest - item.lowest) / item.step) + 1))
    return ((value, shape.format(hours_words(value))) for value in halves)


def in_short(answers: Mapping[str, float], most: int = 99, own: Mapping[str, Item] | None = None) -> str:
    """ "Mood okay, energy some, and 2 more". `own` are the client's questions in their own words, said last."""
    known, turn = phrases(), turns()
    asked = sorted((key for key in answers if key in turn), key=turn.__getitem__)
    told = [known[key][answers[key]] for key in asked]
    told += [f"{item.ask}: {item.word(int(answers[key]))}" for key, item in (own or {}).items() if key in answers]
    rest = len(told) - most
    line = ", ".join(told[:most]) + (f", and {rest} more" if rest > 0 else "")
    return line[:1].upper() + line[1:]
