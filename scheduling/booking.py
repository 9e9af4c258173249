"""Booking a time. What the list offers can be had here, and nothing else: both ask `open_times`."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from koru.moments.directions import widens
from koru.moments.spans import Span
from koru.people.models import Alliance, Consent, Person

from .alone import deed, overlap_as
from .holds import make_way, own_hold
from .integrating import take_its_place
from .models import Appointment, AppointmentChange, AppointmentKind, BookingWish, ConsultationRequest, Place, Room
from .open_times import Wish, nearest, opening_at
from .reasons import rule_in_the_way
from .refusals import NotOffered, OpenTime, Refused, TimePassed, TimeTaken, TooFar, TooSoon
from .reminders import plan_booked
from .standing import traced
from .terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What time is asked for: a kind, with whom, how, for whom.

    Room and second person, where they are needed and not named, are the first free ones.
    """

    kind: AppointmentKind
    therapist: Person
    place: str
    client: Person | None = None
    request: ConsultationRequest | None = None
    room: Room | None = None
    second_person: Person | None = None

    def wish(self, by: Person | None) -> Wish:
        return Wish(
            kind=self.kind,
            by=by,
            client=lock_client(self.client),
            therapists=(self.therapist.pk,),
            place=self.place,
            room=self.room.pk if self.room else None,
            second_person=self.second_person.pk if self.second_person else None,
        )

    def is_for(self, held: Appointment, start: datetime) -> bool:
        """Whether that is this very time."""
        mine = (self.kind.pk, self.therapist.pk, self.client and self.client.pk, self.request and self.request.pk)
        same = (held.kind_id, held.therapist_id, held.client_id, held.request_id) == mine
        right_room = self.room is None or held.room_id == self.room.pk
        right_second = self.second_person is None or held.second_person_id == self.second_person.pk
        return same and right_room and right_second and held.place == self.how and held.starts == start

    @property
    def how(self) -> str:
        return Place.ROOM if self.kind.needs_room else self.place


@widens
@deed
def book(
    kind: AppointmentKind,
    start: datetime,
    *,
    therapist: Person,
    room: Room | None = None,
    second_person: Person | None = None,
    place: str,
    by: Person | None,
    client: Person | None = None,
    request: ConsultationRequest | None = None,
    key: UUID,
    way_home: str = "",
) -> Appointment:
    """Give somebody a time: row, change, letters and trace together. Without a room, the first free one is taken.

    What `by` holds becomes the appointment, the same row, when it is this very time, and is let go when it isn't. The
    same key again answers with the first one's appointment. Raises a Refused that says why not.
    """
    if first := _booked_before(by, key):
        return first
    now = timezone.now()
    asked = Asked(
        kind=kind, therapist=therapist, place=place, client=client, request=request, room=room, second_person=second_person
    )
    held = own_hold(by, now)
    held = held if held and asked.is_for(held, start) else None
    make_way(by, now, keep=held)
    may_book(asked, by)
    wish = asked.wish(by)
    appointment = row_for(wish, opening_for(wish, start, now), asked)
    appointment.booked_by, appointment.key = by, key
    appointment.way_home, appointment.way_home_at = way_home, now if way_home else None
    if held:
        appointment.pk, appointment.booked_at = held.pk, now
    with traced(client, by, "appointment", appointment.pk):
        _keep(appointment, wish, now, new=held is None)
    return appointment


def opening_for(wish: Wish, start: datetime, now: datetime) -> OpenTime:
    """The opening at that start: room and second person of what is moved or held already are kept where they are free.

    Raises why there is none.
    """
    terms = wish.terms(now)
    opening = opening_at(wish, start, now=now, terms=terms)
    if opening is None:
        raise why_not(wish, start, now, terms)
    return opening


def _keep(appointment: Appointment, wish: Wish, now: datetime, *, new: bool) -> None:
    """The row, the change and the letters, or nothing of it."""
    by, start = appointment.booked_by, appointment.starts
    with overlap_as(lambda: TimeTaken(look=partial(nearest, wish, start, now=now))):
        appointment.save(force_insert=new, force_update=not new)
    AppointmentChange.objects.create(appointment=appointment, what="booked", by=by, became=start)
    take_its_place(appointment)
    BookingWish.objects.filter(client=appointment.client).delete()
    plan_booked(appointment, by=by)


def row_for(wish: Wish, opening: OpenTime, asked: Asked) -> Appointment:
    """Not saved yet."""
    kind = wish.kind
    span = Span.lasting(opening.start, kind.minutes)
    return Appointment(
        kind=kind,
        client=wish.client,
        request=asked.request,
        therapist=asked.therapist,
        room_id=opening.room_id,
        second_person_id=opening.second_person_id,
        place=asked.how,
        during=span.range,
        before=kind.before,
        after=kind.after,
        padded=span.padded(kind.before, kind.after).range,
    )


def _booked_before(by: Person | None, key: UUID) -> Appointment | None:
    return Appointment.objects.filter(booked_by=by, key=key).first()


def lock_client(client: Person | None) -> Person | None:
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


def may_book(asked: Asked, by: Person | None) -> None:
    """Visitors book calls, clients what they may with their own therapists, a therapist their own hours, the desk all."""
    kind, client, therapist = asked.kind, asked.client, asked.therapist
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
    refusal = rule_in_the_way(wish, start, now, terms) or (TimeTaken() if _is_taken(wish, start) else NotOffered())
    refusal.look = look
    return refusal


def _is_taken(wish: Wish, start: datetime) -> bool:
    """Whether somebody has it, rather than nobody being there."""
    padded = Span.lasting(start, wish.kind.minutes).padded(wish.kind.before, wish.kind.after)
    busy = Appointment.objects.filter(padded__overlap=padded.range, state__in=["held", "booked", "met"])
    return (busy.exclude(pk=wish.moving) if wish.moving else busy).exists()
