"""The brief: one page read before a session, built from what the client shares (clinical.md 9). Nothing is composed."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from journaling import holding as writing_held
from journaling.intentions import intention_for
from journaling.passages import PassageView, brought_passages
from journaling.reading import EntryView, pinned
from koru.people.clinic import clinic_today, clinic_zone
from koru.people.models import Clearance, Consent
from koru.practices.lately import Lately, lately_in
from koru.privacy.door import Record
from moodtracking import holding as check_ins_held
from moodtracking.change import Change, change_since_session
from scheduling.checklist_page import Told, told_of
from scheduling.day_state import DayState, day_of
from scheduling.models import Appointment
from scheduling.routine_told import RoutineTold, routine_told

from .after_session import After, after_session
from .brief_measures import Measures, measures_of
from .connection import Connection, connection_in

NEEDED = "treatment"


@dataclass(frozen=True, slots=True)
class Practical:
    """Can it go ahead: what the desk holds too, today by the clinic's calendar. `told`: way home and food rule."""

    clearance: Clearance | None
    consents: tuple[Consent, ...]
    told: Told | None
    today: date

    @property
    def consented(self) -> bool:
        return any(consent.kind == NEEDED for consent in self.consents)

    @property
    def cleared_today(self) -> bool:
        until = self.clearance.valid_until if self.clearance and self.clearance.verdict == "yes" else None
        return until is not None and until >= self.today


@dataclass(frozen=True, slots=True)
class Brief:
    next: Appointment | None
    pins: list[EntryView]
    passages: list[PassageView]
    room: bool
    connection: Connection | None
    change: Change | None
    after: After | None
    intention: str
    measures: Measures
    routine: RoutineTold
    practices: list[Lately]
    practical: Practical

    @property
    def day(self) -> DayState | None:
        """Within twelve hours of its start, or running: then it can be started and ended."""
        near = self.next is not None and self.next.span.start - timezone.now() < timedelta(hours=12)
        return day_of(self.next, clinic_zone(), timezone.now()) if self.next and near else None


def brief_of(record: Record) -> Brief:
    """All blocks of a record, read while it is open."""
    now = timezone.now()
    ahead = Appointment.objects.of_client(record.client).upcoming().first()
    return Brief(
        next=ahead,
        pins=pinned(record),
        passages=brought_passages(record),
        room=writing_held.something_to_make_room_for(record) or check_ins_held.something_to_make_room_for(record),
        connection=connection_in(record),
        change=change_since_session(record, now),
        after=after_session(record),
        intention=intention.text if (intention := intention_for(record)) else "",
        measures=measures_of(record, now),
        routine=routine_told(record, now),
        practices=lately_in(record, now),
        practical=practical(record, ahead),
    )


def practical(record: Record, ahead: Appointment | None) -> Practical:
    client = record.client
    consents = tuple(Consent.objects.filter(client=client).in_force().order_by("given_at"))
    newest, told = Clearance.objects.filter(client=client).first(), told_of(ahead, timezone.now()) if ahead else None
    return Practical(newest, consents, told, clinic_today())
