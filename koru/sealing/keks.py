"""The practice's keys (KEK), which wrap the data keys. Configured, never stored in the database."""

import hashlib
import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from .envelope import CannotOpen

NONCE = 12


def keks() -> dict[str, bytes]:
    """All configured keys by id; the first of them wraps."""
    return {kek_id(key): key for key in settings.KORU_KEKS}


def kek_id(kek: bytes) -> str:
    return hashlib.sha256(b"koru kek id" + kek).hexdigest()[:16]


def current_kek() -> str:
    return next(iter(keks()))


def wrap(data_key: bytes, owner: UUID, under: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(keks()[under]).encrypt(nonce, data_key, owner.bytes + under.encode())


def unwrap(wrapped: bytes, owner: UUID, under: str) -> bytes:
    """Raises CannotOpen when the key is not configured or does not fit."""
    kek = keks().get(under)
    if kek is None:
        raise CannotOpen(f"the practice's key {under} is not configured")
    try:
        return AESGCM(kek).decrypt(wrapped[:NONCE], wrapped[NONCE:], owner.bytes + under.encode())
    except InvalidTag as failure:
        raise CannotOpen("the data key does not open under the practice's key") from failure
