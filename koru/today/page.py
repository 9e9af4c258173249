"""A client's first page: one thing first, and on the day of a session almost nothing (clinical.md 1.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from journaling.attachments.beside import beside_own
from journaling.hearing import about_heard
from journaling.models import Entry
from journaling.offering import Offer, about_standing, offered, standing_from
from journaling.reading import COLUMNS, EXCERPT, EntryView, views_from
from koru.moments.questions import Together
from koru.moments.spans import local_day
from koru.people.clinic import about_clinic, clinic_from
from koru.people.models import Clinic, Person
from koru.people.spacing import Where, about_where, where_from
from koru.reminders.notes import STANDS, about_new
from koru.safety.plan_review import about_review, review_from
from koru.safety.quiet_hellos import about_hello, hello_from
from moodtracking.connection.offering import Meeting, about_meetings, meetings_from
from moodtracking.last_told import about_mood
from moodtracking.measures.standing import Standing as Measures
from moodtracking.measures.standing import about_asked
from moodtracking.measures.standing import standing_from as asked_from
from moodtracking.steady_weeks import Pace, about_pace, pace_from
from scheduling.agreed_today import AgreedToday, about_agreed, agreed_from
from scheduling.checklist_page import Answers, Checklist, about_checklist, checklist_from
from scheduling.due_times import quiet_day
from scheduling.models import Appointment
from scheduling.phases import first_ahead
from scheduling.routine_today import RoutineToday, about_routine, routine_from
from scheduling.session_facts import Facts, facts_of
from scheduling.sessions import sessions_from
from scheduling.soon import about_soon, soon_from
from scheduling.way_home import is_answered

from .goodbyes import FINISHED, about_goodbye, goodbye_from
from .practices import Asking, Fitting, about_fitting, fitting_from
from .room import A_WEEK, about_room, has_room
from .wishes import Wishes, about_wishes, wishes_from

JUST_OVER, A_DAY = timedelta(days=2), timedelta(days=1)
SILENT_DAYS = 3
RECENT = 2
CHECKLIST = timedelta(days=8)
PARTS = ((time(12), "Good morning"), (time(18), "Good afternoon"))
EVENING = "Good evening"


@dataclass(frozen=True, slots=True)
class Today:
    """What the page shows. `calm` is the dosing session whose quiet day it is; then nothing asks anything."""

    greeting: str
    day: date
    clinic: Clinic
    next: Facts | None
    days_until: int
    offer: Offer | None
    silent: bool
    recent: list[EntryView]
    wishes: Wishes
    measures: Measures
    plan_review: str
    calm: Facts | None
    checklist: Checklist | None
    routine: RoutineToday | None
    new_notes: int
    goodbye: str
    practice: Fitting | None
    met: Meeting | None
    heard: tuple[str, UUID] | None
    agreed: AgreedToday | None
    pace: Pace | None
    hello: bool
    where: Where

    @property
    def is_session_day(self) -> bool:
        return self.next is not None and self.days_until == 0 and self.next.appointment.kind_id == "dosing"

    @property
    def brief_is_open(self) -> bool:
        """From a day before, what the therapist will read can be read first."""
        return self.next is not None and self.next.appointment.starts - A_DAY <= timezone.now()

    @property
    def asks_way_home(self) -> bool:
        it = self.next.appointment if self.next else None
        return it is not None and it.kind.needs_escort and not is_answered(it, timezone.now())


def about_today(
    client: Person, since: datetime, now: datetime, week: datetime, month: datetime
) -> "Sequence[QuerySet[Any, Any]]":
    """All that the page asks, in one round trip."""
    recent = Entry.objects.written_by(client).without_resting().values_list(*COLUMNS, beside_own())[:RECENT]
    return (
        about_clinic(),
        about_new(client, now, month),
        about_goodbye(client),
        about_soon(client, since),
        about_mood(client),
        recent,
        about_meetings(client, week),
        about_heard(client, since),
        about_agreed(client, since),
        *about_wishes(client, now),
        *about_checklist(client, since),
        *about_asked(client),
        *about_room(client, week),
        *about_review(client),
        *about_routine(client, week),
        *about_fitting(client),
        *about_standing(client),
        *about_pace(client, month),
        about_hello(client),
        *about_where(client),
    )


together = Together(about_today)


def today_of(client: Person, minutes: str = "") -> Today:
    """The same few questions, however much there is. `minutes`: what they have for a practice, "" for no matter."""
    now, zone = timezone.now(), ZoneInfo(client.zone)
    answers = together(client, now - JUST_OVER, now, now - A_WEEK, now - STANDS)
    clinics, new_notes, byes, soon, moods, recent, met, heard, agreed, sharing, booking, lines, ticks, *more = answers
    assigned, booked, *others = more[:-3]
    room, review, routine, fitting, standing = others[:3], others[3:5], others[5:9], others[9:14], others[14:-5]
    clinic, day, mine = clinic_from(clinics), local_day(now, zone, client.day_starts), soon_from(soon)
    calm = next((one for one in mine if is_quiet(one, now, zone)), None)
    ahead = next((one for one in mine if one.state == "booked" and one.ends > now and one != calm), None)
    told, mood = moods[0] if moods else (None, None)
    measures = asked_from(assigned, sessions := sessions_from(booked), client, now)
    goodbye = "" if calm else goodbye_from(byes)
    situation = standing_from(standing, client, now, mood)
    return Today(
        greeting=greeting_at(now.astimezone(zone).time(), client.day_starts),
        day=day,
        clinic=clinic,
        next=facts_of(ahead, zone, clinic, now) if ahead else None,
        days_until=(local_day(ahead.starts, zone, client.day_starts) - day).days if ahead else 0,
        offer=None if calm or goodbye == FINISHED else _with_room(offered(situation), day, room, measures),
        silent=told is not None and now - told >= timedelta(days=SILENT_DAYS),
        wishes=Wishes() if calm else wishes_from((sharing, booking)),
        measures=measures,
        plan_review=review_from(review, now, first_ahead(sessions, now)),
        recent=list(views_from(recent, client.pk, EXCERPT if calm else 0)),
        calm=facts_of(calm, zone, clinic, now) if calm else None,
        checklist=_checklist((lines, ticks), calm or ahead, client, now),
        routine=None if calm else routine_from(routine, client, now),
        new_notes=len(new_notes),
        goodbye=goodbye,
        met=None if calm else next(iter(meetings_from(met, client, now)), None),
        heard=None if calm else heard_from(heard),
        agreed=None if calm or goodbye == FINISHED else agreed_from(agreed, client, now),
        practice=None if calm or goodbye == FINISHED else fitting_from(fitting, Asking(client, now, minutes, situation)),
        pace=None if calm else pace_from(others[-5:-1], client, now),
        hello=not calm and goodbye != FINISHED and hello_from(others[-1], told),
        where=where_from(answers[-3:]),
    )


def heard_from(rows: Sequence[Any]) -> tuple[str, UUID] | None:
    """Who said lately that they read something, and at which entry it stands."""
    return next(((name, entry or of_passage) for name, entry, of_passage, _ in rows), None)


def _with_room(offer: Offer | None, day: date, room: Sequence[list[Any]], measures: Measures) -> Offer | None:
    """The prompt, in a week that has room for it."""
    return offer if offer and has_room(offer, day, room, measures) else None


def _checklist(answers: Answers, appointment: Appointment | None, client: Person, now: datetime) -> Checklist | None:
    """From a week before."""
    if appointment is None or appointment.starts - now > CHECKLIST:
        return None
    return checklist_from(answers, appointment, client, now)


def is_quiet(appointment: Appointment, now: datetime, zone: ZoneInfo) -> bool:
    """From the start of a dosing session, tapped or booked, until the next morning."""
    if appointment.kind_id != "dosing":
        return False
    return quiet_day(appointment.begins, zone).holds(now)


def greeting_at(wall: time, day_starts: time) -> str:
    """By the clock on the client's wall. The night belongs to the evening before until their day begins, as its date does."""
    if wall < day_starts:
        return EVENING
    return next((words for until, words in PARTS if wall < until), EVENING)
