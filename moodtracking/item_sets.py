"""What a check-in asks and which answers can be, read from content/ once a process. Pure: no database.

Answers are kept by key: `mood`, `symptom:panic`, `side_effect:nausea`. A skipped one is absent, never 0.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from .items import Item

CONTENT = Path(__file__).parent / "content"
__all__ = ["ContentError", "Item", "ItemSet", "load", "read", "valid_answer"]

Row = dict[str, Any]


class ContentError(ValueError):
    """A content file says something that can't be so; names the file and the key."""


@dataclass(frozen=True)
class ItemSet:
    """Everything a check-in can ask, by key, with the words around it."""

    version: str
    symptoms_at_once: int
    items: Mapping[str, Item]
    symptoms: Mapping[str, Item]
    side_effects: Mapping[str, Item]
    side_effects_version: str
    tags: Mapping[str, Mapping[str, str]]
    words: Mapping[str, str]

    def item(self, key: str) -> Item | None:
        return self.items.get(key) or self.symptoms.get(key) or self.side_effects.get(key)

    def by_default(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items.values() if item.on)

    def tag_slugs(self) -> frozenset[str]:
        return frozenset(chain.from_iterable(self.tags.values()))


def valid_answer(key: str, value: object) -> bool:
    """Whether this key is asked anywhere and takes this value."""
    item = load().item(key)
    return item is not None and item.allows(value)


@cache
def load() -> ItemSet:
    """The item set as shipped, read once a process. Raises ContentError naming file and key."""
    return read(CONTENT)


def read(folder: Path) -> ItemSet:
    """The item set kept in a folder. Raises ContentError naming file and key."""
    daily, effects = (
        _parsed(folder / "items.toml"),
        _parsed(folder / "side_effects.toml"),
    )
    return ItemSet(
        version=daily["version"],
        symptoms_at_once=daily["symptoms_at_once"],
        items=_made("items.toml", [_daily(row) for row in daily["item"]]),
        symptoms=_made("symptoms.toml", _symptoms(_parsed(folder / "symptoms.toml"))),
        side_effects=_made("side_effects.toml", _side_effects(effects)),
        side_effects_version=effects["version"],
        tags=_parsed(folder / "tags.toml"),
        words={**daily["words"], "saved_and_call": effects["saved_and_call"]},
    )


def _parsed(file: Path) -> Row:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _daily(row: Row) -> Row:
    anchors = tuple(row.get("anchors", ()))
    return {"highest": row["lowest"] + len(anchors) - 1, **row, "anchors": anchors}


def _symptoms(file: Row) -> list[Row]:
    return [
        {
            "beforehand": _said_before(row, file),
            **_scale(file["anchors"], "symptom", row, "v1"),
            "asked": "picked",
            "side": row["side"],
            "help_from": row.get("help_from"),
        }
        for row in file["symptom"]
    ]


def _said_before(row: Row, file: Row) -> str:
    if "help_from" in row:
        return str(file["before_help"])
    return str(file["before_part_2"]) if row.get("part_2") else ""


def _side_effects(file: Row) -> list[Row]:
    return [
        {
            **_scale(file["anchors"], "side_effect", row, "v1"),
            "asked": "after a session",
            "beforehand": row.get("beforehand", ""),
        }
        for row in file["side_effect"]
    ]


def _scale(anchors: list[str], family: str, row: Row, version: str) -> Row:
    """What items that share their anchors have in common."""
    key = f"{family}:{row['slug']}"
    return {
        "key": key,
        "version": f"{key}.{version}",
        "ask": row["words"],
        "lowest": 0,
        "highest": len(anchors) - 1,
        "anchors": tuple(anchors),
        "part_2": row.get("part_2", False),
    }


def _made(file: str, rows: list[Row]) -> Mapping[str, Item]:
    kept: dict[str, Item] = {}
    for row in rows:
        try:
            item = Item(**row)
        except (TypeError, ValueError) as wrong:
            raise ContentError(f"{file}: {row['key']}: {wrong}") from wrong
        if item.key in kept:
            raise ContentError(f"{file}: {item.key}: is there twice")
        kept[item.key] = item
    return MappingProxyType(kept)
