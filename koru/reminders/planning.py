"""Planning letters: called inside the transaction of the deed that they follow from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Least
from django.utils import timezone

from koru.moments.spans import Span
from koru.people.models import Person

from .kinds import kind, load
from .making_room import make_room
from .models import AskingPause, Hush, Letter
from .poking import poke
from .quiet import Rest, settled
from .reaching import ways_of
from .resting import Chosen, chosen_by, rests_of

UNSENT = Q(sent_at=None, withdrawn_at=None, failed_at=None)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets a letter: a person with an account, or a visitor by address."""

    zone: str
    person: Person | None = None
    address: str = ""

    @classmethod
    def of(cls, person: Person) -> "Recipient":
        return cls(person.zone, person)

    @property
    def key(self) -> str:
        return str(self.person.pk) if self.person else self.address.lower()


@dataclass(frozen=True, slots=True)
class Plan:
    """A letter to be.

    `due_at` None means at once. `not_after` is the instant from which it has lost its use (the start of what it
    announces). `offset` tells letters of one kind about one thing apart. `context` holds words for the template: names,
    ISO instants and paths (listed at the head of rendering.py), never anything clinical. `token` takes the place of
    "{token}" in the paths and is kept sealed. `asked`: a letter at once answers what the reader has just done or asked for,
    so quiet hours don't hold it back, nor the quiet day where the kind allows that. `put_off`: the reader chose this time
    instead of an earlier one: it is the same note, so it doesn't count towards the ceiling again.
    """

    kind: str
    to: Recipient
    about: UUID
    revision: int = 0
    due_at: datetime | None = None
    not_after: datetime | None = None
    offset: str = ""
    context: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    asked: bool = True
    put_off: bool = False

    @property
    def stem(self) -> str:
        """What makes it the same letter, by whichever channel."""
        return ":".join((self.kind, str(self.about), str(self.revision), self.offset, self.to.key))


@transaction.atomic
def plan(letters: Iterable[Plan]) -> None:
    """Write letters to the outbox, one a channel. One whose time has passed, or that was planned before, is left out.

    Quiet hours and the quiet day move a letter or drop it, now and again when it is sent; over one a day and three a
    week (apart from appointments) the less important is dropped. What is due now goes out as soon as this is committed.
    """
    now = timezone.now()
    timely = [one for one in letters if _is_wanted(one, now)]
    zones = {one.to.person.pk: one.to.zone for one in timely if one.to.person}
    chosen = chosen_by(zones)
    rests = rests_of(zones, chosen)
    rows = [row for one in timely if (due := _due(one, now, rests)) for row in _rows(one, due, chosen)]
    Letter.objects.bulk_create(rows, ignore_conflicts=True)
    make_room(row.to_id for row in rows if row.to_id and kind(row.kind).ceiling and not row.put_off)
    if any(row.due_at <= now for row in rows):
        transaction.on_commit(poke)


def _is_wanted(planned: Plan, now: datetime) -> bool:
    """Not past its time, and not of a kind that is off until a clinic turns it on (which none can yet)."""
    return (planned.due_at is None or planned.due_at > now) and not kind(planned.kind).off_by_default


def _due(planned: Plan, now: datetime, rests: Mapping[UUID, Rest]) -> datetime | None:
    """When it goes out. None when quiet hours or the quiet day leave it no useful time."""
    to = planned.to
    rest = rests[to.person.pk] if to.person else Rest(ZoneInfo(to.zone))
    return settled(planned.due_at or now, planned.not_after, kind(planned.kind), rest, asked=_is_asked(planned))


def _is_asked(planned: Plan) -> bool:
    return planned.asked and planned.due_at is None


def _rows(planned: Plan, due: datetime, chosen: Chosen) -> list[Letter]:
    to = planned.to
    channels = ways_of(to.person.pk, kind(planned.kind), chosen) if to.person else ("mail",)
    return [
        Letter(
            kind=planned.kind,
            channel=channel,
            to=to.person,
            address=to.address,
            zone=to.zone,
            about=planned.about,
            revision=planned.revision,
            context=dict(planned.context),
            token=planned.token,
            due_at=due,
            try_at=due,
            not_after=planned.not_after,
            asked=_is_asked(planned),
            put_off=planned.put_off,
            dedupe_key=f"{planned.stem}:{channel}",
        )
        for channel in channels
    ]


def withdraw(about: UUID, why: str, kinds: Iterable[str] | None = None) -> int:
    """Take back the unsent letters about something. How many there were.

    One that was handed over just now, without an answer yet, can't be taken back; but it is not tried again. What went
    out before leaves the inbox: it holds no longer.
    """
    about_it = Letter.objects.filter(about=about, withdrawn_at=None, failed_at=None)
    if kinds is not None:
        about_it = about_it.filter(kind__in=list(kinds))
    taken = about_it.filter(handed_at=None).update(withdrawn_at=timezone.now(), withdrawn_why=why)
    about_it.exclude(handed_at=None).update(not_after=Least("not_after", "due_at"))
    return taken


def withdraw_after_goodbye(person: Person, why: str) -> int:
    """Take back every unsent letter that would still ask something of somebody. How many there were."""
    asking = [one.name for one in load().values() if one.rests_after_goodbye]
    mine = Letter.objects.filter(UNSENT, to=person, kind__in=asking, handed_at=None)
    return mine.update(withdrawn_at=timezone.now(), withdrawn_why=why)


def hush(about: UUID, person: Person, span: Span) -> None:
    """Let nothing be sent to somebody in a span, but what the kind allows. One hush a thing: a second call moves it."""
    Hush.objects.update_or_create(about=about, defaults={"person": person, "during": span.range})


def hush_each(spans: Mapping[UUID, Span], person: Person) -> None:
    """The same for several new things at once."""
    Hush.objects.bulk_create(Hush(about=about, person=person, during=span.range) for about, span in spans.items())


def unhush(about: UUID) -> None:
    Hush.objects.filter(about=about).delete()


def pause_asking(about: UUID, person: Person) -> None:
    """From now on nothing is sent that asks something of them, until `resume_asking`. Twice about one thing is once."""
    AskingPause.objects.bulk_create([AskingPause(about=about, person=person)], ignore_conflicts=True)


def resume_asking(about: UUID) -> None:
    AskingPause.objects.filter(about=about).delete()
