"""When a client is told that there is something to write: by phase, at the time they chose, rarer with each phase."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef

from koru.moments.spans import Span, local_day
from koru.moments.walltime import instant_of
from koru.people.models import Person, Stage
from koru.reminders.models import Letter, Preferences
from koru.reminders.planning import Plan, Recipient
from koru.reminders.recurring import keep
from scheduling.models import Appointment
from scheduling.phases import DosingSession, Phase, Reading, phase_at

from .models import Entry

KIND = "prompt-ready"
PATH = "/journal/"
USEFUL = timedelta(hours=6)
AROUND = (timedelta(days=30), timedelta(days=12))
USUAL = time(10)
# Days until the next session, or since the last one: intention, the week before, the evening before; what stayed, a
# step, the end of the week; then once a week. The day itself and the next are quiet, and so is the time between.
DAYS: dict[Phase, frozenset[int]] = {
    Phase.BEFORE: frozenset({10, 6, 3, 1}),
    Phase.DAYS_2_7: frozenset({2, 4, 7}),
    Phase.WEEKS_2_4: frozenset({11, 18, 25}),
}


def invites(reading: Reading) -> bool:
    """Whether this is a day on which something to write is offered by letter. Pure."""
    days = reading.days_until if reading.phase is Phase.BEFORE else reading.days_since
    return days in DAYS.get(reading.phase, frozenset())


@dataclass(frozen=True, slots=True)
class Invited:
    """A client with the sessions around now and the time they like to be asked."""

    person: Person
    sessions: list[DosingSession]
    at: time

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.person.zone)

    def due(self, now: datetime) -> Iterator[tuple[date, datetime]]:
        """Today and tomorrow, in their days, as far as they are still ahead and invited to."""
        today = now.astimezone(self.zone).date()
        for day in (today, today + timedelta(days=1)):
            due = instant_of(day, self.at, self.zone)
            if due > now and invites(phase_at(due, self.sessions, self.zone, self.person.day_starts, consented=True)):
                yield local_day(due, self.zone, self.person.day_starts), due


@transaction.atomic
def plan_prompts(now: datetime, of: Person | None = None) -> int:
    """Plan the letters of today and tomorrow, and take back those whose reason has gone. Safe to run again and again.

    A session that was moved or cancelled, or words already written that day, make a letter needless; another zone or
    another hour of their choice moves it. `of`: one client's alone.
    """
    plans = list(_plans(now, of))
    planned = Letter.objects.filter(kind=KIND, due_at__gt=now)
    keep(plans, planned.filter(to=of) if of else planned)
    return len(plans)


def letter_about(person: UUID, day: date) -> UUID:
    """What the letter of one day is about."""
    return uuid5(person, f"{KIND} {day.isoformat()}")


def _plans(now: datetime, of: Person | None) -> Iterator[Plan]:
    invited = _invited(now, of)
    people = [one.person.pk for one in invited]
    days = (now.date() - timedelta(days=1), now.date() + timedelta(days=2))
    rows = Entry.objects.filter(client__in=people, local_date__range=days, deleted_at=None)
    written = set(rows.values_list("client", "local_date"))
    for one in invited:
        for day, due in one.due(now):
            if (one.person.pk, day) not in written:
                yield _letter(one.person, day, due)


def _letter(person: Person, day: date, due: datetime) -> Plan:
    return Plan(
        kind=KIND,
        to=Recipient.of(person),
        about=letter_about(person.pk, day),
        due_at=due,
        not_after=due + USEFUL,
        context={"path": PATH},
        asked=False,
    )


def _invited(now: datetime, of: Person | None) -> list[Invited]:
    """Everybody, or one client, with a dosing session around now. Three questions, however many they are."""
    before, ahead = AROUND
    around = Span(now - before, now + ahead).range
    held = Appointment.objects.dosing().filter(during__overlap=around, state__in=["booked", "met"], client__is_active=True)
    less = Stage.objects.now().filter(client=OuterRef("client"), name=Stage.Name.MAINTENANCE)
    held = held.filter(~Exists(less))  # who meets less often is left in peace; what there is to write stands on their page
    if of:
        held = held.filter(client=of)
    sessions: dict[UUID, list[DosingSession]] = defaultdict(list)
    for client, during, ended in held.values_list("client", "during", "ended_at"):
        span = Span.of_range(during)
        sessions[client].append(DosingSession(span.start, span.end, ended))
    chosen = dict(Preferences.objects.filter(person__in=sessions).values_list("person", "prompt_at"))
    people = Person.objects.clients().filter(pk__in=sessions)
    return [Invited(person, sessions[person.pk], chosen.get(person.pk, USUAL)) for person in people]
