"""Somebody new on the phone: written down with a name and a number, and given a time for the free talk in one deed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person
from scheduling.alone import deed
from scheduling.booking import why_not
from scheduling.consultation import Talk, appointment_of, written
from scheduling.models import Appointment, AppointmentKind, ConsultationRequest
from scheduling.open_times import Wish, opening_at

from .requests import offer_time


@dataclass(frozen=True, slots=True)
class Caller:
    """Without a mail address they are told on the phone alone, and no letter is planned."""

    name: str
    phone: str
    place: str
    zone: str
    email: str = ""


def wish_for_caller(kind: AppointmentKind, place: str, by: Person) -> Wish:
    """With anybody who is free: on the desk's terms, without notice."""
    return Wish(kind=kind, by=by, place=place)


@neither
@deed
def book_caller(kind: AppointmentKind, caller: Caller, start: datetime, *, by: Person, key: UUID) -> Appointment:
    """A request that is the desk's from the start, with its time. The same key again answers with the first one's.

    Raises a Refused that says why not; then nobody is written down.
    """
    first = ConsultationRequest.objects.filter(key=key).first()
    if first and (held := appointment_of(first)):
        return held
    wish, now = wish_for_caller(kind, caller.place, by), timezone.now()
    opening = opening_at(wish, start, now=now)
    if opening is None:
        raise why_not(wish, start, now)
    talk = Talk(start=start, place=caller.place, name=caller.name, email=caller.email, zone=caller.zone, phone=caller.phone)
    request = written(talk, key, state=ConsultationRequest.State.NEW)
    therapist = Person.objects.get(pk=opening.therapist_id)
    return offer_time(request, start, therapist=therapist, place=caller.place, by=by, key=key)
