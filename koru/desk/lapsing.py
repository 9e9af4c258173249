"""Requests past their time: nothing has come of them for three weeks. They close themselves, and the asker is told once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from koru.moments.directions import neither
from koru.people.models import Invitation
from koru.reminders.planning import Plan, Recipient, plan
from scheduling.alone import deed
from scheduling.models import Appointment, ConsultationRequest, RequestNote

AFTER = timedelta(days=21)
AGAIN = "/consultation/"
A_ROUND = 100
State = ConsultationRequest.State


def close_lapsed(now: datetime) -> int:
    """Close all whose time is past. How many; a missed run is made up for by the next."""
    closed = 0
    for request in past_their_time(now).values_list("pk", flat=True)[:A_ROUND]:
        closed += lapse(request, now)
    return closed


@neither
@deed
def lapse(request: UUID, now: datetime) -> bool:
    """Close one, unless somebody has taken it up meanwhile."""
    current = past_their_time(now).select_for_update(of=("self",)).filter(pk=request).first()
    if current is None:
        return False
    current.state = State.LAPSED
    current.save(update_fields=["state"])
    plan(word_of_closing(current))
    return True


def past_their_time(now: datetime) -> QuerySet[ConsultationRequest]:
    """Asked, booked or talked, and since then neither a talk, a note, a day to come back to, nor an invitation."""
    long_ago = now - AFTER
    talks = Appointment.objects.filter(request=OuterRef("pk"), state__in=["booked", "met", "held"])
    lately = (
        Exists(talks.filter(during__endswith__gt=long_ago)),
        Exists(RequestNote.objects.filter(request=OuterRef("pk"), at__gt=long_ago)),
        Exists(Invitation.objects.filter(about=OuterRef("pk"))),
    )
    waiting = ConsultationRequest.objects.filter(
        state__in=[State.NEW, State.BOOKED, State.MET], made_at__lte=long_ago, client=None
    )
    rests = Q(come_back_on__gt=long_ago.date())
    return waiting.exclude(rests).exclude(lately[0]).exclude(lately[1]).exclude(lately[2]).order_by("made_at")


def word_of_closing(request: ConsultationRequest, variant: str = "") -> Iterator[Plan]:
    """One letter in the life of a request, whatever closes it again: the outbox keeps the first."""
    if request.email:
        to = Recipient(request.zone, address=request.email)
        words = {"path": AGAIN, "first_name": request.name} | ({"variant": variant} if variant else {})
        yield Plan("consultation-closed", to, request.pk, context=words, asked=False)
