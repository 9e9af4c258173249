"""A recording as it may be kept: what it is by its own bytes, and no longer than five minutes. Pure."""

import math
from dataclasses import dataclass
from io import BytesIO

from tinytag import TinyTag, TinyTagException

from koru.ui.refused import CUT, NOTHING, TOO_LARGE, Refused

from . import mp4, webm
from .refusals import NO_LENGTH, NO_RECORDING, TOO_LONG

LARGEST = 10_000_000
LONGEST = 5 * 60
LEEWAY = 5  # a recorder stops a moment after the time is over


@dataclass(frozen=True, slots=True)
class Recording:
    data: bytes
    media_type: str
    seconds: int


def heard(data: bytes, size: int, *, unfinished: bool = False) -> Recording:
    """What was sent, as a recording; `size` is that of the whole file. Raises Refused.

    `unfinished`: its tab was closed while it was recorded, so that it may end in the middle of a part.
    """
    if not size:
        raise Refused(NOTHING)
    if size > LARGEST:
        raise Refused(TOO_LARGE.format(most=LARGEST // 1_000_000))
    media_type = type_of(data)
    seconds, clean = _read(data, media_type, unfinished)
    if not 0 < seconds < math.inf:
        raise Refused(NO_LENGTH)
    if seconds > LONGEST + LEEWAY:
        raise Refused(TOO_LONG)
    return Recording(clean, media_type, math.ceil(seconds))


def type_of(data: bytes) -> str:
    """By the first bytes, never by name or by what a browser says of it."""
    if data.startswith(b"\x1aE\xdf\xa3"):
        return "audio/webm"
    if data[4:8] == b"ftyp":
        return "audio/mp4"
    if data.startswith(b"OggS"):
        return "audio/ogg"
    if data.startswith(b"RIFF") and data[8:12] == b"WAVE":
        return "audio/wav"
    if data.startswith(b"ID3") or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2):
        return "audio/mpeg"
    raise Refused(NO_RECORDING)


def _read(data: bytes, media_type: str, unfinished: bool) -> tuple[float, bytes]:
    if media_type == "audio/webm":
        return webm.read(data, unfinished=unfinished)
    if media_type == "audio/mp4":
        return mp4.read(data, unfinished=unfinished)
    if media_type == "audio/ogg":
        _whole_pages(data)
    if media_type == "audio/wav":
        _whole_form(data)
    return _told(data), data


def _told(data: bytes) -> float:
    try:
        return float(TinyTag.get(file_obj=BytesIO(data), tags=False).duration or 0)
    except TinyTagException as failure:
        raise Refused(NO_RECORDING) from failure


def _whole_pages(data: bytes) -> None:
    """Ogg pages follow each other to the end of the file (RFC 3533)."""
    at = 0
    while at < len(data):
        if data[at : at + 4] != b"OggS":
            raise Refused(NO_RECORDING)
        lengths = data[at + 27 : at + 27 + data[at + 26]] if len(data) > at + 26 else b""
        at += 27 + len(lengths) + sum(lengths)
    if at > len(data) or not data:
        raise Refused(CUT)


def _whole_form(data: bytes) -> None:
    """A WAV file says how long it is."""
    told = int.from_bytes(data[4:8], "little") + 8
    if told > len(data) + 1:
        raise Refused(CUT)
    if told + 1 < len(data):
        raise Refused(NO_RECORDING)
