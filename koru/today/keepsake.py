"""What a keepsake holds, in words: what the client set out with, worked towards, wrote and noted, and what was given to them.

Read anew each time it is shown, so it says what is so now. The page, the file and the PDF say the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from journaling.carrying import Carried
from journaling.gathering import Gathered, gathered, left_out_of
from journaling.keepsakes import KeepsakePart
from journaling.models import Intention, LetterToSelf
from koru.moments.spans import local_day
from koru.people import parting
from koru.people.endings import Ending, Farewell
from koru.people.models import Person
from koru.privacy.door import Record
from koru.ui.times import spoken_day, spoken_month
from moodtracking.all_along import AllAlong, all_along
from moodtracking.looking_back import Trend
from scheduling.models import Appointment
from scheduling.phases import DosingSession
from scheduling.sessions import dosing_sessions

from .keepsake_goals import GoalTold, goals_told

MOST_INTENTIONS = 60


@dataclass(frozen=True, slots=True)
class Told:
    """Words, and when they were said or for what."""

    when: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Of a client's journal what they chose, with its day. `beside` names recordings and pictures, which are not in it."""

    when: str
    gathered: Gathered
    beside: str


@dataclass(frozen=True, slots=True)
class ChartTold:
    """One line over the whole time, and its first and last value in words."""

    trend: Trend
    says: str


@dataclass(frozen=True)
class Sessions:
    """How many dosing sessions were held, on which days where those are wanted, and how many other meetings."""

    many: str
    days: tuple[str, ...]


@dataclass(frozen=True)
class KeepsakeTold:
    """All of it. What stays out, and what there is none of, is empty. `left_out` names the parts that stay out."""

    name: str
    therapist: str
    months: str
    intentions: Sequence[Told]
    goals: Sequence[GoalTold]
    words: Sequence[Piece]
    along: AllAlong
    charts: Sequence[ChartTold]
    sessions: Sessions | None
    letter: Told | None
    letter_by: str
    opens: str
    left_out: frozenset[str]

    @property
    def is_empty(self) -> bool:
        parts = (self.intentions, self.goals, self.words, self.charts, self.sessions, self.letter, self.opens)
        return not any(parts)

    @property
    def weight(self) -> int:
        """How many signs the chosen words have: a PDF is made in one piece."""
        return sum(len(step.text) for one in self.words for step in one.gathered.told)


def told_of(record: Record, ending: Ending) -> KeepsakeTold:
    """The keepsake of the record's client. As many questions, however much there is."""
    client, now = record.client, timezone.now()
    out = left_out_of(client)
    sessions = [one for one in dosing_sessions(client) if one.end(now) is not None]
    along = all_along(record, mood=KeepsakePart.MOOD not in out, measures=KeepsakePart.MEASURES not in out)
    letter = None if KeepsakePart.LETTER in out else parting.farewell_to(client)
    zone = ZoneInfo(client.zone)
    return KeepsakeTold(
        name=client.display_name,
        therapist=ending.alliance.therapist.display_name,
        months=months_of(ending, zone, now),
        intentions=[] if KeepsakePart.INTENTIONS in out else intentions_told(client, sessions),
        goals=[] if KeepsakePart.GOALS in out else goals_told(client),
        words=[] if KeepsakePart.WORDS in out else [_piece(one) for one in gathered(client)],
        along=along,
        charts=[_chart(one) for one in (along.mood, *along.measures) if one],
        sessions=None if KeepsakePart.SESSIONS in out else _sessions(client, sessions, now, KeepsakePart.DATES not in out),
        letter=_letter(letter, zone) if letter else None,
        letter_by=letter.by.display_name if letter else "",
        opens="" if KeepsakePart.TO_SELF in out else opens_on(client, now),
        left_out=out,
    )


def months_of(ending: Ending, zone: ZoneInfo, now: datetime) -> str:
    """ "March to November 2026": from the beginning with this therapist to the goodbye, or until now."""
    first = ending.alliance.since.astimezone(zone).date()
    last = (ending.ended_at or now).astimezone(zone).date()
    if (first.year, first.month) == (last.year, last.month):
        return spoken_month(last)
    begun = spoken_month(first)
    return f"{begun.removesuffix(f' {last.year}')} to {spoken_month(last)}"


def intentions_told(client: Person, sessions: Sequence[DosingSession]) -> list[Told]:
    """The sentence for each session that was held, as it stood when it began. One that rests is shown nowhere."""
    mine = Intention.objects.of(client).filter(resting_at=None)[:MOST_INTENTIONS]
    told = ((_session_of(one.said_at, sessions), one.text) for one in reversed(mine))
    return [Told(_numbered(number, client, sessions), text) for number, text in told if number]


def _session_of(said_at: datetime, sessions: Iterable[DosingSession]) -> int:
    """The number of the first session that began after this was said; 0 for none."""
    return next((number for number, one in enumerate(sessions, 1) if said_at < one.starts), 0)


def _numbered(number: int, client: Person, sessions: Sequence[DosingSession]) -> str:
    return f"Session {number}, {_day(sessions[number - 1], client)}"


def _day(session: DosingSession, client: Person) -> str:
    return spoken_day(local_day(session.starts, ZoneInfo(client.zone), client.day_starts), this_year=0)


def _piece(one: Gathered) -> Piece:
    return Piece(spoken_day(one.entry.day, this_year=0), one, beside_words(one.entry) if one.whole else "")


def beside_words(entry: Carried) -> str:
    """ "With a recording of 1:05, which stays in your journal." """
    named = ", ".join(f"a {one.name}" for one in entry.things)
    return f"With {named}, which stays in your journal." if named else ""


def _chart(trend: Trend) -> ChartTold:
    """The first and the last value: facts, without a word on what lies between."""
    first, last, say = trend.days[0], trend.days[-1], trend.line.say
    if first.day == last.day:
        return ChartTold(trend, f"On {spoken_day(first.day, this_year=0)}: {say(first.value)}.")
    days = (f"{spoken_day(one.day, this_year=0)}: {say(one.value)}." for one in (first, last))
    return ChartTold(trend, "First noted {} Last noted {}".format(*days))


def _letter(letter: Farewell, zone: ZoneInfo) -> Told:
    """With the day on which it was given: that of the goodbye."""
    given = letter.ending.ended_at or letter.written_at
    return Told(spoken_day(given.astimezone(zone).date(), this_year=0), letter.words)


def _sessions(client: Person, held: Sequence[DosingSession], now: datetime, dated: bool) -> Sessions | None:
    over = Appointment.objects.of_client(client).behind(now).filter(state__in=["booked", "met"])
    others = over.exclude(kind_id="dosing").count()
    counted = ((len(held), "session"), (others, "other meeting" if held else "meeting"))
    said = [f"{many} {name}{'s' * (many > 1)}" for many, name in counted if many]
    return Sessions(" and ".join(said), tuple(_day(one, client) for one in held) if dated else ()) if said else None


def opens_on(client: Person, now: datetime) -> str:
    """The day on which the next letter to oneself opens. Its words are not even fetched."""
    today = local_day(now, ZoneInfo(client.zone), client.day_starts)
    days = LetterToSelf.objects.of(client).filter(opened_at=None, opens_on__gt=today).values_list("opens_on", flat=True)
    found = days.first()
    return spoken_day(found, this_year=0) if found else ""
