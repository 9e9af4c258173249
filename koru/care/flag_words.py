"""The answers that a flag holds, in words: question, answer, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from koru.safety.flags import Flag
from moodtracking.item_sets import load as check_in_items
from moodtracking.measures.definitions import load as measures

PARTS = {"total": "in all", "change": "change since last time", "before": "in all, the time before"}
SAID = {
    "mood.drop": "Mood is far below what it was in the two weeks before",
    "mood.drop.after_session": "Within seven days after a session",
    "side-effect.strong": "Side effects that the clinic asked to hear about",
    "craving.times": "Check-ins of the last seven days in which it was strong",
    "asked.help": "“I need help from my clinic”",
    "asked.look": "“Please look at this before we meet”",
}
COUNTED = {"craving.times"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered at one moment, in the order of the first time."""

    at: datetime
    words: tuple[str, ...]


def answers_in(flag: Flag) -> list[Answer]:
    """Everything that was answered, oldest first: what was changed stands beside what it was."""
    return [Answer(datetime.fromisoformat(row["at"]), tuple(said(row["facts"]))) for row in flag.history]


def said(facts: Mapping[str, float]) -> list[str]:
    return [words for name, value in facts.items() if (words := fact_words(name, value))]


def fact_words(name: str, value: float) -> str:
    """A fact in words; "" for one that isn't so."""
    if name in SAID:
        return f"{SAID[name]}: {value:g}" if name in COUNTED else (SAID[name] if value else "")
    slug, _, rest = name.partition(".")
    if slug == "check-in":
        return _check_in(rest, value)
    return _measure(slug, rest, value)


def _check_in(key: str, value: float) -> str:
    item = check_in_items().item(key)
    return f"{item.ask}: {item.word(int(value))}" if item else f"{key}: {value:g}"


def _measure(slug: str, rest: str, value: float) -> str:
    measure = measures().get(slug)
    title = measure.title if measure else slug.upper()
    if not rest.startswith("item."):
        return f"{title}, {PARTS.get(rest, rest)}: {value:g}"
    number = rest.removeprefix("item.")
    question = measure.by_key.get(number) if measure else None
    words = f", “{question.word(int(value))}”" if question and question.allows(int(value)) else ""
    return f"{title}, item {number}: {value:g}{words}"
