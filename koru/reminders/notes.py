"""The page of notes: what somebody was told lately and that still holds, whichever way it came.

A note by several channels stands there once. It is new while its letter came to the inbox and wasn't opened: what came by
mail or push has been told elsewhere. Words are made anew at each look, and nothing of them is kept.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from koru.moments.directions import neither
from koru.people.clinic import the_clinic
from koru.people.models import Clinic, Person
from koru.sealing.envelope import CannotOpen

from .kinds import kind, load
from .models import Letter
from .rendering import brief
from .stopping import later_path

STANDS = timedelta(days=30)
MOST = 50
READ_BY_MANY = 200  # rows looked at, of which several may be one note


@dataclass(frozen=True, slots=True)
class Note:
    """One note as its reader finds it. `path`: where it leads, within Koru."""

    id: UUID
    kind: str
    words: str
    path: str
    at: datetime
    is_new: bool
    later_path: str = ""


def standing_for(person: Person, now: datetime, since: datetime | None = None) -> QuerySet[Letter]:
    """The letters that stand in somebody's inbox: gone out since (usually thirty days), and still of use.

    Only kinds that their present role gets: who was a client once and works here now has another inbox.
    """
    kinds = [one.name for one in load().values() if "inbox" in one.channels and person.role in one.audience]
    useful = Q(not_after=None) | Q(not_after__gt=now)
    return Letter.objects.filter(useful, to=person, kind__in=kinds, withdrawn_at=None, sent_at__gt=since or now - STANDS)


def about_new(person: Person, now: datetime, since: datetime) -> "QuerySet[Letter, Any]":
    """The letters that are new to them, one row each: asked together with what else a page asks. `since`: as above."""
    return new_to(person, now, since).values_list("pk")


def new_to(person: Person, now: datetime, since: datetime | None = None) -> QuerySet[Letter]:
    return standing_for(person, now, since).filter(channel="inbox", read_at=None)


def notes_of(person: Person) -> list[Note]:
    """Newest first. One query, and one for the clinic."""
    by_stem: dict[str, list[Letter]] = {}
    for letter in standing_for(person, timezone.now()).select_related("to").order_by("-sent_at")[:READ_BY_MANY]:
        by_stem.setdefault(letter.stem, []).append(letter)
    return list(islice(_told(by_stem.values(), the_clinic()), MOST))


def _told(notes: Any, clinic: Clinic) -> Iterator[Note]:
    now = timezone.now()
    for letters in notes:
        letter: Letter = letters[0]
        try:
            said = brief(letter, clinic, now)
        except (KeyError, ValueError, CannotOpen):
            logging.getLogger(__name__).exception("a note of kind %s can't be shown", letter.kind)
            continue
        new = any(one.channel == "inbox" and one.read_at is None for one in letters)
        yield Note(letter.pk, letter.kind, said.subject, path_of(said.link), letter.sent_at or letter.due_at, new, _later(letter))


def _later(letter: Letter) -> str:
    return later_path(letter.pk) if kind(letter.kind).later else ""


def path_of(link: str) -> str:
    """Where a letter's link leads within Koru; the inbox itself, for a letter without one."""
    parts = urlsplit(link)
    return parts._replace(scheme="", netloc="").geturl() or "/inbox/"


@neither
def take_note(letter: Letter, *, by: Person) -> str:
    """Its reader opens a note. Where it leads. Raises KeyError, ValueError or CannotOpen when it can't be read."""
    now = timezone.now()
    path = path_of(brief(letter, the_clinic(), now).link)
    rows = standing_for(by, now).filter(kind=letter.kind, about=letter.about, read_at=None)
    rows.filter(dedupe_key__startswith=letter.stem).update(read_at=Now())
    return path


@neither
def take_note_of_all(person: Person, *, by: Person) -> int:
    """None is new any more. How many were."""
    return new_to(person, timezone.now()).update(read_at=Now())
