"""The guides that fit a client now: where they are on the way, read from appointments, consent and entries."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.module_loading import import_string

from koru.moments.spans import local_day
from koru.people.consents import has_consent
from koru.people.models import Person
from koru.people.stages import stage_of
from scheduling.sessions import dosing_sessions, phase_of

from . import library
from .catalogue import Guide
from .guiding import MOOD_DAYS, PREPARATION, Place, offered
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
    today = local_day(now, ZoneInfo(client.zone), client.day_starts)
    return Place(
        moods=tuple(import_string(settings.KORU_MOODS_TOLD)(client, today, MOOD_DAYS)),
        reading=phase_of(client, now),
        stage=_stage(client, held),
        hour=now.astimezone(ZoneInfo(client.zone)).hour,
        facts=frozenset(name for name, so in known.items() if so),
    )


def _stage(client: Person, held: bool) -> str:
    """Preparation until the first session was held; later what the two have agreed on, if anything."""
    if not held:
        return PREPARATION if has_consent(client, "treatment") else ""
    agreed = stage_of(client)
    return str(agreed.name) if agreed else ""
