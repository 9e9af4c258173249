"""A ZIP that is made while it is on its way: a page to read, the words for Koru, and the files beside them. Pure."""

from collections.abc import Iterable, Iterator
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

PAGE, WORDS, FILES = "index.html", "entries.json", "media/"


class _Outbox:
    """What the archive has written and nobody has taken yet."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """All of it is there to be taken already."""

    def close(self) -> None:
        """Nothing is held open."""

    def taken(self) -> Iterator[bytes]:
        pieces, self.pieces = self.pieces, []
        yield from pieces


def packed(members: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """The archive in pieces. Words are made small; sound and pictures are so already."""
    out = _Outbox()
    with ZipFile(out, "w") as archive:
        for name, pieces in members:
            member = ZipInfo(name)
            member.compress_type = ZIP_STORED if name.startswith(FILES) else ZIP_DEFLATED
            with archive.open(member, "w") as into:
                for piece in pieces:
                    into.write(piece)
                    yield from out.taken()
    yield from out.taken()
