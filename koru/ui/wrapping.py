"""Words broken into lines of one width. Pure. fpdf's own breaking measures a line anew at each sign: pages take seconds."""

import re
from collections.abc import Callable, Iterator

PARTS = re.compile(r"\s+|\S+")


def wrapped(text: str, wide: Callable[[str], float], room: float) -> Iterator[str]:
    """Lines that fit into `room`: broken at spaces, inside a word only where it is wider than a line.

    `wide` is the width of one sign. A sign that is wider than all the room stands alone.
    """
    line, taken = "", 0.0
    for part in PARTS.findall(text):
        for piece, size in _pieces(part, wide, room):
            if taken + size > room and line and not piece.isspace():
                yield line.rstrip()
                line, taken = "", 0.0
            line, taken = line + piece, taken + size
    yield line.rstrip()


def _pieces(part: str, wide: Callable[[str], float], room: float) -> Iterator[tuple[str, float]]:
    """A word with its width, or pieces of one that is too wide."""
    whole = sum(map(wide, part))
    if whole <= room or part.isspace():
        yield part, whole
        return
    piece, taken = "", 0.0
    for sign in part:
        size = wide(sign)
        if piece and taken + size > room:
            yield piece, taken
            piece, taken = "", 0.0
        piece, taken = piece + sign, taken + size
    yield piece, taken
