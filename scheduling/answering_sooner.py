"""Taking an offered time, or letting it go on to the next."""

from uuid import UUID

from django.http import Http404
from django.utils import timezone

from koru.moments.directions import narrows, widens
from koru.people.models import Person

from .alone import deed
from .models import Appointment, ConsultationRequest, SoonerOffer
from .refusals import DecideTomorrow, Refused
from .resting import waits_for
from .taking_sooner import take
from .telling_sooner import untell_offer
from .waiting import end_wishes

State, Answer = Appointment.State, SoonerOffer.Answer


class OfferOver(Refused):
    words = "This time has gone on to the next. Your place in line is as it was."


@widens
@deed
def accept_sooner(offer_id: UUID, *, by: Person | None, request: ConsultationRequest | None = None) -> Appointment:
    """The held time is theirs: the later appointment moves there, or a new one is booked. Twice is as once.

    Raises OfferOver past its time, DecideTomorrow within a day of a session, and whatever booking or moving raises.
    """
    offer = _locked(offer_id, by, request)
    if offer.answer == Answer.ACCEPTED and offer.became:
        return offer.became
    now = timezone.now()
    if offer.answer or offer.until <= now or offer.held is None:
        raise OfferOver
    if by and (until := waits_for(by, now)):
        raise DecideTomorrow(until)
    held, offer.held = offer.held, None
    Appointment.objects.filter(pk=held.pk).delete()
    offer.became = take(offer.wish, held, by, for_them=offer.by)
    _answered(offer, Answer.ACCEPTED)
    end_wishes([offer.wish_id])
    return offer.became


@narrows
@deed
def pass_sooner(offer_id: UUID, *, by: Person | None, request: ConsultationRequest | None = None) -> None:
    """Not this one: it goes on to the next, and the place in line stays. Twice is as once."""
    offer = _locked(offer_id, by, request)
    if offer.answer:
        return
    if offer.held and offer.held.state == State.HELD:
        offer.held.delete()
    offer.held = None
    _answered(offer, Answer.PASSED)


def _locked(offer_id: UUID, by: Person | None, request: ConsultationRequest | None) -> SoonerOffer:
    """The offer as it is now, to whom it was made; anybody else's is not there."""
    mine = {"wish__client": by} if by else {"wish__request": request}
    if by is None and request is None:
        raise Http404
    rows = SoonerOffer.objects.filter(pk=offer_id, **mine).select_for_update(of=("self",))
    found = rows.select_related(
        "wish", "wish__client", "wish__request", "wish__kind", "wish__about", "held", "therapist", "by"
    ).first()
    if found is None:
        raise Http404
    return found


def _answered(offer: SoonerOffer, answer: str) -> None:
    offer.answer, offer.answered_at = answer, timezone.now()
    offer.save(update_fields=["held", "became", "answer", "answered_at"])
    untell_offer(offer)
