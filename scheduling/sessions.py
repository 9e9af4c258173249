"""A client's dosing sessions, read from the appointments."""

from datetime import datetime
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.people.consents import has_consent
from koru.people.models import Person

from .models import Appointment
from .phases import DosingSession, Reading, phase_at


def dosing_sessions(client: Person) -> list[DosingSession]:
    """All that are booked or took place, oldest first. One query."""
    rows = (
        Appointment.objects.dosing()
        .filter(client=client, state__in=["booked", "met"])
        .order_by("during")
        .values_list("during", "ended_at")
    )
    spans = ((Span.of_range(during), ended) for during, ended in rows)
    return [DosingSession(span.start, span.end, ended) for span, ended in spans]


def phase_of(client: Person, now: datetime) -> Reading:
    """Where the client stands now, in their own days."""
    return phase_at(
        now,
        dosing_sessions(client),
        ZoneInfo(client.zone),
        client.day_starts,
        consented=has_consent(client, "treatment"),
    )
