"""Tokens for links in letters: 128 random bits, looked up by their hash.

The token itself is kept sealed beside its hash, so that a reminder weeks later carries the same link: one link for the
life of what it belongs to.
"""

import hashlib
import secrets


def new_token() -> str:
    return secrets.token_urlsafe(16)


def token_hash(token: str) -> str:
    """What is stored in the clear and looked up. SHA-256 without salt suffices: the token has 128 bits of its own."""
    return hashlib.sha256(token.encode()).hexdigest()
