"""The link in a note at a chosen time: it opens one small deed about that one day, without sign-in, and shows nothing.

The signature is over the letter, so the address names nobody, and each kind of note opens its own page alone. Whoever finds
it can add one check-in, or say of one routine that it was done, and read nothing.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer

from .models import Letter

SALT = "koru.reminders.quick"
KIND = "check-in"
PLACE = "{letter}"  # stands in a path for the signed letter
LASTS = timedelta(hours=36)


def signed(letter_id: UUID) -> str:
    return Signer(salt=SALT, sep=".").sign(letter_id.hex)


def note_behind(link: str, now: datetime, kind: str = KIND, *, lasts: timedelta = LASTS) -> Letter | None:
    """The note of that kind that a link came with. None: made up, another kind's, older than it lasts, or its reader has left."""
    try:
        letter_id = UUID(Signer(salt=SALT, sep=".").unsign(link))
    except (BadSignature, ValueError):
        return None
    notes = Letter.objects.select_related("to").filter(kind=kind, due_at__gt=now - lasts, to__is_active=True)
    note = notes.filter(pk=letter_id).first()
    return note if note and note.to and note.to.is_client else None
