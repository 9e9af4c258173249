"""Words to tap when words are hard (clinical.md 2.2): chips and places in the body, kept as plain lines of a text. Pure.

"tired · soft" is the first line, "Body: hands (warm, tingling) · chest" the next; what was typed follows after a blank
line. static/js/chips.js writes and reads the same lines in the browser.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

BETWEEN = " · "
BODY = "Body: "
PLACE = re.compile(r"(?P<place>[^()]+?)(?: \((?P<feels>[^()]+)\))?")
NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Shelf:
    """What there is to tap, in the order it is shown."""

    words: Sequence[str] = ()
    places: Sequence[str] = ()
    feels: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Taps:
    """What was tapped: words, and places with how each feels."""

    words: tuple[str, ...] = ()
    places: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)

    def __bool__(self) -> bool:
        return bool(self.words or self.places)


def tapped(words: Iterable[str], places: Iterable[str], feels: Iterable[str], shelf: Shelf) -> Taps:
    """What a form brings: `feels` are pairs such as "hands:warm". A place that feels something is meant too."""
    pairs = [pair.split(":", 1) for pair in feels if ":" in pair]
    meant = {*places, *(place for place, _ in pairs)}
    how = {place: tuple(feel for feel in shelf.feels if [place, feel] in pairs) for place in shelf.places if place in meant}
    chosen = set(words)
    return Taps(tuple(word for word in shelf.words if word in chosen), how)


def both(one: Taps, other: Taps, shelf: Shelf) -> Taps:
    """All of the two."""
    pairs = [f"{place}:{feel}" for taps in (one, other) for place, feels in taps.places.items() for feel in feels]
    return tapped((*one.words, *other.words), (*one.places, *other.places), pairs, shelf)


def written(taps: Taps, rest: str) -> str:
    """The text that a form's taps and typed words make together."""
    places = BETWEEN.join(_place(place, feels) for place, feels in taps.places.items())
    lines = [BETWEEN.join(taps.words), BODY + places if places else ""]
    head = "\n".join(line for line in lines if line)
    return f"{head}\n\n{rest}" if head and rest.strip() else head or rest


def taken_apart(text: str, shelf: Shelf) -> tuple[Taps, str]:
    """The taps that a text begins with, and what follows them. A line that holds anything else is left as it is."""
    head, _, rest = text.partition("\n\n")
    lines = head.split("\n")
    words = _words(lines[0], shelf)
    body = _body(lines[-1], shelf)
    if len(lines) != bool(words) + bool(body):
        return Taps(), text
    return Taps(words, body), rest


def _place(place: str, feels: tuple[str, ...]) -> str:
    return f"{place} ({', '.join(feels)})" if feels else place


def _words(line: str, shelf: Shelf) -> tuple[str, ...]:
    words = tuple(line.split(BETWEEN))
    in_order = tuple(word for word in shelf.words if word in words)
    return words if words == in_order else ()


def _body(line: str, shelf: Shelf) -> Mapping[str, tuple[str, ...]]:
    """Empty unless the line is one that taps would have written, to the letter."""
    if not line.startswith(BODY):
        return NOTHING
    found: dict[str, tuple[str, ...]] = {}
    for said in line.removeprefix(BODY).split(BETWEEN):
        match = PLACE.fullmatch(said)
        if match:
            found[match["place"]] = tuple((match["feels"] or "").split(", ")) if match["feels"] else ()
    pairs = [f"{place}:{feel}" for place, feels in found.items() for feel in feels]
    again = tapped((), found, pairs, shelf)
    return again.places if written(again, "") == line else NOTHING
