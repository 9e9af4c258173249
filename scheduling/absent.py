"""A therapist's sick day: their time is closed and everybody they were to meet is noted, in one deed. Nobody is told by it.

What is done for each person then are the deeds that there are: moved, given to somebody else, cancelled, or said to stay.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.spans import Span
from koru.moments.walltime import instant_of
from koru.people.clinic import clinic_zone
from koru.people.models import Person

from .alone import deed
from .hours import add_days, remove_days
from .models import Absence, Affected, Appointment, AvailabilityException
from .refusals import Refused
from .standing import doing

AWAY = AvailabilityException.What.AWAY
LONGEST = timedelta(days=62)


class ChangedAlready(Refused):
    words = "Somebody has just changed this one. Look again at how it stands now."


@neither
@deed
def begin_absence(person: Person, first: date, last: date, *, by: Person, opens: time | None = None) -> Absence:
    """Close their time and note everybody booked in it. The same again, or more days from the same first one: one guide."""
    if not by.is_desk or last - first > LONGEST:
        raise Http404
    absence, _ = Absence.objects.get_or_create(
        person=person, first=first, back_at=None, defaults={"last": last, "opens": opens, "begun_by": by}
    )
    _widen(absence, last, opens)
    _close(absence, by)
    rows = Appointment.objects.filter(_theirs(person), state=Appointment.State.BOOKED, started_at=None)
    rows = rows.filter(padded__overlap=span_of(absence).range, during__startswith__gt=timezone.now())
    affected = (Affected(absence=absence, appointment=one, starts=one.starts) for one in rows)
    Affected.objects.bulk_create(affected, ignore_conflicts=True)
    return absence


def _widen(absence: Absence, last: date, opens: time | None) -> None:
    absence.last = max(absence.last, last)
    absence.opens = min(absence.opens, opens) if absence.opens and opens else None
    absence.save(update_fields=["last", "opens"])


def _close(absence: Absence, by: Person) -> None:
    """The first day from the hour on, all others whole. Days that were away before stay so when this ends."""
    away = AvailabilityException.objects.filter(therapist=absence.person, on__range=(absence.first, absence.last))
    before = list(away.values_list("pk", flat=True))
    later = absence.first + timedelta(days=1) if absence.opens else absence.first
    if absence.opens:
        add_days(absence.person, AWAY, absence.first, absence.first, by=by, opens=absence.opens)
    if later <= absence.last:
        add_days(absence.person, AWAY, later, absence.last, by=by)
    away.exclude(pk__in=before).update(absence=absence)


def span_of(absence: Absence) -> Span:
    zone = clinic_zone()
    start = instant_of(absence.first, absence.opens or time(0), zone)
    return Span(start, instant_of(absence.last + timedelta(days=1), time(0), zone))


def _theirs(person: Person) -> Q:
    return Q(therapist=person) | Q(second_person=person)


@neither
@deed
def end_absence(absence: Absence, *, by: Person) -> None:
    """They are here after all: their time opens again. What was changed meanwhile stays changed. Twice is as once."""
    if not by.is_desk:
        raise Http404
    current = Absence.objects.select_for_update(of=("self",)).select_related("person").get(pk=absence.pk)
    if current.back_at:
        return
    remove_days(list(current.days.values_list("pk", flat=True)), whose=current.person, by=by)
    current.back_at, current.back_by = timezone.now(), by
    current.save(update_fields=["back_at", "back_by"])


@neither
@deed
def note_call(affected: Affected, *, by: Person) -> None:
    """Somebody has called: who, and when. How it goes on is still open."""
    current = Appointment.objects.locked(affected.appointment_id)
    with doing(current, by, "appointment called about"):
        Affected.objects.filter(pk=affected.pk).update(called_by=by, called_at=timezone.now())


@deed
def if_unchanged(appointment: UUID, revision: int, act: Callable[[Appointment], object]) -> None:
    """Do it to the appointment as it was shown; of two who do at once, the second is told. Raises ChangedAlready."""
    current = Appointment.objects.locked(appointment)
    if current.revision != revision or current.state != Appointment.State.BOOKED:
        raise ChangedAlready
    act(current)


def open_absences(now: datetime) -> list[Absence]:
    """Those that nobody has ended and that are not long over."""
    today = now.astimezone(clinic_zone()).date()
    found = Absence.objects.filter(back_at=None, last__gte=today - timedelta(days=14))
    return list(found.select_related("person", "begun_by"))
