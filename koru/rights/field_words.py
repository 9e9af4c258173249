"""Values in words, for the page that is read: what a field is called, and what stands in it. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models

from koru.people.models import Person
from koru.ui.times import spoken_day, spoken_instant, spoken_time
from moodtracking import item_sets
from moodtracking.measures.definitions import version_of

from .parts import Part
from .rows import Row

LABELS = {
    "at": "When", "made_at": "Made", "asked": "Asked", "text": "Words", "words": "Words", "share": "Who can read it",
    "about_part": "Part of the day", "during": "When", "given_at": "Given", "ask_at": "Can be shared from",
    "local_date": "Day", "note_share": "Who can read the note", "display_name": "Name", "phone": "Phone", "by": "By",
    "joined_at": "Here since", "person": "Person", "why": "Why", "act": "What", "actor": "Who", "role": "As",
    "until": "Until", "since": "Since", "cue": "When I", "action": "I will", "smallest": "At least",
}  # fmt: skip
SHARES = {"only_me": "Only you", "my_therapist": "You and your therapist", "bring_to_session": "Brought to a session"}
UNSAID = {"id", "seq", "zone", "place", "version", "item_set_version", "pre", "size", "small_size", "width", "height", "about"}
Field = Any


def label(name: str) -> str:
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def told(part: Part, row: Row, zone: ZoneInfo) -> list[tuple[str, str]]:
    """A row as pairs of label and words. Ids, empty fields and what only machines need are left to the other files."""
    pairs = ((label(field.name), spoken(part, field, row, zone)) for field in part.fields if is_told(field))
    return [(name, words) for name, words in pairs if words]


def is_told(field: Field) -> bool:
    if field.remote_field:
        return field.related_model is Person or field.related_model._meta.model_name == "appointmentkind"
    return field.name not in UNSAID and not isinstance(field, models.UUIDField)


def spoken(part: Part, field: Field, row: Row, zone: ZoneInfo) -> str:
    value = row[field.name]
    if field.name == "answers" and isinstance(value, Mapping):
        return answered(part, row, value)
    if field.name.endswith("share") and value in SHARES:
        return SHARES[value]
    if field.choices and isinstance(value, str):
        return str(dict(field.flatchoices).get(value, value))
    return in_words(value, zone)


def answered(part: Part, row: Row, answers: Mapping[str, Any]) -> str:
    """Each answer with its question, a line each."""
    if part.model == "measures.Response":
        items = version_of(row["measure"], row["version"]).by_key
        return "\n".join(f"{items[key].text}: {items[key].word(value)}" for key, value in answers.items() if key in items)
    return "\n".join(_answer(key, value) for key, value in answers.items())


def _answer(key: str, value: Any) -> str:
    item = item_sets.load().item(key)
    if item is None:
        return f"{label(key)}: {value}"
    return f"{item.ask} {item.word(value) if item.anchors and isinstance(value, int) else value}"


def in_words(value: Any, zone: ZoneInfo) -> str:
    """Instants as clocks in that zone show them; lists by commas; the rest as it is."""
    if value is None or value == "" or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, Mapping):
        return "\n".join(f"{label(str(key))}: {told}" for key, one in value.items() if (told := in_words(one, zone)))
    if isinstance(value, list):
        return ", ".join(words for words in (in_words(one, zone) for one in value) if words)
    return _moment(value, zone) if isinstance(value, str) else str(value)


def _moment(value: str, zone: ZoneInfo) -> str:
    """Text that is an ISO instant, day or hour in its spoken form."""
    try:
        if len(value) >= 19 and value[10] == "T":
            return spoken_instant(datetime.fromisoformat(value), zone, this_year=0)
        if len(value) == 10 and value[4] == "-":
            return spoken_day(date.fromisoformat(value), this_year=0)
        if len(value) == 8 and value[2] == ":":
            return spoken_time(time.fromisoformat(value))
    except ValueError:
        return value
    return value
