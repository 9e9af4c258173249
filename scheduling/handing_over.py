"""Giving an appointment to another therapist at the same time: the same row, the same UID, one revision on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.spans import Span
from koru.people.models import Alliance, Person

from .alone import deed, overlap_as
from .holds import make_way
from .models import Appointment, AppointmentChange
from .moving import move, wish_to_move
from .open_times import open_times
from .reasons import THERAPIST_AWAY
from .refusals import OpenTime, TimeTaken
from .reminders import replan_handed_over, tell_therapist_of_before
from .standing import doing, in_time
from .terms import CLINIC_HORIZON, Terms


@neither
@deed
def hand_over(appointment: Appointment, therapist: Person, *, by: Person, reason: str = THERAPIST_AWAY) -> Appointment:
    """The same time with somebody else who is free then, leads its kind, and works with the client already.

    A visitor's talk is open to every therapist. Raises TimeTaken, NotNow; 404 for whom it isn't theirs to meet.
    """
    now = timezone.now()
    current = Appointment.objects.locked(appointment.pk)
    with doing(current, by, "appointment handed over"):
        if not by.is_desk:
            raise Http404
        in_time(current, by, now, reason)
        if therapist.pk not in candidates([current], now)[current.pk]:
            raise Http404
        make_way(by, now)
        opening = next(iter(_openings(current, [therapist.pk], by, now)), None)
        if opening is None:
            raise TimeTaken
        _give(current, therapist, opening)
        AppointmentChange.objects.create(
            appointment=current, what="handed", by=by, was=current.starts, became=current.starts, reason=reason
        )
        replan_handed_over(current, by=by)
    return current


@neither
@deed
def move_to(appointment: Appointment, therapist: Person, start: datetime, *, by: Person, reason: str = "") -> Appointment:
    """Another time, another therapist who may meet them, or both at once, as the desk decides.

    What belongs to it goes along and keeps its own therapist. Raises the refusals of moving; 404 for whom it isn't theirs.
    """
    current = Appointment.objects.locked(appointment.pk)
    if therapist.pk == current.therapist_id:
        return move(current, start, by=by, reason=reason)
    if not by.is_desk or therapist.pk not in candidates([current], timezone.now())[current.pk]:
        raise Http404
    if start == current.starts:
        before = current.therapist
        given = hand_over(current, therapist, by=by, reason=reason)
        tell_therapist_of_before(given, given.span, before, by=by)
        return given
    moved = move(current, start, by=by, reason=reason, therapist=therapist)
    AppointmentChange.objects.create(appointment=moved, what="handed", by=by, was=start, became=start, reason=reason)
    return moved


def who_may_meet(appointment: Appointment, now: datetime) -> list[Person]:
    """The one they have, then all others who may, in the order of candidates. Three queries."""
    keys = candidates([appointment], now)[appointment.pk]
    people = Person.objects.in_bulk(keys)
    return [appointment.therapist, *(people[key] for key in keys)]


def _give(appointment: Appointment, therapist: Person, opening: OpenTime) -> None:
    appointment.therapist = therapist
    appointment.room_id, appointment.second_person_id = opening.room_id, opening.second_person_id
    appointment.revision += 1
    with overlap_as(TimeTaken):
        appointment.save(update_fields=["therapist", "room", "second_person", "revision"])


def candidates(appointments: Sequence[Appointment], now: datetime) -> dict[UUID, list[UUID]]:
    """By appointment, who may meet whom besides the one they have: for clients those who work with them now, the longest
    first; for visitors every therapist. Two queries."""
    clients = [one.client_id for one in appointments if one.client_id]
    working: dict[UUID, list[UUID]] = {}
    allied = Alliance.objects.current().filter(client__in=clients, therapist__is_active=True).order_by("since")
    for client, therapist in allied.values_list("client", "therapist"):
        working.setdefault(client, []).append(therapist)
    every = list(Person.objects.therapists().order_by("display_name").values_list("pk", flat=True))
    return {
        one.pk: [who for who in (working.get(one.client_id, []) if one.client_id else every) if who != one.therapist_id]
        for one in appointments
    }


def fitting(appointments: Sequence[Appointment], by: Person, now: datetime) -> Mapping[UUID, list[Person]]:
    """By appointment, who is free at its very time and may take it. One query for each that somebody might take."""
    who = candidates(appointments, now)
    free = {one.pk: _free(_openings(one, who[one.pk], by, now)) for one in appointments if who[one.pk]}
    people = Person.objects.in_bulk({person for found in free.values() for person in found})
    return {pk: [people[person] for person in found] for pk, found in free.items() if found}


def _free(openings: Iterable[OpenTime]) -> list[UUID]:
    return list(dict.fromkeys(one.therapist_id for one in openings))


def _openings(appointment: Appointment, therapists: Sequence[UUID], by: Person, now: datetime) -> list[OpenTime]:
    """What it was booked on stays as it was: papers aren't asked for anew, since its time doesn't change."""
    wish = replace(wish_to_move(appointment, by), therapists=tuple(therapists))
    span = Span(appointment.starts, appointment.starts + timedelta(seconds=1))
    return open_times(wish, span, now=now, terms=Terms(now, now + CLINIC_HORIZON))
