"""How long an M4A recording is, whole or in fragments (ISO/IEC 14496-12), and the same file without notes about it. Pure.

Telephones write place and device into it: those boxes are emptied.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from koru.ui.refused import CUT, Refused

from .refusals import FILM, NO_RECORDING

WHOLE = {b"ftyp", b"moov", b"moof", b"mdat", b"free", b"skip", b"wide", b"mfra", b"sidx", b"styp"}
NOTES = {b"udta", b"meta"}
INSIDE = {b"moov", b"trak", b"mdia", b"moof", b"traf", b"mvex"}
FILM_TRACK = b"vide"
DEFAULT_LENGTH, HAS_OFFSET, HAS_FIRST_FLAGS = 0x08, 0x01, 0x04
BASE, DESCRIPTION = 0x01, 0x02
PER_SAMPLE = (0x100, 0x200, 0x400, 0x800)


@dataclass(frozen=True, slots=True)
class Box:
    kind: bytes
    start: int
    body: int
    end: int


@dataclass(slots=True)
class Heard:
    scale: int = 0
    whole: float = 0
    default: int = 0
    in_fragment: int = 0
    fragments: int = 0


def read(data: bytes, *, unfinished: bool = False) -> tuple[float, bytes]:
    """Seconds, and the file without notes. Raises Refused for what is no recording, a film, or ends in the middle.

    One that was `unfinished` when its tab closed ends with its last whole box.
    """
    data = data[: _end(data)] if unfinished else data
    heard, clean = Heard(), bytearray(data)
    if any(box.kind not in WHOLE for box in boxes(data, 0, len(data))):
        raise Refused(NO_RECORDING)
    try:
        for box in _all(data, 0, len(data)):
            _take(data, box, heard)
            if box.kind in NOTES:
                clean[box.start + 4 : box.start + 8] = b"free"
                clean[box.body : box.end] = bytes(box.end - box.body)
    except struct.error as failure:
        raise Refused(CUT) from failure
    if not heard.scale:
        raise Refused(NO_RECORDING)
    return max(heard.whole, heard.fragments / heard.scale), bytes(clean)


def _end(data: bytes) -> int:
    """Where the last whole box ends."""
    end = 0
    try:
        for box in boxes(data, 0, len(data)):
            end = box.end
    except Refused:
        return end
    return end


def _all(data: bytes, start: int, end: int) -> Iterator[Box]:
    for box in boxes(data, start, end):
        yield box
        if box.kind in INSIDE:
            yield from _all(data, box.body, box.end)


def boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    """The boxes of a stretch, which they fill to its end."""
    at = start
    while at < end:
        if end - at < 8:
            raise Refused(CUT)
        size, kind = struct.unpack_from(">I4s", data, at)
        body = at + 8
        if size == 1:
            size, body = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        size = size or end - at
        if size < body - at or at + size > end:
            raise Refused(CUT)
        yield Box(kind, at, body, at + size)
        at += size


def _take(data: bytes, box: Box, heard: Heard) -> None:
    if box.kind == b"hdlr" and data[box.body + 8 : box.body + 12] == FILM_TRACK:
        raise Refused(FILM)
    if box.kind == b"mdhd":
        heard.scale, length = _length(data, box.body)
        heard.whole = length / heard.scale if heard.scale else 0
    elif box.kind == b"trex":
        heard.default = struct.unpack_from(">I", data, box.body + 12)[0]
    elif box.kind == b"tfhd":
        heard.in_fragment = _default(data, box.body) or heard.default
    elif box.kind == b"trun":
        heard.fragments += _run(data, box, heard.in_fragment)


def _length(data: bytes, at: int) -> tuple[int, int]:
    """Units a second, and how many units."""
    if data[at] == 1:
        scale, length = struct.unpack_from(">IQ", data, at + 20)
        return scale, 0 if length == 2**64 - 1 else length
    scale, length = struct.unpack_from(">II", data, at + 12)
    return scale, 0 if length == 2**32 - 1 else length


def _default(data: bytes, at: int) -> int:
    flags = struct.unpack_from(">I", data, at)[0]
    place = at + 8 + (8 if flags & BASE else 0) + (4 if flags & DESCRIPTION else 0)
    return int(struct.unpack_from(">I", data, place)[0]) if flags & DEFAULT_LENGTH else 0


def _run(data: bytes, box: Box, default: int) -> int:
    """Units of all samples of a run: each its own, or the default."""
    flags, count = struct.unpack_from(">II", data, box.body)
    if not flags & PER_SAMPLE[0]:
        return int(count) * default
    place = box.body + 8 + (4 if flags & HAS_OFFSET else 0) + (4 if flags & HAS_FIRST_FLAGS else 0)
    step = 4 * sum(bool(flags & one) for one in PER_SAMPLE)
    if place + count * step > box.end:
        raise Refused(CUT)
    return sum(struct.unpack_from(">I", data, place + number * step)[0] for number in range(count))
