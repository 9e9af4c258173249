"""A text that was taken and did not arrive after all: its number is tried no more, and the note comes by mail."""

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from .models import Letter
from .numbers import not_reached
from .rerouting import by_mail_instead

FAILURE = "text unknown"


@transaction.atomic
def came_back(key: UUID) -> bool:
    """By the key that it went with. Whether it was one of ours that nobody knew of yet."""
    found = Letter.objects.filter(pk=key, channel="text", bounced_at=None, handed_at__isnull=False)
    if not found.update(bounced_at=Now(), failure=FAILURE):
        return False
    by_mail_instead([key])
    not_reached(Letter.objects.values_list("to_id", flat=True).get(pk=key))
    return True
