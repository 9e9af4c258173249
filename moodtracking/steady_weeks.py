"""When notes may come less often: after four weeks with a check-in in each, none with a flag, three at the rhythm that holds.

One rule for both: for what a client is offered and for what their therapist may suggest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from koru.moments.questions import Together
from koru.moments.spans import local_day
from koru.people.models import Person
from koru.reminders.less_often import USUAL, after
from koru.reminders.models import FewerNotes, Preferences
from koru.safety.flags import Flag

from .models import CheckIn

WEEK = timedelta(days=7)
STEADY, SETTLED = 4, timedelta(days=21)  # weeks, time at one rhythm
LOOKED_BACK = timedelta(days=30)  # four weeks, wherever the client has flown to in them
WORDS = {2: "every other day", 4: "every fourth day", 7: "once a week"}
Answers = Sequence[list[Any]]


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a therapist suggests and the client hasn't answered."""

    id: UUID
    apart: int
    by: str
    at: datetime

    @property
    def often(self) -> str:
        return often(self.apart)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a note to check in comes, and whether it may be less often. `at` None: no notes, or they rest.

    `step`: the days apart that may be next, None for none. `mentioned`: the client hasn't said "not now" lately.
    """

    at: time | None
    apart: int = USUAL
    step: int | None = None
    mentioned: bool = True
    again_from: datetime | None = None
    suggested: Suggested | None = None

    @property
    def often(self) -> str:
        return often(self.apart)

    @property
    def next_often(self) -> str:
        return often(self.step) if self.step else ""

    @property
    def offer(self) -> int | None:
        """What a client's first page mentions: their own next step, where nobody suggests one."""
        return self.step if self.mentioned and self.suggested is None else None

    @property
    def may_suggest(self) -> str:
        """How often a note could come instead, where a therapist may suggest it now; empty where not."""
        return self.next_often if self.mentioned and self.suggested is None else ""


def about_pace(client: Person, since: datetime) -> "Sequence[QuerySet[Any, Any]]":
    """Their choices, flags and check-ins since, and what is suggested. `since` lies LOOKED_BACK or longer back."""
    names = ("check_in_at", "check_in_apart", "check_in_rests_since", "thinned_since", "fewer_from")
    flags = Flag.objects.of_client(client).filter(~Q(state="closed") | Q(raised_at__gt=since))
    days = CheckIn.objects.written_by(client).kept().daily().filter(at__gt=since)
    suggested = FewerNotes.objects.of(client).open()
    return (
        Preferences.objects.filter(person=client).values_list(*names),
        flags.values_list("raised_at", "state"),
        days.values_list("local_date").distinct(),
        suggested.values_list("id", "apart", "suggested_by__display_name", "suggested_at"),
    )


together = Together(about_pace)


def pace_of(client: Person, now: datetime) -> Pace:
    """One query."""
    return pace_from(together(client, now - LOOKED_BACK), client, now)


def pace_from(answers: Answers, client: Person, now: datetime) -> Pace:
    chosen, flags, days, suggested = answers
    at, apart, rests, thinned, fewer_from = chosen[0] if chosen else (None, USUAL, None, None, None)
    if at is None or rests:
        return Pace(None)
    was_calm = not any(state != "closed" or raised > now - STEADY * WEEK for raised, state in flags)
    has_settled = thinned is None or thinned <= now - SETTLED
    steady = was_calm and has_settled and in_each_week((day for (day,) in days), today_of(client, now))
    return Pace(
        at=at,
        apart=apart,
        step=after(apart) if steady else None,
        mentioned=fewer_from is None or fewer_from <= now,
        again_from=fewer_from if fewer_from and fewer_from > now else None,
        suggested=Suggested(*suggested[0]) if suggested else None,
    )


def in_each_week(days: Iterable[date], today: date) -> bool:
    """Whether each of the last four weeks, counted back from today, has one of these days. Pure."""
    return {(today - day) // WEEK for day in days if day <= today} >= set(range(STEADY))


def often(apart: int) -> str:
    """In words, as they go on in a sentence. Pure."""
    return WORDS.get(apart, f"every {apart} days")


def today_of(client: Person, now: datetime) -> date:
    return local_day(now, ZoneInfo(client.zone), client.day_starts)
