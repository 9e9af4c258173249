"""Which bytes of a file are asked for (RFC 9110, 14). Pure."""

import re
from dataclasses import dataclass

ASKED = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class NotThere(Exception):
    """No byte of the file lies in what was asked for: 416."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes from `first` up to and with `last`."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    def content_range(self, size: int) -> str:
        return f"bytes {self.first}-{self.last}/{size}"


def asked_for(header: str, size: int) -> Stretch | None:
    """The stretch that a Range header names. None for none, for several at once and for what isn't a range: all of it.

    Raises NotThere for a stretch behind the end.
    """
    found = ASKED.fullmatch(header.replace(" ", "").lower())
    if found is None or found.group(1) == found.group(2) == "":
        return None
    first, last = found.groups()
    if not first:
        stretch = Stretch(max(0, size - int(last)), size - 1)
    else:
        stretch = Stretch(int(first), min(int(last), size - 1) if last else size - 1)
    if first and last and int(last) < int(first):
        return None
    if stretch.first >= size or not stretch.length:
        raise NotThere
    return stretch
