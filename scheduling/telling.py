"""Telling of a change two minutes after it, so that what is undone by then was never told."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from koru.moments.spans import Span
from koru.people.models import Person
from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT, Plan, Recipient

from .letter_words import Telling
from .models import Appointment, CourseDate

UNDO = timedelta(minutes=2)
CHANGED = "appointment-changed"
MISSED = "appointment-missed"
CONFIRMED = ("appointment-booked", "consultation-booked")

Untold = Mapping[str, datetime]


def untold(appointment: Appointment) -> Untold:
    """By recipient, the start they still know because word of its change has not gone out. Held against the senders."""
    waiting = Letter.objects.filter(UNSENT, about=appointment.pk, kind=CHANGED, handed_at=None).select_for_update()
    found = waiting.values_list("to_id", "address", "context__before")
    return {str(to or address.lower()): datetime.fromisoformat(before) for to, address, before in found}


def word_of_change(telling: Telling, was: Span, known: Untold, told: Iterable[Recipient], variant: str = "") -> Iterator[Plan]:
    """To each of `told`, from the time they know; nothing to whom it is that time again. `variant`: "" or "cancelled"."""
    for to in told:
        start = known.get(to.key, was.start)
        if variant or start != telling.appointment.starts:
            yield _changed(telling, to, Span.lasting(start, was.minutes), variant)


def word_of_person(telling: Telling, known: Untold, to: Recipient, variant: str) -> Iterator[Plan]:
    """That somebody else meets them; to whom its time is new as well, that time alone."""
    span = telling.appointment.span
    knew = Span.lasting(known.get(to.key, span.start), span.minutes)
    yield _changed(telling, to, knew, "" if knew.start != span.start else variant)


def word_of_missing(telling: Telling, client: Person, reason: str) -> Plan:
    """That it did not take place is nobody's fault; or it was on our side, and we are sorry."""
    appointment = telling.appointment
    context = telling.facts(client) | ({"variant": "our-side"} if reason == "clinic" else {})
    due_at, revision = timezone.now() + UNDO, appointment.revision
    offset = timezone.now().isoformat(timespec="minutes")  # undone and missed again is told again
    return Plan(MISSED, Recipient.of(client), appointment.pk, revision, due_at, offset=offset, context=context, asked=False)


def never_confirmed(appointment: Appointment) -> bool:
    """Whether not even the booking has been told yet: its letter was taken back before it went out."""
    if CourseDate.objects.filter(appointment=appointment).exists():
        return False  # the letter of its course has told it
    return not Letter.objects.filter(about=appointment.pk, kind__in=CONFIRMED).exclude(handed_at=None).exists()


def _changed(telling: Telling, to: Recipient, knew: Span, variant: str) -> Plan:
    """Cancelled, it speaks of the time they know."""
    appointment = telling.appointment
    context = telling.facts(to.person, knew)
    if variant:
        context |= {"variant": variant, "starts": knew.start.isoformat(), "ends": knew.end.isoformat()}
    return Plan(
        CHANGED,
        to,
        appointment.pk,
        appointment.revision,
        due_at=timezone.now() + UNDO,
        offset=variant,
        context=context,
        token=telling.token(to.person),
    )
