"""The guides that fit a client now: where they are on the way, read from appointments, consent and entries."""

from datetime import datetime
from zoneinfo import ZoneInfo

from koru.people.consents import has_consent
from koru.people.models import Person
from scheduling.sessions import dosing_sessions, phase_of

from . import library
from .catalogue import Guide
from .guiding import PREPARATION, Place, offered
from .models import Entry


def guides_for(client: Person, now: datetime) -> list[Guide]:
    """The guides that fit a client now."""
    return offered(library.load().guides.values(), place_of(client, now))


def place_of(client: Person, now: datetime) -> Place:
    sessions = dosing_sessions(client)
    held = any(session.end(now) for session in sessions)
    running = any(session.starts <= now and session.end(now) is None for session in sessions)
    known = {
        "no-entry": not Entry.objects.written_by(client).exists(),
        "no-held-session": not held,
        "not-started": not running,
    }
    return Place(
        reading=phase_of(client, now),
        stage=PREPARATION if not held and has_consent(client, "treatment") else "",
        hour=now.astimezone(ZoneInfo(client.zone)).hour,
        facts=frozenset(name for name, so in known.items() if so),
    )
