"""What a client wished for within a day of a session, once it is time to ask again: here, where they look first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from journaling.models import ShareWish
from koru.people.models import Person
from scheduling.models import BookingWish


@dataclass(frozen=True, slots=True)
class Wishes:
    """The oldest entry that they wanted to share, and since when they want to book; neither while its day lasts."""

    entry: UUID | None = None
    share_since: datetime | None = None
    book_since: datetime | None = None


def about_wishes(client: Person, now: datetime) -> "Sequence[QuerySet[Any, Any]]":
    sharing = ShareWish.objects.filter(entry__client=client, entry__deleted_at=None, ask_at__lte=now).order_by("ask_at")
    booking = BookingWish.objects.filter(client=client, ask_at__lte=now)
    return sharing.values_list("entry_id", "made_at")[:1], booking.values_list("made_at")[:1]


def wishes_from(answers: Sequence[list[Any]]) -> Wishes:
    sharing, booking = answers
    entry, since = sharing[0] if sharing else (None, None)
    return Wishes(entry, since, booking[0][0] if booking else None)
