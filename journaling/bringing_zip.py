"""A ZIP that somebody brings back, opened with care: only what Koru packs, and never more than fits. Pure."""

import zlib
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from .attachments import recordings
from .attachments.adding import MOST_IN_AN_ENTRY
from .carrying import Carried
from .carrying_json import LARGEST, MOST, NOT_OURS, TOO_LARGE, NotReadable, read
from .carrying_zip import FILES, PAGE, WORDS

SIGNED = b"PK"
CUT = "Only a part of this file is here, or it was changed on its way. Nothing was brought back."
GONE = "A recording or picture is missing in this file. Nothing was brought back."
ENCRYPTED = 1


class Archive:
    """What the file holds. Raises NotReadable for one that Koru didn't make."""

    def __init__(self, data: bytes) -> None:
        try:
            self.zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, OSError) as wrong:
            raise NotReadable(CUT) from wrong
        self.members = {one.filename: one for one in self.zip.infolist()}
        if WORDS not in self.members or not all(map(_is_ours, self.members.values())):
            raise NotReadable(NOT_OURS)
        if len(self.members) > 2 + MOST * MOST_IN_AN_ENTRY:
            raise NotReadable(TOO_LARGE)

    def entries(self, now: datetime) -> list[Carried]:
        """The words, with what goes with them by name."""
        found = read(self._opened(WORDS, LARGEST), now)
        if any(thing.file not in self.members for one in found for thing in one.things):
            raise NotReadable(GONE)
        return found

    def file(self, name: str) -> bytes:
        """The bytes of a recording or a picture."""
        return self._opened(name, recordings.LARGEST)

    def _opened(self, name: str, most: int) -> bytes:
        """What it says of its own size is not believed: no more is ever unpacked than may be."""
        try:
            with self.zip.open(self.members[name]) as member:
                data = member.read(most + 1)
                whole = not member.read(1)
        except (BadZipFile, zlib.error, EOFError, OSError) as wrong:
            raise NotReadable(CUT) from wrong
        if len(data) > most or not whole:
            raise NotReadable(TOO_LARGE)
        return data


def _is_ours(one: ZipInfo) -> bool:
    named = one.filename in (PAGE, WORDS) or (one.filename.startswith(FILES) and ".." not in one.filename)
    return named and one.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not one.flag_bits & ENCRYPTED
