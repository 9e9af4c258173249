"""A client's first page: one thing first, and on the day of a session almost nothing (clinical.md 1.1)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from journaling.models import Entry
from journaling.offering import Offer, offer_for
from journaling.reading import EntryView, own
from koru.moments.spans import local_day
from koru.people.clinic import the_clinic
from koru.people.models import Clinic, Person
from moodtracking.models import CheckIn
from scheduling.due_times import quiet_day
from scheduling.models import Appointment
from scheduling.session_facts import Facts, facts_of

SILENT_DAYS = 3
RECENT = 2
PARTS = ((5, "Good evening"), (12, "Good morning"), (18, "Good afternoon"), (24, "Good evening"))


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
    calm: Facts | None

    @property
    def is_session_day(self) -> bool:
        return self.next is not None and self.days_until == 0 and self.next.appointment.kind_id == "dosing"

    @property
    def asks_way_home(self) -> bool:
        return self.next is not None and self.next.appointment.kind_id == "dosing" and not self.next.appointment.way_home_at


def today_of(client: Person) -> Today:
    """The same few questions, however much there is."""
    now, zone = timezone.now(), ZoneInfo(client.zone)
    clinic, day = the_clinic(), local_day(now, zone, client.day_starts)
    mine = list(around(client, now))
    calm = next((one for one in mine if is_quiet(one, now, zone)), None)
    ahead = next((one for one in mine if one.state == "booked" and one.ends > now and one != calm), None)
    told, mood = newest_check_in(client)
    return Today(
        greeting=greeting_at(now.astimezone(zone).hour),
        day=day,
        clinic=clinic,
        next=facts_of(ahead, zone, clinic, now) if ahead else None,
        days_until=(local_day(ahead.starts, zone, client.day_starts) - day).days if ahead else 0,
        offer=None if calm else offer_for(client, now, mood),
        silent=told is not None and now - told >= timedelta(days=SILENT_DAYS),
        recent=own(Entry.objects.written_by(client)[:RECENT]),
        calm=facts_of(calm, zone, clinic, now) if calm else None,
    )


def around(client: Person, now: datetime) -> list[Appointment]:
    """What is ahead and what was within the last two days, in the order of the clock. One query."""
    mine = Appointment.objects.of_client(client).filter(state__in=("booked", "met"))
    return list(mine.filter(during__endswith__gt=now - timedelta(days=2)).order_by("during")[:6])


def is_quiet(appointment: Appointment, now: datetime, zone: ZoneInfo) -> bool:
    """From the start of a dosing session, tapped or booked, until the next morning."""
    if appointment.kind_id != "dosing":
        return False
    return quiet_day(appointment.started_at or appointment.starts, zone).holds(now)


def newest_check_in(client: Person) -> tuple[datetime | None, int | None]:
    """When the client checked in last, and the mood told then. One query."""
    rows = CheckIn.objects.written_by(client).kept().daily().order_by("-at").values_list("at", "answers")
    at, answers = rows.first() or (None, {})
    return at, answers.get("mood")


def greeting_at(hour: int) -> str:
    return next(words for until, words in PARTS if hour < until)
