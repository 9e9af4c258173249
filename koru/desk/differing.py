"""What is different between the words somebody said yes to and the words of now. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORDS = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words: in both ("same"), only in those of then ("gone"), or only in those of now ("new")."""

    text: str
    is_: Literal["same", "gone", "new"]


def difference(then: str, now: str) -> list[Piece]:
    """All of both, in order: without what is new it reads as then, without what is gone as now."""
    return list(_pieces(WORDS.findall(then), WORDS.findall(now)))


def _pieces(then: list[str], now: list[str]) -> Iterator[Piece]:
    for tag, first, last, begins, ends in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("".join(then[first:last]), "same")
            continue
        if first < last:
            yield Piece("".join(then[first:last]), "gone")
        if begins < ends:
            yield Piece("".join(now[begins:ends]), "new")
