"""A wish to book that comes within a day of a dosing session: kept, and asked again when that day is over."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people.models import Person

from .models import AppointmentKind, BookingWish
from .resting import waits_for


@neither
@transaction.atomic
def wish_to_book(kind: AppointmentKind, therapist: Person, place: str, *, by: Person) -> BookingWish | None:
    """Keep the wish instead of booking; a newer one takes its place. None when there is nothing to wait for."""
    ask_at = waits_for(by, timezone.now())
    if ask_at is None:
        return None
    said = {"kind": kind, "therapist": therapist, "place": place, "made_at": timezone.now(), "ask_at": ask_at}
    return BookingWish.objects.update_or_create(client=by, defaults=said)[0]


@narrows
@transaction.atomic
def let_booking_wish_go(*, by: Person) -> None:
    """Ask no more."""
    BookingWish.objects.filter(client=by).delete()


def wish_of(client: Person) -> BookingWish | None:
    """What the client wanted to book, with whom; None also once that therapist works with them no more."""
    wishes = BookingWish.objects.filter(client=client).select_related("kind", "therapist")
    still_there = client.alliances.current().values("therapist")
    return wishes.filter(therapist__in=still_there).first()


def asked_now(wish: BookingWish, now: datetime) -> bool:
    return wish.ask_at <= now
