"""Booking a time. What the list offers can be had here, and nothing else: both ask `open_times`."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from koru.moments.directions import widens
from koru.moments.spans import Span
from koru.people.models import Alliance, Consent, Person

from .alone import deed, overlap_as
from .models import Appointment, AppointmentChange, AppointmentKind, BookingWish, ConsultationRequest, Room
from .open_times import Wish, nearest, opening_at
from .refusals import NotOffered, OpenTime, Refused, TimePassed, TimeTaken, TooFar, TooSoon
from .reminders import plan_booked
from .standing import traced
from .terms import Terms


@widens
@deed
def book(
    kind: AppointmentKind,
    start: datetime,
    *,
    therapist: Person,
    room: Room | None = None,
    place: str,
    by: Person | None,
    client: Person | None = None,
    request: ConsultationRequest | None = None,
    key: UUID,
    way_home: str = "",
) -> Appointment:
    """Give somebody a time: row, change, letters and trace together. Without a room, the first free one is taken.

    The same key again answers with the first one's appointment. Raises a Refused that says why not.
    """
    if first := _booked_before(by, key):
        return first
    now = timezone.now()
    _clear_expired_holds(now)
    _may_book(kind, by, client, therapist)
    wish = Wish(kind=kind, by=by, client=_locked(client), therapists=(therapist.pk,), place=place, room=room.pk if room else None)
    appointment = _made(wish, _opening(wish, start, now), therapist)
    appointment.request, appointment.booked_by, appointment.key = request, by, key
    appointment.way_home, appointment.way_home_at = way_home, now if way_home else None
    with traced(client, by, "appointment", appointment.pk):
        _keep(appointment, wish, now)
    return appointment


def _opening(wish: Wish, start: datetime, now: datetime) -> OpenTime:
    terms = wish.terms(now)
    opening = opening_at(wish, start, now=now, terms=terms)
    if opening is None:
        raise why_not(wish, start, now, terms)
    return opening


def _keep(appointment: Appointment, wish: Wish, now: datetime) -> None:
    """The row, the change and the letters, or nothing of it."""
    by, start = appointment.booked_by, appointment.starts
    with overlap_as(lambda: TimeTaken(look=partial(nearest, wish, start, now=now))):
        appointment.save(force_insert=True)
    AppointmentChange.objects.create(appointment=appointment, what="booked", by=by, became=start)
    BookingWish.objects.filter(client=appointment.client).delete()
    plan_booked(appointment, by=by)


def _made(wish: Wish, opening: OpenTime, therapist: Person) -> Appointment:
    kind = wish.kind
    span = Span.lasting(opening.start, kind.minutes)
    return Appointment(
        kind=kind,
        client=wish.client,
        therapist=therapist,
        room_id=opening.room_id,
        place="room" if kind.needs_room else wish.place,
        during=span.range,
        before=kind.before,
        after=kind.after,
        padded=span.padded(kind.before, kind.after).range,
    )


def _booked_before(by: Person | None, key: UUID) -> Appointment | None:
    return Appointment.objects.filter(booked_by=by, key=key).first()


def _clear_expired_holds(now: datetime) -> None:
    """A hold past its time never blocks, even with nobody to clear up after it."""
    Appointment.objects.filter(state=Appointment.State.HELD, held_until__lte=now).delete()


def _locked(client: Person | None) -> Person | None:
    """The client's row and consents, held: neither they nor a clearance can change their word until this is committed."""
    if client is None:
        return None
    hold_consents(client)
    row: Person = Person.objects.select_for_update().get(pk=client.pk)
    return row


def hold_consents(client: Person) -> None:
    """Waits for a withdrawal on its way, and lets none come between the check and the booking."""
    held = Consent.objects.filter(client=client).in_force().select_for_update()
    len(held.values_list("pk"))


def _may_book(kind: AppointmentKind, by: Person | None, client: Person | None, therapist: Person) -> None:
    """Visitors book calls, clients what they may with their own therapists, a therapist their own hours, the desk all."""
    if by is None:
        allowed = kind.visitor_may_book and client is None
    elif by.is_client:
        allowed = kind.client_may_book and by == client and works_with(therapist, by)
    else:
        allowed = by.is_desk or (by.is_therapist and by == therapist)
    if not allowed:
        raise Http404


def works_with(therapist: Person, client: Person) -> bool:
    return Alliance.objects.of(therapist).filter(client=client).exists()


def why_not(wish: Wish, start: datetime, now: datetime, terms: Terms | None = None) -> Refused:
    """Why a start isn't open, with the nearest that are."""
    terms = terms or wish.terms(now)
    if terms.refusal:
        return terms.refusal
    look = partial(nearest, wish, start, now=now)
    if start <= now:
        return TimePassed(look=look)
    if start < terms.earliest:
        return TooSoon(look=look)
    if start >= terms.latest:
        return TooFar(look=look)
    return (TimeTaken if _is_taken(wish, start) else NotOffered)(look=look)


def _is_taken(wish: Wish, start: datetime) -> bool:
    """Whether somebody has it, rather than nobody being there."""
    padded = Span.lasting(start, wish.kind.minutes).padded(wish.kind.before, wish.kind.after)
    busy = Appointment.objects.filter(padded__overlap=padded.range, state__in=["held", "booked", "met"])
    return (busy.exclude(pk=wish.moving) if wish.moving else busy).exists()
