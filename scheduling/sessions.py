"""A client's dosing sessions, read from the appointments."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from koru.moments.questions import Together
from koru.moments.spans import Span
from koru.people.models import Consent, Person

from .models import Appointment
from .phases import DosingSession, Reading, phase_at


def about_sessions(client: Person) -> "QuerySet[Any, Any]":
    rows = Appointment.objects.dosing().filter(client=client, state__in=["booked", "met"])
    return rows.order_by("during").values_list("during", "started_at", "ended_at")


sessions_alone = Together(lambda client: [about_sessions(client)])


def sessions_from(rows: Iterable[Any]) -> list[DosingSession]:
    spans = ((Span.of_range(during), *tapped) for during, *tapped in rows)
    return [DosingSession(started or span.start, span.end, ended) for span, started, ended in spans]


def dosing_sessions(client: Person) -> list[DosingSession]:
    """All that are booked or took place, oldest first. One query."""
    (rows,) = sessions_alone(client)
    return sessions_from(rows)


def has_met(client: Person) -> "QuerySet[Any, Any]":
    """One row when any appointment took place."""
    return Appointment.objects.filter(client=client, state=Appointment.State.MET).values_list("state")[:1]


def about_phase(client: Person) -> "Sequence[QuerySet[Any, Any]]":
    """What a phase is read from: the dosing sessions, and whether the client has consented to treatment."""
    consent = Consent.objects.filter(client=client, kind="treatment").in_force()
    return about_sessions(client), consent.values_list("kind")[:1]


def phase_from(answers: Sequence[list[Any]], client: Person, now: datetime) -> Reading:
    sessions, consent = answers
    zone = ZoneInfo(client.zone)
    return phase_at(now, sessions_from(sessions), zone, client.day_starts, consented=bool(consent))


together = Together(about_phase)


def phase_of(client: Person, now: datetime) -> Reading:
    """Where the client stands now, in their own days. One query."""
    return phase_from(together(client), client, now)


def last_begun(client: Person, now: datetime) -> Appointment | None:
    """The meeting that is running or was last. One query."""
    mine = Appointment.objects.of_client(client).filter(state__in=["booked", "met"], during__startswith__lte=now)
    found: Appointment | None = mine.order_by("-during").first()
    return found
