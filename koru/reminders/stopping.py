"""The signed link under a letter that stops its kind: it names the letter, nobody's address, and needs no sign-in."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

SALT = "koru.reminders.stop"
ALL = "?all=yes"  # all kinds of the mail that the letter leads


def stop_path(letter_id: UUID) -> str:
    return reverse("reminders:stop", args=[Signer(salt=SALT, sep=".").sign(letter_id.hex)])


def letter_of(signed: str) -> UUID | None:
    """The letter that a link belongs to. None: somebody made the link up."""
    try:
        return UUID(Signer(salt=SALT, sep=".").unsign(signed))
    except (BadSignature, ValueError):
        return None
