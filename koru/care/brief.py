"""The brief: one page read before a session, built from what the client shares (clinical.md 9). Nothing is composed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.utils import timezone

from journaling import holding as writing_held
from journaling.brought_words import COMFORT, KEPT_LINE, SMALL_STEP, TOUCH, Answered, answered_in
from journaling.intentions import then_and_now
from journaling.models import Intention
from journaling.passages import PassageView, brought_passages
from journaling.reading import EntryView, pinned
from journaling.towards import Towards, standing_in
from koru.moments.questions import Together
from koru.moments.spans import Span, local_day
from koru.people.clinic import about_clinic, clinic_from, clinic_zone
from koru.people.models import Clearance, Consent, Person
from koru.privacy.door import Record
from moodtracking import holding as check_ins_held
from moodtracking.change import Change, change_since_session
from scheduling.checklist_page import Told, told_of
from scheduling.day_state import DayState, day_of
from scheduling.models import Appointment

from .adding import added_of
from .after_session import After, after_session
from .brief_measures import Measures, measures_of
from .brief_promises import Promises, promises_in
from .brief_ways import Evidence, Ways, evidence_of, ways_of
from .connection import Connection, connection_in
from .models import AddedLine

CLEARANCE = ("id", "prescriber_name", "verdict", "valid_until")  # in the order of the model, as its rows are made
CONSENT = ("id", "kind", "version", "given_at")
NEEDED, DOSING = "treatment", "dosing"
MOST_BROUGHT = 5


@dataclass(frozen=True, slots=True)
class Practical:
    """Can it go ahead: what the desk holds too, today by the clinic's calendar. `told`: way home and the rules of the day."""

    clearance: Clearance | None
    consents: tuple[Consent, ...]
    told: Told | None
    today: date
    comfort: Answered | None
    touch: Answered | None

    @property
    def consent(self) -> Consent | None:
        return next((consent for consent in self.consents if consent.kind == NEEDED), None)

    @property
    def cleared_today(self) -> bool:
        until = self.clearance.valid_until if self.clearance and self.clearance.verdict == "yes" else None
        return until is not None and until >= self.today


@dataclass(frozen=True, slots=True)
class Words:
    """Block 2: what they want from it. `then` is the intention of the last session, `now` a newer one; `goals` as they stand."""

    pins: list[EntryView]
    passages: list[PassageView]
    room: bool
    then: Intention | None
    now: Intention | None
    goals: list[Towards]
    added: AddedLine | None
    answered: Mapping[str, Answered]

    @property
    def kept(self) -> Answered | None:
        return self.answered.get(KEPT_LINE)


@dataclass(frozen=True, slots=True)
class Brief:
    """`met_before`: dosing sessions that took place; `ways` and `evidence`: where its lines lead its reader."""

    next: Appointment | None
    met_before: int
    words: Words
    connection: Connection | None
    change: Change | None
    after: After | None
    measures: Measures
    promises: Promises
    practical: Practical
    ways: Ways
    evidence: Evidence

    @property
    def small_step(self) -> Answered | None:
        return self.words.answered.get(SMALL_STEP)

    @property
    def day(self) -> DayState | None:
        """Within twelve hours of its start, or running: then it can be started and ended."""
        near = self.next is not None and self.next.span.start - timezone.now() < timedelta(hours=12)
        return day_of(self.next, clinic_zone(), timezone.now()) if self.next and near else None


@dataclass(frozen=True, slots=True)
class Met:
    """What took place between the two and when: read once for all blocks. `starts`: of dosing sessions, begun or to begin."""

    dosing: list[Span]
    starts: list[datetime]
    last_ended: datetime | None


def brief_of(record: Record) -> Brief:
    """All blocks of a record, read while it is open: the therapist's, or its client's own sight of the same."""
    now, client = timezone.now(), record.client
    ahead, met = Appointment.objects.of_client(client).upcoming().first(), met_with(client)
    words = words_in(record, ahead, met, now)
    change, after = change_since_session(record, now), after_session(record)
    zone = ZoneInfo(client.zone)
    return Brief(
        next=ahead,
        met_before=len(met.dosing),
        words=words,
        connection=connection_in(record),
        change=change,
        after=after,
        measures=measures_of(record, now, [local_day(span.start, zone, client.day_starts) for span in met.dosing]),
        promises=promises_in(record, now, met.last_ended),
        practical=practical(record, ahead, words.answered),
        ways=ways_of(record),
        evidence=evidence_of(record, met.dosing[-1].start if met.dosing else None, change, after),
    )


def met_with(client: Person) -> Met:
    """One query."""
    rows = Appointment.objects.of_client(client).filter(state__in=["booked", "met"]).order_by("during")
    columns = rows.values_list("state", "kind_id", "started_at", "during")
    told = [(state, kind, started, Span.of_range(during)) for state, kind, started, during in columns]
    met = [(kind, span) for state, kind, _, span in told if state == Appointment.State.MET]
    return Met(
        dosing=[span for kind, span in met if kind == DOSING],
        starts=[started or span.start for _, kind, started, span in told if kind == DOSING],
        last_ended=max((span.end for _, span in met), default=None),
    )


def words_in(record: Record, ahead: Appointment | None, met: Met, now: datetime) -> Words:
    """Five to bring in all, passages among them, the newest first of each."""
    passages, pins, added = brought_passages(record), pinned(record), added_of(record.client, ahead)
    newest_first = sorted([*(one.at for one in passages), *(one.at for one in pins)], reverse=True)
    since = min(newest_first[:MOST_BROUGHT], default=now)
    then, newest = then_and_now(record, met.starts, now)
    return Words(
        pins=[one for one in pins if one.at >= since],
        passages=[one for one in passages if one.at >= since],
        room=writing_held.something_to_make_room_for(record) or check_ins_held.something_to_make_room_for(record),
        then=then,
        now=newest,
        goals=standing_in(record),
        added=added if added and added.ask_at is None else None,
        answered=answered_in(record),
    )


def about_papers(client: Person) -> "Sequence[QuerySet[Any, Any]]":
    """The clinic, the newest clearance and every consent in force: what the desk holds too."""
    newest = Clearance.objects.filter(client=client).values_list(*CLEARANCE)[:1]
    return about_clinic(), newest, Consent.objects.filter(client=client).in_force().order_by("given_at").values_list(*CONSENT)


held_of = Together(about_papers)


def practical(record: Record, ahead: Appointment | None, answered: Mapping[str, Answered]) -> Practical:
    """One query, and what is told of the next meeting."""
    clinics, cleared, agreed = held_of(record.client)
    told, now = told_of(ahead, timezone.now()) if ahead else None, timezone.now()
    today = now.astimezone(ZoneInfo(clinic_from(clinics).zone)).date()
    clearances = [Clearance.from_db(DEFAULT_DB_ALIAS, CLEARANCE, row) for row in cleared]
    consents = tuple(Consent.from_db(DEFAULT_DB_ALIAS, CONSENT, row) for row in agreed)
    return Practical(next(iter(clearances), None), consents, told, today, answered.get(COMFORT), answered.get(TOUCH))
