"""What a therapist learns of a client who is quieter than usual: nothing that the client did not hear first. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

SAID = {"all_right": "Says that all is right", "busy": "Says: just busy", "call": "Asked for a call"}


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody who is quieter than usual, since when their therapist may know. `answer`: what they let them know."""

    since: datetime
    answer: str = ""

    @property
    def words(self) -> str:
        return SAID.get(self.answer, "No answer to a hello yet")


def may_know(answer: str, told_at: datetime | None, heard_at: datetime | None, after: int | None) -> datetime | None:
    """From when a therapist may know. None: never, as it stands.

    Told with an answer: from then. Unanswered: so many hours after they heard the hello, if they agreed to that.
    """
    if told_at is not None:
        return told_at
    if answer or heard_at is None or after is None:
        return None
    return heard_at + timedelta(hours=after)


def quiet_from(rows: Iterable[Any], now: datetime) -> dict[UUID, Quiet]:
    """By client, of those whom a therapist may know to be quieter than usual now."""
    told: dict[UUID, Quiet] = {}
    for client, answer, told_at, heard_at, after in rows:
        since = may_know(answer, told_at, heard_at, after)
        if since and since <= now:
            told[client] = Quiet(since, answer if told_at else "")
    return told
