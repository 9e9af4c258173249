"""All that can be said against the access log, in sentences."""

from collections.abc import Iterator
from uuid import UUID

from .anchoring import changed_anchors, knows, lost_rows
from .audit import broken_chains


def complaints(digests: list[str]) -> Iterator[str]:
    """Broken chains, changed anchors, and anchors whose digest was kept elsewhere and that are not here. None: all is whole."""
    broken: dict[UUID, int] = {}
    for client, seq in (*broken_chains(), *lost_rows()):
        broken[client] = min(seq, broken.get(client, seq))
    yield from (f"The chain of {client} is broken at row {seq}." for client, seq in broken.items())
    yield from (f"Anchor {number} is not what it was." for number in changed_anchors())
    yield from (f"No anchor has the digest {digest}: one was taken away." for digest in digests if not knows(digest))


def complaints_about(client: UUID) -> list[str]:
    """The same of one client's own list. None: it is as it was written."""
    lost = [(one, seq) for one, seq in lost_rows() if one == client]
    return [f"The chain of {one} is broken at row {seq}." for one, seq in (*broken_chains(client), *lost)]
