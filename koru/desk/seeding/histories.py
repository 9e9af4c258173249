"""What an invented client told Koru over the weeks: check-ins and entries as values. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.moments.walltime import instant_of

from .chance import Chance
from .courses import Course
from .stock import stock

SHARES = ("only_me", "my_therapist", "bring_to_session")
TAGS = ("outside", "moved", "rested", "worked", "friends", "family", "alone", "pets", "created", "stressed", "grateful")
BUSY_WEEKS = 6


@dataclass(frozen=True)
class Told:
    """One check-in. `about` is the session whose morning after it asks about, as its place in the list."""

    at: datetime
    answers: dict[str, float]
    tags: list[str] = field(default_factory=list)
    note: str = ""
    about: int | None = None


@dataclass(frozen=True)
class Written:
    """One entry of the journal."""

    at: datetime
    text: str
    share: str
    title: str = ""
    prompt: str = ""


@dataclass(frozen=True)
class Life:
    """The facts that a history follows: when they came, until when it goes, their sessions, what they watch."""

    course: Course
    zone: ZoneInfo
    span: Span
    sessions: Sequence[Span] = ()
    symptoms: Sequence[str] = ()
    shared: float | None = None
    busy_weeks: int = BUSY_WEEKS

    def mood_on(self, at: datetime) -> float:
        first = self.sessions[0].start if self.sessions else at
        past = [session for session in self.sessions if session.end <= at]
        since = (at - past[-1].end).days if past else None
        return self.course.mood_after((at - first).days / 7, since)


def check_ins(life: Life, chance: Chance) -> Iterator[Told]:
    """Four to six a week at first, then one to three, with gaps; and one on the morning after each session."""
    for told in (*_daily(life, chance), *_mornings_after(life, chance)):
        if life.span.holds(told.at):
            yield told


def _daily(life: Life, chance: Chance) -> Iterator[Told]:
    silent_until = life.span.start
    for number, day in enumerate(days(life)):
        at = instant_of(day, _hour(chance), life.zone)
        rate = chance.uniform(4, 6) if number < life.busy_weeks * 7 else chance.uniform(1, 3)
        if chance.happens(0.015):
            silent_until = at + timedelta(days=chance.randint(3, 12))
        if at >= silent_until and chance.happens(rate / 7):
            yield Told(at, _answers(life, at, chance), _tags(chance), _note(chance))


def days(life: Life) -> Iterator[date]:
    """The calendar days of a life, first to last."""
    first = life.span.start.astimezone(life.zone).date()
    last = life.span.end.astimezone(life.zone).date()
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _hour(chance: Chance) -> time:
    """85 in 100 before ten or after seven in the evening."""
    low, high = chance.choices(((7, 9), (19, 22), (10, 18)), weights=(50, 35, 15))[0]
    return time(chance.randint(low, high), chance.randrange(60))


def _answers(life: Life, at: datetime, chance: Chance) -> dict[str, float]:
    mood = chance.number(life.mood_on(at), 0.8, -3, 3)
    answers: dict[str, float] = {
        "mood": mood,
        "energy": chance.number(2 + mood / 2, 0.7, 0, 4),
        "tension": chance.number(2 - mood / 2, 0.8, 0, 4),
    }
    if at.astimezone(life.zone).hour < 10 and chance.happens(0.7):
        answers["sleep_quality"] = chance.number(2 + mood / 2, 0.8, 0, 4)
    if chance.happens(0.2):
        answers["connectedness"] = chance.number(2 + mood / 2, 0.8, 0, 4)
    for slug in life.symptoms:
        if chance.happens(0.6):
            answers[f"symptom:{slug}"] = chance.number(1.8 - mood / 2, 0.8, 0, 4)
    return answers


def _tags(chance: Chance) -> list[str]:
    return chance.sample(TAGS, chance.choices((0, 1, 2, 3), weights=(4, 3, 2, 1))[0])


def _note(chance: Chance) -> str:
    return chance.choice(stock().notes) if chance.happens(0.15) else ""


def _mornings_after(life: Life, chance: Chance) -> Iterator[Told]:
    for number, session in enumerate(life.sessions):
        morning = session.end.astimezone(life.zone).date() + timedelta(days=1)
        at = instant_of(morning, time(9, chance.randint(5, 50)), life.zone)
        yield Told(at, _effects(chance), about=number)


def _effects(chance: Chance) -> dict[str, float]:
    shares = {"nausea": 0.25, "dizzy": 0.3, "headache": 0.2, "tired": 0.4, "unreal": 0.02, "bladder": 0.01}
    return {f"side_effect:{slug}": int(chance.happens(share)) for slug, share in shares.items()}


def entries(life: Life, chance: Chance) -> Iterator[Written]:
    """One or two a week: sixty in a hundred for nobody else."""
    for day in days(life):
        at = instant_of(day, time(chance.randint(18, 22), chance.randrange(60)), life.zone)
        if chance.happens(1.4 / 7) and life.span.holds(at):
            yield Written(at, stock().words(chance), _share(life, chance))


def _share(life: Life, chance: Chance) -> str:
    if life.shared is not None:
        return SHARES[1] if chance.happens(life.shared) else SHARES[0]
    return chance.choices(SHARES, weights=(60, 25, 15))[0]
