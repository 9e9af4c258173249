"""A client's own routine as its page shows it: this week of each, those that rest, and what fits now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from koru.moments.spans import local_day
from koru.people.models import Person

from .models import Routine, RoutineChoice, RoutineMark, WeekWord
from .routine_content import Words, load
from .routine_week import Dot, Return, monday_of, return_after, said_of, takes_long, week_of
from .routines import MOST
from .week_word import week_to_say

EARLIER_WEEKS = 3
WEEKS = 9
Marks = Mapping[date, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """One active routine. `times` says how often it was done this month, in words, and nothing at none."""

    routine: Routine
    week: tuple[Dot, ...]
    earlier: tuple[tuple[Dot, ...], ...]
    how: str
    says: str
    times: str
    asks_to_look: bool

    @property
    def could_be_smaller(self) -> bool:
        return takes_long(self.routine.action)


@dataclass(frozen=True, slots=True)
class Page:
    today: date
    words: Words
    active: Sequence[Shown]
    resting: Sequence[Routine]
    ended: Sequence[Routine]
    choice: RoutineChoice
    returning: Return
    week: date
    weeks: Sequence[WeekWord]

    @property
    def has_room(self) -> bool:
        return len(self.active) < MOST

    @property
    def word(self) -> WeekWord | None:
        """Of the week that a word would be for now."""
        return next((one for one in self.weeks if one.week == self.week), None)

    @property
    def last_word(self) -> WeekWord | None:
        """Of the week before, while this one has none: it may go on."""
        before = self.week - timedelta(days=7)
        return None if self.word else next((one for one in self.weeks if one.week == before), None)

    @property
    def words_before(self) -> Sequence[WeekWord]:
        return [one for one in self.weeks if one.week < self.week]

    @property
    def asks_which(self) -> bool:
        return self.returning is Return.WHICH_FITS

    @property
    def asks_for_fewer(self) -> bool:
        return self.returning in (Return.KEEP_ONE, Return.ALL_REST)


def page_of(client: Person, now: datetime) -> Page:
    """Four queries, however much there is."""
    today = local_day(now, ZoneInfo(client.zone), client.day_starts)
    routines = list(Routine.objects.filter(client=client))
    marks = marks_of(client, today)
    choice = RoutineChoice.objects.filter(client=client).first() or RoutineChoice(client=client)
    active = [one for one in routines if one.is_active]
    return Page(
        today=today,
        words=load().words,
        active=[_shown(one, marks[one.pk], today) for one in active],
        resting=[one for one in routines if one.rests_since],
        ended=[one for one in routines if one.ended_at],
        choice=choice,
        week=week_to_say(client, choice, now),
        weeks=list(WeekWord.objects.filter(client=client)[:WEEKS]),
        returning=return_after(last_word(active, marks, choice.back_on, client), today, len(active)),
    )


def active_of(client: Person) -> list[Routine]:
    return list(Routine.objects.filter(client=client, place__isnull=False))


def last_word(active: Iterable[Routine], marks: Mapping[UUID, Marks], back_on: date | None, client: Person) -> date:
    """The last day on which they said anything of those that are active: an answer, its beginning, or that they are back."""
    zone = ZoneInfo(client.zone)
    days = [back_on] if back_on else []
    for one in active:
        days += [local_day(one.since, zone, client.day_starts), *marks.get(one.pk, {})]
    return max(days, default=date.min)


def marks_of(client: Person, today: date) -> Mapping[UUID, dict[date, str]]:
    """By routine and day, from the first of the weeks that are shown, or of this month."""
    since = min(monday_of(today) - timedelta(weeks=EARLIER_WEEKS), today.replace(day=1))
    found: dict[UUID, dict[date, str]] = defaultdict(dict)
    rows = RoutineMark.objects.filter(client=client, day__gte=since)
    for routine, day, how in rows.values_list("routine_id", "day", "how"):
        found[routine][day] = how
    return found


def _shown(routine: Routine, marks: Marks, today: date) -> Shown:
    monday = monday_of(today)
    week = week_of(monday, marks, today)
    earlier = (week_of(monday - timedelta(weeks=back), marks, today) for back in range(1, EARLIER_WEEKS + 1))
    return Shown(
        routine=routine,
        week=week,
        earlier=tuple(one for one in earlier if any(dot.how for dot in one)),
        how=marks.get(today, ""),
        says=said_of(week, load().words),
        times=times_in_words(done_in_month(marks, today)),
        asks_to_look=today >= routine.look_on,
    )


def done_in_month(marks: Marks, today: date) -> int:
    """On how many days of this month it was done, in whichever version."""
    return sum(how != RoutineMark.How.RESTED and day.replace(day=1) == today.replace(day=1) for day, how in marks.items())


def times_in_words(times: int) -> str:
    """ "Four times this month"; nothing for none."""
    words = {0: "", 1: "Once this month", 2: "Twice this month"}
    return words.get(times, f"{times} times this month")
