"""Sealed blobs: AES-256-GCM, bound to the place they belong to.

Blob = 0x01 | key id (16) | nonce (12) | ciphertext | tag (16): 45 bytes over the text. The additional data is the header
and the length-prefixed table, column, row id and owner id, so a blob moved to another table, column, row or owner is
refused (NIST SP 800-38D). Random 96-bit nonces stay far below 2**32 seals a key.
"""

import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
HEADER = 17
NONCE = 12
TAG = 16


class CannotOpen(Exception):
    """The blob is damaged, belongs elsewhere, or its key is gone."""

    page = "cannot_open.html"  # of a page that is about this very thing (`koru.ui.errors`)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a blob belongs."""

    table: str
    column: str
    row: str
    owner: str

    def bind(self, header: bytes) -> bytes:
        parts = (part.encode() for part in (self.table, self.column, self.row, self.owner))
        return header + b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def seal(plain: bytes, key: bytes, key_id: UUID, place: Place) -> bytes:
    header = VERSION + key_id.bytes
    nonce = os.urandom(NONCE)
    return header + nonce + AESGCM(key).encrypt(nonce, plain, place.bind(header))


def key_of(blob: bytes) -> UUID:
    """The id of the data key that a blob was sealed with. Raises CannotOpen for what isn't a blob."""
    if len(blob) < HEADER + NONCE + TAG or blob[:1] != VERSION:
        raise CannotOpen("not a sealed blob")
    return UUID(bytes=blob[1:HEADER])


def unseal(blob: bytes, key: bytes, place: Place) -> bytes:
    key_of(blob)
    header, nonce = blob[:HEADER], blob[HEADER : HEADER + NONCE]
    try:
        return AESGCM(key).decrypt(nonce, blob[HEADER + NONCE :], place.bind(header))
    except InvalidTag as failure:
        raise CannotOpen("the blob does not open here") from failure
