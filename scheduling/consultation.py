"""The free talk: a visitor takes a time without an account, and keeps one link for its whole life."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from koru.people.models import Person, Role
from koru.reminders.planning import Plan, Recipient, plan
from koru.sealing.tokens import new_token, token_hash

from .alone import deed
from .booking import book, why_not
from .cancelling import cancel
from .models import Appointment, AppointmentKind, ConsultationRequest
from .moving import move
from .open_times import Wish, opening_at
from .refusals import Refused

KIND = "consultation"
LINK_LASTS = timedelta(days=30)
State = ConsultationRequest.State


class Changed(Refused):
    words = "Your time has changed since this page was opened. This page shows what holds now."


@dataclass(frozen=True, slots=True)
class Talk:
    """What a visitor tells us: nothing clinical is asked."""

    start: datetime
    place: str
    name: str
    email: str
    zone: str
    phone: str = ""
    note: str = ""


def kind_of_talk() -> AppointmentKind:
    return AppointmentKind.objects.get(pk=KIND)


@deed
def book_talk(kind: AppointmentKind, talk: Talk, *, key: UUID) -> ConsultationRequest:
    """Hold the time at once, with any therapist who is free then; the mail confirms, it never gates.

    The same key again answers with the first one's request. Raises a Refused that says why not.
    """
    if first := ConsultationRequest.objects.filter(key=key).first():
        return first
    request = written(talk, key)
    _take(request, kind, talk.start, talk.place, key)
    tell_the_desk(request)
    return request


@deed
def pick_again(request: ConsultationRequest, start: datetime, place: str, *, key: UUID, seen: str) -> Appointment:
    """Another time under the same link: a time still held is moved, after a cancelled or missed one a new one is taken.

    The same key again answers with what it made. Raises Changed when `seen` isn't what holds now, and the refusals.
    """
    held = appointment_of(request)
    if held and (held.key == key or _is_at(held, start)):
        return held
    if held and mark_of(held) != seen:
        raise Changed
    if held and held.state == Appointment.State.BOOKED:
        return move(held, start, by=None)
    appointment = _take(request, held.kind if held else kind_of_talk(), start, place, key)
    request.state = State.BOOKED
    request.save(update_fields=["state"])
    tell_the_desk(request, again=appointment)
    return appointment


@deed
def cancel_talk(request: ConsultationRequest, *, seen: str, reason: str = "visitor") -> None:
    """Give the time back. Twice is as once. Raises Changed when `seen` isn't what holds now."""
    held = appointment_of(request)
    if held is None or held.state == Appointment.State.CANCELLED:
        return
    if mark_of(held) != seen:
        raise Changed
    cancel(held, by=None, reason=reason)
    ConsultationRequest.objects.filter(pk=request.pk, state=State.BOOKED).update(state=State.CANCELLED)


def mark_of(held: Appointment) -> str:
    """What a page was shown: which appointment, after how many changes. An old form sent again doesn't act on a new time."""
    return f"{held.pk}:{held.revision}"


def _is_at(held: Appointment, start: datetime) -> bool:
    return held.state == Appointment.State.BOOKED and held.span.start == start


def request_for(token: str) -> ConsultationRequest | None:
    """The request of a link, while the link lasts: until 30 days after the talk."""
    request = ConsultationRequest.objects.filter(token_hash=token_hash(token)).first()
    if request is None:
        return None
    held = appointment_of(request)
    ends = (held.span.end if held else request.made_at) + LINK_LASTS
    return request if ends > timezone.now() else None


def appointment_of(request: ConsultationRequest) -> Appointment | None:
    """The talk's latest appointment, whatever became of it."""
    found = (
        request.appointments.kept().select_related("kind", "room", "client", "therapist", "request").order_by("-booked_at", "-id")
    )
    return found.first()


def wish_for(kind: AppointmentKind, place: str) -> Wish:
    return Wish(kind=kind, place=place)


def _take(request: ConsultationRequest, kind: AppointmentKind, start: datetime, place: str, key: UUID) -> Appointment:
    wish, now = wish_for(kind, place), timezone.now()
    opening = opening_at(wish, start, now=now)
    if opening is None:
        raise why_not(wish, start, now)
    therapist = Person.objects.get(pk=opening.therapist_id)
    return book(kind, start, therapist=therapist, place=place, by=None, request=request, key=key)


def written(talk: Talk, key: UUID, state: str = State.BOOKED) -> ConsultationRequest:
    """A visitor's row with its link, under a key that stands for one form. Inside a deed."""
    token = new_token()
    request = ConsultationRequest(
        name=unicodedata.normalize("NFC", talk.name),
        email=talk.email,
        phone=talk.phone,
        note=talk.note,
        zone=talk.zone,
        state=state,
        token=token,
        token_hash=token_hash(token),
        key=key,
    )
    request.save(force_insert=True)
    return request


def tell_the_desk(request: ConsultationRequest, again: Appointment | None = None) -> None:
    """One letter a request to everybody at the desk; for another time one more."""
    staff = Person.objects.filter(role=Role.STAFF, is_active=True)
    about = again.pk if again else request.pk
    plan(Plan("new-request", Recipient.of(person), about, context={"path": "/desk/requests/"}, asked=False) for person in staff)
