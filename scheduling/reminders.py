"""When somebody is written to about an appointment: the policy of clinical.md section 8, planned with each deed."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.people.models import Person
from koru.reminders.planning import Plan, Recipient, hush, plan, unhush, withdraw

from .due_times import FORENOON, days_before, hours_before, morning_after, quiet_day
from .letter_words import facts
from .models import Appointment

CHANGED = "appointment-changed"


def plan_booked(appointment: Appointment) -> None:
    """The confirmation at once, and all reminders ahead."""
    plan([*_confirmations(appointment), *_ahead(appointment)])
    _hush(appointment)


def replan_moved(appointment: Appointment, was: Span, *, by: Person | None) -> None:
    """Nothing goes out for the old time any more; the new one is told at once, and has its own reminders."""
    withdraw(appointment.pk, "moved")
    plan([*_changes(appointment, "", was, by), *_ahead(appointment)])
    _hush(appointment)


def withdraw_cancelled(appointment: Appointment, *, by: Person | None) -> None:
    withdraw(appointment.pk, "cancelled")
    unhush(appointment.pk)
    plan(_changes(appointment, "cancelled", appointment.span, by))


def withdraw_missed(appointment: Appointment) -> None:
    """As if it had not been; nobody is written to about it."""
    withdraw(appointment.pk, "missed")
    unhush(appointment.pk)


def replan_ended(appointment: Appointment) -> None:
    """What follows a session follows its actual end."""
    if appointment.kind_id == "dosing" and appointment.client and appointment.ended_at:
        letters = list(_after(appointment, Recipient.of(appointment.client), appointment.ended_at))
        if letters[0].offset != _after_offset(appointment.during.upper, appointment.client.zone):
            withdraw(appointment.pk, "ended on another day", ["first-morning"])
        plan(letters)


def _hush(appointment: Appointment) -> None:
    if appointment.kind_id == "dosing" and appointment.client:
        hush(appointment.pk, appointment.client, quiet_day(appointment.during.lower, ZoneInfo(appointment.client.zone)))


def _recipient(appointment: Appointment) -> Recipient | None:
    """The client, or the visitor while there is no client."""
    if appointment.client:
        return Recipient.of(appointment.client)
    request = appointment.request
    return Recipient(request.zone, address=request.email) if request and request.email else None


def _letter(appointment: Appointment, kind: str, to: Recipient, due_at: datetime | None, offset: str = "") -> Plan:
    return Plan(
        kind=kind,
        to=to,
        about=appointment.pk,
        revision=appointment.revision,
        due_at=due_at,
        not_after=appointment.during.lower,
        offset=offset,
        context=facts(appointment),
    )


def _confirmations(appointment: Appointment) -> Iterator[Plan]:
    if to := _recipient(appointment):
        yield _letter(appointment, "appointment-booked" if to.person else "consultation-booked", to, None)


def _changes(appointment: Appointment, variant: str, was: Span, by: Person | None) -> Iterator[Plan]:
    """To the client or visitor, and to the therapist unless it was their own deed."""
    told = [to for to in (_recipient(appointment),) if to]
    if by is None or by.pk != appointment.therapist_id:
        told.append(Recipient.of(appointment.therapist))
    for to in told:
        context = {**facts(appointment, to.person, was), **({"variant": variant} if variant else {})}
        yield Plan(CHANGED, to, appointment.pk, appointment.revision, offset=variant, context=context)


def _ahead(appointment: Appointment) -> Iterator[Plan]:
    to = _recipient(appointment)
    if to is None:
        return
    if to.person is None:
        yield from _before_call(appointment, to)
    elif appointment.kind_id == "dosing":
        yield from _before_session(appointment, to)
        yield from _after(appointment, to, appointment.during.upper)
    else:
        due = days_before(appointment.during.lower, 1, ZoneInfo(to.zone))
        yield _letter(appointment, "meeting-tomorrow", to, due, "1d")


def _before_call(appointment: Appointment, to: Recipient) -> Iterator[Plan]:
    start = appointment.during.lower
    yield _letter(appointment, "consultation-soon", to, days_before(start, 1, ZoneInfo(to.zone)), "1d")
    hour = _letter(appointment, "consultation-soon", to, hours_before(start, 1), "1h")
    hour_context = {**hour.context, "variant": "hour"}
    yield Plan(hour.kind, to, hour.about, hour.revision, hour.due_at, hour.not_after, hour.offset, hour_context)


def _before_session(appointment: Appointment, to: Recipient) -> Iterator[Plan]:
    start, zone = appointment.during.lower, ZoneInfo(to.zone)
    yield _letter(appointment, "session-week", to, days_before(start, 7, zone, FORENOON), "7d")
    yield _letter(appointment, "session-two-days", to, days_before(start, 2, zone, FORENOON), "2d")
    yield _letter(appointment, "session-tomorrow", to, days_before(start, 1, zone), "1d")
    yield _letter(appointment, "session-today", to, hours_before(start, 2), "2h")


def _after(appointment: Appointment, to: Recipient, end: datetime) -> Iterator[Plan]:
    due = morning_after(end, ZoneInfo(to.zone))
    yield Plan(
        "first-morning",
        to,
        appointment.pk,
        appointment.revision,
        due,
        offset=_after_offset(end, to.zone),
        context={**facts(appointment), "path": "/check-in/"},
    )


def _after_offset(end: datetime, zone: str) -> str:
    """The morning's date: ended on the booked day, it is the very letter that was planned with the booking."""
    return morning_after(end, ZoneInfo(zone)).astimezone(ZoneInfo(zone)).date().isoformat()
