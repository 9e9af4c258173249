"""Whether the file of a measure can be one: every error names the line. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any

from .instrument import Band, Measure, Option, Question

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
Row = dict[str, Any]
PLAIN = {field.name: field for field in fields(Measure) if field.name not in ("items", "bands")}
TABLES: Mapping[str, type] = {"option": Option, "item": Question, "band": Band}
NUMBERS = ("version", "minutes", "factor", "missing_allowed", "not_within_days")


class ContentError(ValueError):
    """The file of a measure says something that can't be so; names the file and the line."""


def check(file: Row, text: str, name: str) -> None:
    """Raises ContentError for the first thing that can't be so."""
    for line, wrong in (*_about_the_whole(file, text), *_about_tables(file, text)):
        raise ContentError(f"{name}: line {line}: {wrong}")


def line_of(text: str, key: str = "", table: str = "", number: int = 0) -> int:
    """The line of a key, of the `number`th [[table]], or of a key within it; the first where nothing is found."""
    lines = text.splitlines()
    start = 0
    if table:
        heads = [at for at, line in enumerate(lines) if line.strip() == f"[[{table}]]"]
        start = heads[number] if number < len(heads) else 0
    within = enumerate(lines[start:], start + 1)
    return next((at for at, line in within if key and re.match(rf"\s*\[?{re.escape(key)}\b", line)), start + 1)


def _about_the_whole(file: Row, text: str) -> Iterator[tuple[int, str]]:
    for key in file.keys() - PLAIN.keys() - TABLES.keys():
        yield line_of(text, key), f"{key!r} is nothing a measure has"
    for key, field in PLAIN.items():
        needed = field.default is MISSING and field.default_factory is MISSING
        if needed and key not in file:
            yield 1, f"{key} is missing"
    if not isinstance(file.get("slug"), str) or not SLUG.fullmatch(file["slug"]):
        yield line_of(text, "slug"), "slug has to be small letters, digits and single dashes"
    for key in NUMBERS:
        if type(file.get(key, 0)) is not int or file.get(key, 0) < 0:
            yield line_of(text, key), f"{key} has to be a whole number"
    yield from _about_meaning(file, text)


def _about_forms(file: Row, text: str) -> Iterator[tuple[int, str]]:
    if not isinstance(file.get("forms"), dict) or not file["forms"]:
        yield line_of(text, "forms"), "forms needs at least one line: its name and the stem above the questions"
        return
    for odd in (name for name in file["forms"] if not SLUG.fullmatch(name)):
        yield line_of(text, odd), f"the form {odd!r} has to be small letters, digits and single dashes"


def _about_meaning(file: Row, text: str) -> Iterator[tuple[int, str]]:
    if file.get("better", "lower") not in ("lower", "higher"):
        yield line_of(text, "better"), 'better has to be "lower" or "higher"'
    yield from _about_forms(file, text)
    if not file.get("item"):
        yield 1, "there is no [[item]]"
    elif file.get("missing_allowed", 0) >= len(file["item"]):
        yield line_of(text, "missing_allowed"), "missing_allowed leaves nothing to be answered"
    keys = {str(row.get("key")) for row in file.get("item", ())}
    for key, others in file.get("none_when_zero", {}).items():
        if not {key, *others} <= keys:
            yield line_of(text, "none_when_zero"), "none_when_zero names an item that isn't there"


def _about_tables(file: Row, text: str) -> Iterator[tuple[int, str]]:
    for table, kind in TABLES.items():
        known = {field.name for field in fields(kind)}
        for number, row in enumerate(file.get(table, ())):
            for key in row.keys() - known:
                yield line_of(text, key, table, number), f"{key!r} is nothing [[{table}]] has"
    yield from _about_items(file, text)
    yield from _about_bands(file, text)


def _about_items(file: Row, text: str) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for number, row in enumerate(file.get("item", ())):
        here = line_of(text, "", "item", number)
        options = row.get("options") or file.get("option") or ()
        values = [one.get("value") for one in options]
        if not isinstance(row.get("key"), str) or not row.get("text"):
            yield here, 'an item needs key = "…" and text = "…"'
        elif row["key"] in seen:
            yield line_of(text, "key", "item", number), f"item {row['key']} is there twice"
        if len(values) < 2 or not all(type(one) is int and one >= 0 for one in values) or len(set(values)) < len(values):
            yield here, "an item needs two options or more, each with a whole number of its own"
        if not all(one.get("label") for one in options):
            yield here, "each option needs a label"
        seen.add(str(row.get("key")))


def _about_bands(file: Row, text: str) -> Iterator[tuple[int, str]]:
    last = -1
    for number, row in enumerate(file.get("band", ())):
        lowest = row.get("lowest")
        if not row.get("name") or type(lowest) is not int or lowest <= last or (number == 0 and lowest != 0):
            yield line_of(text, "", "band", number), "bands need a name each, begin at 0 and rise"
            return
        last = lowest
