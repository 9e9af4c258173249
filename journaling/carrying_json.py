"""The file that entries are carried in: written a little at a time, read with care. Pure."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from koru.moments.zones import known_zones
from koru.ui.text import tidied

from .attachments.forms import LONGEST_WORDS
from .attachments.models import Attachment
from .carrying import Carried, CarriedThing
from .dating import PARTS

KIND = "koru entries"
VERSION = 1
LARGEST = 9_000_000
MOST = 5_000
LONGEST = 100_000
LONGEST_TITLE = 200
OPENING = f'{{"file":"{KIND}","version":{VERSION},"entries":[\n'


class NotReadable(ValueError):
    """What is wrong with a file, in words for whoever chose it."""


def written(entries: Iterable[Carried]) -> Iterator[str]:
    """The file in pieces, one entry a line."""
    yield OPENING
    for number, entry in enumerate(entries):
        yield (",\n" if number else "") + json.dumps(asdict(entry), ensure_ascii=False, default=str)
    yield "\n]}\n"


TOO_LARGE = "This file is larger than can be read at once. Carry fewer days in one file, and bring them back one by one."
NOT_OURS = "This doesn't look like a file that Koru has made."


def read(data: bytes, now: datetime) -> list[Carried]:
    """The entries of a file. Raises NotReadable for one that isn't ours, or holds what can't be so."""
    if len(data) > LARGEST:
        raise NotReadable(TOO_LARGE)
    rows = _rows(data)
    if len(rows) > MOST:
        raise NotReadable("This file holds more than 5,000 entries. Carry fewer days in one file.")
    return [_entry(number, row, now) for number, row in enumerate(rows, 1)]


def _rows(data: bytes) -> list[Any]:
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as wrong:
        raise NotReadable(NOT_OURS) from wrong
    if not isinstance(whole, dict) or whole.get("file") != KIND or not isinstance(whole.get("entries"), list):
        raise NotReadable(NOT_OURS)
    if whole.get("version") != VERSION:
        raise NotReadable("This file is from another version of Koru, which can't be read here.")
    rows: list[Any] = whole["entries"]
    return rows


def _entry(number: int, row: Any, now: datetime) -> Carried:
    try:
        made = _made(row)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as wrong:
        raise NotReadable(f"Entry {number} of this file can't be read. Nothing was brought back.") from wrong
    if max(made.at, made.made or made.at) > now or made.at.year < 1900 or abs((made.at.date() - made.day).days) > 3:
        raise NotReadable(f"Entry {number} of this file has a day that can't be. Nothing was brought back.")
    if not (made.text.strip() or made.things) or len(made.text) > LONGEST or len(made.title) > LONGEST_TITLE:
        raise NotReadable(f"Entry {number} of this file is empty or longer than one entry can hold. Nothing was brought back.")
    return made


def _made(row: Any) -> Carried:
    at, zone = _moment(row["at"]), row["zone"]
    if zone not in known_zones():
        raise ValueError("a moment needs a zone")
    title, asked, text, prompt = (tidied(_words(row[name])).text for name in ("title", "asked", "text", "prompt"))
    part, made = row.get("part") or "", _moment(row["made"]) if row.get("made") else None
    if part and part not in PARTS:
        raise ValueError("a part of the day that nobody offers")
    things = tuple(map(_thing, row.get("things") or ()))
    day = date.fromisoformat(row["day"])
    return Carried(UUID(row["key"]), at, zone, day, title, asked[:LONGEST], text, prompt, part, made, things)


def _thing(row: Any) -> CarriedThing:
    kind = Attachment.Kind(row["kind"]).value
    words = tidied(_words(row.get("words", ""))).text
    return CarriedThing(UUID(row["key"]), kind, _words(row["file"]), words[:LONGEST_WORDS], int(row.get("seconds") or 0))


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("words are text")
    return value
