"""The signed links under a letter: each names the letter, nobody's address, is for one purpose, and needs no sign-in."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

STOP, LATER = "koru.reminders.stop", "koru.reminders.later"
ALL = "?all=yes"  # all kinds of the mail that the letter leads


def stop_path(letter_id: UUID) -> str:
    """Where its kind is stopped, or comes less often."""
    return reverse("reminders:stop", args=[_signed(letter_id, STOP)])


def later_path(letter_id: UUID) -> str:
    """Where this one is put off."""
    return reverse("reminders:later", args=[_signed(letter_id, LATER)])


def letter_of(signed: str, purpose: str = STOP) -> UUID | None:
    """The letter that a link belongs to. None: somebody made the link up, or it is one for something else."""
    try:
        return UUID(Signer(salt=purpose, sep=".").unsign(signed))
    except (BadSignature, ValueError):
        return None


def _signed(letter_id: UUID, purpose: str) -> str:
    return Signer(salt=purpose, sep=".").sign(letter_id.hex)
