"""The brief: one page read before a session, built from what the client shares (clinical.md 9). Nothing is composed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from journaling.holding import something_to_make_room_for
from journaling.passages import PassageView, brought_passages
from journaling.reading import EntryView, pinned
from koru.people.models import Clearance, Consent
from koru.privacy.door import Record
from moodtracking.change import Change, change_since_session
from moodtracking.item_sets import load
from moodtracking.models import CheckIn
from moodtracking.phrases import in_short
from scheduling.models import Appointment

AFTER_DAYS = timedelta(days=8)
NEEDED = "treatment"


@dataclass(frozen=True, slots=True)
class AfterSession:
    """One side-effect check-in: when, what was noted with its strength, and what was asked and not there."""

    at: datetime
    noted: str
    none: str


@dataclass(frozen=True, slots=True)
class Practical:
    """Can it go ahead: what the desk holds too. `way_home` is only whether somebody was named."""

    clearance: Clearance | None
    consents: tuple[Consent, ...]
    way_home: str

    @property
    def consented(self) -> bool:
        return any(consent.kind == NEEDED for consent in self.consents)

    def cleared_on(self, day: date) -> bool:
        until = self.clearance.valid_until if self.clearance and self.clearance.verdict == "yes" else None
        return until is not None and until >= day

    @property
    def cleared_today(self) -> bool:
        return self.cleared_on(timezone.now().date())


@dataclass(frozen=True, slots=True)
class Brief:
    next: Appointment | None
    pins: list[EntryView]
    passages: list[PassageView]
    room: bool
    change: Change | None
    after: list[AfterSession]
    practical: Practical

    @property
    def is_near(self) -> bool:
        """Within twelve hours of its start, or running: then it can be started and ended."""
        return self.next is not None and self.next.span.start - timezone.now() < timedelta(hours=12)


def brief_of(record: Record) -> Brief:
    """All blocks of a record, read while it is open."""
    now = timezone.now()
    ahead = Appointment.objects.of_client(record.client).upcoming().first()
    return Brief(
        next=ahead,
        pins=pinned(record),
        passages=brought_passages(record),
        room=something_to_make_room_for(record),
        change=change_since_session(record, now),
        after=after_session(record, now),
        practical=practical(record, ahead),
    )


def after_session(record: Record, now: datetime) -> list[AfterSession]:
    """What was noted about the body since the last dosing session, newest first."""
    rows = CheckIn.objects.readable_in(record).filter(kind=CheckIn.Kind.SIDE_EFFECT, at__gt=now - AFTER_DAYS)
    told = rows.order_by("-at").values_list("at", "answers")
    return [AfterSession(at, in_short(there(answers)), ", ".join(absent(answers))) for at, answers in told]


def there(answers: Mapping[str, float]) -> dict[str, float]:
    return {key: value for key, value in answers.items() if value}


def absent(answers: Mapping[str, float]) -> list[str]:
    effects = load().side_effects
    return [effects[key].ask.lower() for key, value in answers.items() if not value and key in effects]


def practical(record: Record, ahead: Appointment | None) -> Practical:
    client = record.client
    consents = tuple(Consent.objects.filter(client=client).in_force().order_by("given_at"))
    return Practical(Clearance.objects.filter(client=client).first(), consents, ahead.way_home if ahead else "")
