"""Finding words in what somebody wrote: folded, so that case and accents don't matter; all words have to be there. Pure."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

AROUND = 60
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a snippet, and whether it is what was looked for."""

    text: str
    found: bool = False


def fold(text: str) -> str:
    """A text as it is compared: small letters without their marks, and one kind of apostrophe."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).replace("’", "'")
    for mark in filter(unicodedata.combining, set(plain)):  # few signs differ: far quicker than sign by sign
        plain = plain.replace(mark, "")
    return plain


def words_of(query: str) -> tuple[str, ...]:
    """What is looked for: each word once, folded, at most eight; quoted words stay together."""
    parts = query.replace("“", '"').replace("”", '"').split('"')
    wanted = [word for place, part in enumerate(parts) for word in ([part.strip()] if place % 2 else part.split())]
    folded = (fold(word) for word in wanted)
    return tuple(dict.fromkeys(word for word in folded if word))[:MOST_WORDS]


def holds(texts: Iterable[str], words: tuple[str, ...]) -> bool:
    """Whether each of the words is somewhere in the texts."""
    whole = fold("\n".join(texts))
    return bool(words) and all(word in whole for word in words)


def snippet(text: str, words: tuple[str, ...]) -> tuple[Piece, ...]:
    """The words where they stand, with a little around, marked; the beginning when they are elsewhere."""
    line = " ".join(text.split())
    folded, places = _mapped(line)
    hits = [(at, at + len(word)) for word in words if (at := folded.find(word)) >= 0]
    first = places[min(hits)[0]] if hits else 0
    start, end = _edges(line, first)
    return tuple(_pieces(line, start, end, _spans(folded, places, words)))


def _mapped(line: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its signs the place in the line that it came from."""
    parts = [fold(sign) for sign in line]
    places = [place for place, part in enumerate(parts) for _ in part]
    return "".join(parts), [*places, len(line)]


def _edges(line: str, at: int) -> tuple[int, int]:
    start = max(0, at - AROUND)
    if start:
        start = line.find(" ", start, at) + 1 or start
    end = min(len(line), at + 2 * AROUND)
    if end < len(line):
        end = max(line.rfind(" ", at, end), at) if " " in line[at:end] else end
    return start, end


def _spans(folded: str, places: list[int], words: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the words stand in the line, in order, without overlaps."""
    found: list[tuple[int, int]] = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            found.append((places[at], places[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _pieces(line: str, start: int, end: int, spans: list[tuple[int, int]]) -> Iterator[Piece]:
    if start:
        yield Piece("… ")
    at = start
    for first, last in spans:
        if first < start or last > end:
            continue
        if first > at:
            yield Piece(line[at:first])
        yield Piece(line[first:last], found=True)
        at = last
    if at < end:
        yield Piece(line[at:end])
    if end < len(line):
        yield Piece(" …")
