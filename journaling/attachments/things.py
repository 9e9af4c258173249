"""What somebody adds to an entry, made ready to be kept: bytes that were read and, if a picture, drawn anew. Pure."""

from dataclasses import dataclass

from koru.ui import pictures
from koru.ui.pictures import seen

from . import recordings
from .recordings import heard

VOICE, DRAWING, PHOTO = "voice", "drawing", "photo"


@dataclass(frozen=True, slots=True)
class Thing:
    """A recording or a picture. `small` is the picture as lists show it."""

    kind: str
    media_type: str
    data: bytes
    small: bytes = b""
    width: int = 0
    height: int = 0
    seconds: int = 0


def made_again(kind: str, data: bytes) -> Thing:
    """What had been kept here before and was taken along: drawn as PNG, it may be larger than what is sent. Raises Refused."""
    return _picture(kind, data, len(data), recordings.LARGEST) if kind != VOICE else made_of(kind, data, len(data))


def made_of(kind: str, data: bytes, size: int, *, unfinished: bool = False) -> Thing:
    """What was sent, as what it is said to be; `size` is that of the whole file. Raises Refused."""
    if kind == VOICE:
        recording = heard(data, size, unfinished=unfinished)
        return Thing(kind, recording.media_type, recording.data, seconds=recording.seconds)
    return _picture(kind, data, size, pictures.LARGEST)


def _picture(kind: str, data: bytes, size: int, largest: int) -> Thing:
    picture = seen(data, size, drawn=kind == DRAWING, largest=largest)
    return Thing(kind, picture.media_type, picture.data, picture.small, picture.width, picture.height)
