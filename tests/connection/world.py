"""A client and their therapist who have met, and what was said of it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from koru.moments.spans import Span
from koru.people.models import Person
from moodtracking.connection.answering import Told, answer
from moodtracking.connection.models import ConnectionCheckIn
from scheduling.models import Appointment
from tests.care.world import make_pair, signed_in

__all__ = ["ALL", "CANARY", "make_pair", "met", "said", "signed_in"]

ALL = {"heard": 80, "focus": 70, "way": 90, "whole": 80}
CANARY = "a canary about a meeting"


def met(
    client: Person, therapist: Person, ended: datetime | None = None, kind: str = "integration", **fields: Any
) -> Appointment:
    """A meeting that took place and ended then, by default an hour ago."""
    end = ended or timezone.now() - timedelta(hours=1)
    span = Span(end - timedelta(minutes=50), end)
    words = {"state": "met", "started_at": span.start, "ended_at": span.end, **fields}
    return Appointment.objects.create(
        kind_id=kind, client=client, therapist=therapist, place="video", during=span.range, before=0, after=0,
        padded=span.range, **words,
    )  # fmt: skip


def said(client: Person, meeting: Appointment, answers: dict[str, int] | None = None, **told: Any) -> ConnectionCheckIn:
    """Shared with its words unless told otherwise."""
    words = {"words": CANARY, "shares": True, "with_words": True, **told}
    return answer(meeting, Told(ALL if answers is None else answers, **words), key=uuid4(), by=client)
