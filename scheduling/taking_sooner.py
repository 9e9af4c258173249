"""Taking an earlier time: the later appointment moves there, or a new one is booked. Tried out before it is offered."""

from django.db import transaction

from koru.people.models import Person

from .booking import book
from .models import Appointment, ConsultationRequest, SoonerWish
from .moving import move

State = Appointment.State


def take(wish: SoonerWish, held: Appointment, by: Person | None, *, for_them: Person | None) -> Appointment:
    """To where `held` lies, by who waits. What somebody of the desk (`for_them`) offered by hand is taken on their terms: it
    may be nearer than anybody books by themselves. Raises whatever moving or booking raises.
    """
    does, about, therapist = for_them or by, wish.about, held.therapist
    if about and about.state == State.BOOKED:
        return move(about, held.starts, by=does, reason="client_asked" if for_them else "", therapist=therapist)
    if wish.request:
        ConsultationRequest.objects.filter(pk=wish.request.pk).update(state=ConsultationRequest.State.BOOKED)
    whom, key = wish.client, held.pk
    return book(
        wish.kind, held.starts, therapist=therapist, place=held.place, by=does, client=whom, request=wish.request, key=key
    )


def could_be_taken(wish: SoonerWish, held: Appointment, by: Person | None) -> None:
    """Takes it and takes that back: what is offered can be had. Raises what would stand in the way."""
    with transaction.atomic():
        take(wish, held, wish.client, for_them=by)
        transaction.set_rollback(True)
