"""What somebody who waits is written: an earlier time is free, until when it is held, and a link. Nothing else."""

from django.urls import reverse

from koru.reminders.planning import Plan, Recipient, plan, withdraw

from .letter_words import Telling
from .models import Appointment, SoonerOffer

KIND = "waitlist-open"


def tell_offer(offer: SoonerOffer, held: Appointment) -> None:
    """At once; at night in the morning: `until` counts from then."""
    client, request = offer.wish.client, offer.wish.request
    path = reverse("scheduling:sooner") if client else "/consultation/{token}/sooner/"
    to = Recipient.of(client) if client else Recipient(request.zone, address=request.email) if request else None
    if to is None or not (to.person or to.address):
        return
    telling = Telling.of(held)
    context = {**telling.facts(client), "path": path, "until": offer.until.isoformat()}
    token = telling.token(client)
    plan([Plan(KIND, to, offer.pk, not_after=offer.until, context=context, token=token, asked=False)])


def untell_offer(offer: SoonerOffer) -> None:
    withdraw(offer.pk, "answered", [KIND])
