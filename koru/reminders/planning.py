"""Planning letters: called inside the transaction of the deed that they follow from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from koru.moments.spans import Span
from koru.people.models import Person

from .models import Hush, Letter

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
    ISO instants and paths, never anything clinical.
    """

    kind: str
    to: Recipient
    about: UUID
    revision: int = 0
    due_at: datetime | None = None
    not_after: datetime | None = None
    offset: str = ""
    context: Mapping[str, str] = field(default_factory=dict)

    @property
    def dedupe_key(self) -> str:
        return ":".join((self.kind, str(self.about), str(self.revision), self.offset, self.to.key, "mail"))


def plan(letters: Iterable[Plan]) -> None:
    """Write letters to the outbox. One whose time has passed, or that was planned before, is left out.

    Quiet hours are applied when it is planned and looked at again when it is sent.
    """
    now = timezone.now()
    Letter.objects.bulk_create((_row(p, now) for p in letters if p.due_at is None or p.due_at > now), ignore_conflicts=True)


def _row(planned: Plan, now: datetime) -> Letter:
    due = planned.due_at or now
    return Letter(
        kind=planned.kind,
        to=planned.to.person,
        address=planned.to.address,
        zone=planned.to.zone,
        about=planned.about,
        revision=planned.revision,
        context=dict(planned.context),
        due_at=due,
        try_at=due,
        not_after=planned.not_after,
        dedupe_key=planned.dedupe_key,
    )


def withdraw(about: UUID, why: str, kinds: Iterable[str] | None = None) -> int:
    """Take back the unsent letters about something. How many there were."""
    unsent = Letter.objects.filter(UNSENT, about=about, handed_at=None)
    if kinds is not None:
        unsent = unsent.filter(kind__in=list(kinds))
    return unsent.update(withdrawn_at=timezone.now(), withdrawn_why=why)


def hush(about: UUID, person: Person, span: Span) -> None:
    """Let nothing be sent to somebody in a span, but what the kind allows. One hush a thing: a second call moves it."""
    Hush.objects.update_or_create(about=about, defaults={"person": person, "during": span.range})


def unhush(about: UUID) -> None:
    Hush.objects.filter(about=about).delete()
