"""How meetings were, in the demo: two guessed and seen by both, one that waits for a guess, one kept private; and a thank-you.

The last two meetings have nothing said of them: they wait for the client.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid5
from zoneinfo import ZoneInfo

from journaling.models import Entry, Heard
from koru.moments.spans import local_day
from koru.people.models import Person
from moodtracking.connection.models import ConnectionCheckIn, Guess
from scheduling.models import Appointment

from .world import World

Values = Mapping[str, int]
EVENING, WAITS_SINCE = timedelta(hours=4), timedelta(days=5)
WORDS = "I had more to say about my brother, and then it was time."
OLDEST_FIRST: tuple[tuple[Values, Values | None, str, bool], ...] = (
    ({"heard": 80, "focus": 80, "way": 70, "whole": 80}, {"heard": 70, "focus": 90, "way": 70, "whole": 70}, "", True),
    ({"heard": 90, "focus": 80, "way": 80, "whole": 90}, {"heard": 90, "focus": 60, "way": 80, "whole": 80}, "", True),
    ({"heard": 80, "way": 60, "whole": 70}, None, "Not sure yet.", False),
    ({"heard": 60, "focus": 50, "way": 80, "whole": 80}, None, WORDS, True),
)
THANKS = "Thank you for letting me read this. I’d like to hear more."


def add_connection(world: World, client: Person) -> None:
    met = Appointment.objects.of_client(client).filter(state=Appointment.State.MET, during__endswith__lt=world.now - WAITS_SINCE)
    meetings = list(met.exclude(kind="consultation").order_by("-during")[: len(OLDEST_FIRST)])[::-1]
    for meeting, (answers, guess, words, shared) in zip(meetings, OLDEST_FIRST, strict=False):
        row = _said(client, meeting, answers, words, shared)
        if guess:
            seen = row.at + timedelta(days=2)
            Guess.objects.create(check_in=row, client=client, therapist=meeting.therapist, answers=dict(guess), at=seen)
    _heard(world, client)


def _said(client: Person, meeting: Appointment, answers: Values, words: str, shared: bool) -> ConnectionCheckIn:
    at = meeting.ends + (timedelta(days=2) if meeting.kind_id == "dosing" else EVENING)
    return ConnectionCheckIn.objects.create(
        client=client, appointment=meeting, therapist=meeting.therapist, answers=dict(answers), words=words, with_words=shared,
        shared_at=at if shared else None, at=at, zone=client.zone, key=uuid5(client.pk, f"connection {meeting.pk}"),
        local_date=local_day(at, ZoneInfo(client.zone), client.day_starts),
    )  # fmt: skip


def _heard(world: World, client: Person) -> None:
    """What the therapist read this morning: the newest entry that they may."""
    entry = Entry.objects.written_by(client).exclude(share="only_me").first()
    alliance = client.alliances.current().select_related("therapist").first()
    if entry and alliance:
        version, at = entry.edited_at or entry.made_at, _a_little_ago(world.now, entry.at)
        Heard.objects.create(client=client, entry=entry, version=version, by=alliance.therapist, words=THANKS, at=at)


def _a_little_ago(now: datetime, written: datetime) -> datetime:
    return max(now - timedelta(hours=3), written)
