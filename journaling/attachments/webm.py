"""How long a WebM recording is, told from its own blocks (RFC 8794, RFC 9559). Pure.

Browsers write it as they record, so its head knows no length. Only what belongs into a recording is let through: what
hangs on behind it (another file in one) is not.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from koru.ui.refused import CUT, Refused

from .refusals import FILM, NO_RECORDING

HEAD, SEGMENT, INFO, TRACKS, CLUSTER, GROUP = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675, 0xA0
SCALE, LENGTH, TRACK, KIND = 0x2AD7B1, 0x4489, 0xAE, 0x83
TIME, BLOCK, BLOCK_IN_GROUP = 0xE7, 0xA3, 0xA1
BESIDE = {0x114D9B74, 0x1C53BB6B, 0x1254C367, 0xEC, 0xBF, 0xA7, 0xAB, 0x5854}  # seek head, cues, tags, void, sums
ENTERED = {SEGMENT, CLUSTER, GROUP}
IN_GROUP = {0x9B, 0xFB, 0x75A2, 0x75A1}
KNOWN = {HEAD, INFO, TRACKS, TIME, BLOCK, BLOCK_IN_GROUP} | BESIDE | ENTERED | IN_GROUP
AUDIO = 2
FRAME = 0.02


@dataclass(frozen=True, slots=True)
class Element:
    id: int
    body: bytes
    end: int


@dataclass(slots=True)
class Heard:
    """What the walk has found so far: times in seconds."""

    scale: float = 1e-3
    at: float = 0
    last: float = 0
    told: float = 0
    tracks: int = 0


def read(data: bytes, *, unfinished: bool = False) -> tuple[float, bytes]:
    """Seconds, and the bytes. Raises Refused for what is no recording, holds more than sound, or ends in the middle.

    One that was `unfinished` when its tab closed ends with its last whole part.
    """
    heard, end = Heard(), 0
    try:
        for element in elements(data):
            if element.id not in KNOWN:
                raise Refused(NO_RECORDING)
            _take(element, heard)
            end = element.end
    except Refused as refused:
        if not unfinished or str(refused) != CUT:
            raise
    if not heard.tracks:
        raise Refused(NO_RECORDING)
    return (max(heard.last + FRAME, heard.told) if heard.last or heard.told else 0), data[:end]


def _take(element: Element, heard: Heard) -> None:
    if element.id == INFO:
        _info(element.body, heard)
    elif element.id == TRACKS:
        heard.tracks += _sounds(element.body)
    elif element.id == TIME:
        heard.at = _number(element.body) * heard.scale
    elif element.id in (BLOCK, BLOCK_IN_GROUP):
        heard.last = max(heard.last, heard.at + _offset(element.body) * heard.scale)


def _info(body: bytes, heard: Heard) -> None:
    parts = {one.id: one.body for one in elements(body)}
    heard.scale = _number(parts.get(SCALE, b"\x0f\x42\x40")) / 1e9
    length = parts.get(LENGTH, b"")
    if len(length) in (4, 8):
        told = struct.unpack(">f" if len(length) == 4 else ">d", length)[0]
        heard.told = told * heard.scale if told > 0 else 0


def _sounds(body: bytes) -> int:
    """How many tracks there are, all of them sound."""
    tracks = [{part.id: part.body for part in elements(one.body)} for one in elements(body) if one.id == TRACK]
    if any(_number(track.get(KIND, b"\x02")) != AUDIO for track in tracks):
        raise Refused(FILM)
    return len(tracks)


def _offset(block: bytes) -> int:
    """A block's time after its cluster's: signed, behind the number of its track."""
    start = _width(block[0]) if block else 0
    if len(block) < start + 2:
        raise Refused(CUT)
    return int.from_bytes(block[start : start + 2], "big", signed=True)


def elements(data: bytes) -> Iterator[Element]:
    """Elements one after the other; those that hold others open up, and their parts follow them."""
    at = 0
    while at < len(data):
        name, at = _varied(data, at, keep_marker=True)
        size, at = _varied(data, at, keep_marker=False)
        if name in ENTERED:
            continue
        if size is None or size > len(data) - at:
            raise Refused(CUT)
        yield Element(name or 0, data[at : at + size], at + size)
        at += size


def _varied(data: bytes, at: int, *, keep_marker: bool) -> tuple[int | None, int]:
    """A number of one to eight bytes and where it ends; None for "not known yet"."""
    width = _width(data[at]) if at < len(data) else 1
    if width == 0:
        raise Refused(NO_RECORDING)
    if at + width > len(data):
        raise Refused(CUT)
    value = int.from_bytes(data[at : at + width], "big")
    if keep_marker:
        return value, at + width
    value &= (1 << 7 * width) - 1
    return (None if value == (1 << 7 * width) - 1 else value), at + width


def _width(first: int) -> int:
    """Of a number by its first byte: the place of its first set bit; 0 for none."""
    return 9 - first.bit_length() if first else 0


def _number(body: bytes) -> int:
    return int.from_bytes(body, "big")
