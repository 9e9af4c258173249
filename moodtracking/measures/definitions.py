"""The measures Koru knows, read from content/ once a process, and those a clinic adds in a folder of its own. Pure.

Every version stays: a file is never changed once it has been filled by anybody, a new rule is a new version. Errors name
the file and the line.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.conf import settings

from .instrument import Band, Measure, Option, Question
from .sound import ContentError, check, line_of

CONTENT = Path(__file__).parent / "content"
Row = dict[str, Any]
__all__ = ["ContentError", "Measure", "load", "read", "version_of"]


@cache
def load() -> Mapping[str, Measure]:
    """The newest version of each measure, by slug. Raises ContentError naming file and line."""
    newest: dict[str, Measure] = {}
    for measure in sorted(everything().values(), key=lambda one: one.version):
        newest[measure.slug] = measure
    return MappingProxyType(dict(sorted(newest.items())))


def version_of(slug: str, version: int) -> Measure:
    """The measure as it was in that version. Raises KeyError for one that was never there."""
    return everything()[slug, version]


@cache
def everything() -> Mapping[tuple[str, int], Measure]:
    """Every version of every measure, the clinic's own among them."""
    folders = [CONTENT, *([Path(settings.KORU_MEASURES)] if settings.KORU_MEASURES else [])]
    return read(file for folder in folders for file in sorted(folder.glob("*.v*.toml")))


def read(files: Iterable[Path]) -> Mapping[tuple[str, int], Measure]:
    """Measures by slug and version. Raises ContentError naming file and line."""
    found: dict[tuple[str, int], Measure] = {}
    for file in files:
        measure = read_one(file.read_text(encoding="utf-8"), file.name)
        if file.name != f"{measure.name}.toml":
            raise ContentError(f"{file.name}: line 1: this is {measure.name}: name the file {measure.name}.toml")
        if (measure.slug, measure.version) in found:
            raise ContentError(f"{file.name}: line 1: {measure.name} is there twice")
        found[measure.slug, measure.version] = measure
    return MappingProxyType(found)


def read_one(text: str, name: str) -> Measure:
    """One measure from the text of its file. Raises ContentError naming the file `name` and the line."""
    try:
        file = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise ContentError(f"{name}: {wrong}") from wrong
    check(file, text, name)
    try:
        return _made(file)
    except (KeyError, TypeError, ValueError) as wrong:
        raise ContentError(f"{name}: line {line_of(text)}: {wrong}") from wrong


def _made(file: Row) -> Measure:
    shared = _options(file.get("option", ()))
    plain = {key: _frozen(value) for key, value in file.items() if key not in ("option", "item", "band")}
    items = tuple(_item(row, shared) for row in file["item"])
    return Measure(items=items, bands=tuple(Band(**row) for row in file.get("band", ())), **plain)


def _item(row: Row, shared: tuple[Option, ...]) -> Question:
    return Question(**{**row, "options": _options(row.get("options", ())) or shared})


def _options(rows: Iterable[Row]) -> tuple[Option, ...]:
    return tuple(Option(**row) for row in rows)


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(one) for key, one in value.items()})
    return tuple(value) if isinstance(value, list) else value
