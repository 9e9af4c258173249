"""What stands between an invented client and their therapist: how meetings were, what was agreed, what is worked towards."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from journaling.goals import Goal, Whereabouts
from journaling.sharing import ONLY_ME, THERAPIST
from koru.moments.spans import local_day
from moodtracking.connection.lines import load as lines
from moodtracking.connection.models import ConnectionCheckIn, Guess
from scheduling.models import AgreedChange, AgreedLine, Appointment

from .bulk_clients import Seeded
from .chance import Chance
from .copying import copy_in
from .stock import stock

AFTER, AFTER_DOSING, GUESSED = timedelta(hours=4), timedelta(days=2), timedelta(days=1)
SAID, SHARED, GUESSES, SKIPPED, WORDS = 0.6, 0.85, 0.7, 0.05, 0.2
AGREES, DONE, STILL_OPEN = 0.5, 0.75, timedelta(days=30)
AIMS, GOES_ALONG, A_WORD = (0, 1, 1, 2), 0.8, timedelta(weeks=5)
State, What = AgreedLine.State, AgreedChange.What


@dataclass
class Rows:
    """Unsaved, in the order that they have to be there in."""

    said: list[ConnectionCheckIn] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    agreed: list[AgreedLine] = field(default_factory=list)
    changes: list[AgreedChange] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    whereabouts: list[Whereabouts] = field(default_factory=list)

    def save(self) -> None:
        copy_in(ConnectionCheckIn, self.said)
        copy_in(Guess, self.guesses)
        copy_in(AgreedLine, self.agreed)
        copy_in(AgreedChange, self.changes)
        copy_in(Goal, self.goals)
        copy_in(Whereabouts, self.whereabouts)


def save_between(some: Sequence[Seeded], now: datetime, seed: str) -> None:
    """Of some clients, whose meetings are saved. A chance of its own, so that everything else comes out as it did."""
    rows, chance = Rows(), Chance(f"between {seed}")
    met = Appointment.objects.filter(client__in=[one.person.pk for one in some], state="met").exclude(kind="consultation")
    by_client: dict[object, list[Appointment]] = {}
    for meeting in met.order_by("during", "pk"):
        by_client.setdefault(meeting.client_id, []).append(meeting)
    for one in some:
        meetings = by_client.get(one.person.pk, [])
        _say(one, meetings, now, rows, chance)
        _agree(one, meetings, now, rows, chance)
        _aim(one, now, rows, chance)
    rows.save()


def _say(one: Seeded, meetings: Iterable[Appointment], now: datetime, rows: Rows, chance: Chance) -> None:
    for meeting in meetings:
        at = meeting.ends + (AFTER_DOSING if meeting.kind_id == "dosing" else AFTER)
        if at > now or not chance.happens(SAID):
            continue
        said = _said(one, meeting, at, chance)
        rows.said.append(said)
        if said.shared_at and at + GUESSED < now and chance.happens(GUESSES):
            guess = {"answers": _values(chance), "at": at + GUESSED}
            rows.guesses.append(Guess(check_in=said, client=one.person, therapist=one.therapist, **guess))


def _said(one: Seeded, meeting: Appointment, at: datetime, chance: Chance) -> ConnectionCheckIn:
    words = chance.choice(stock().notes) if chance.happens(WORDS) else ""
    shared = chance.happens(SHARED)
    return ConnectionCheckIn(
        id=chance.id_at(at), client=one.person, appointment=meeting, therapist=one.therapist, answers=_values(chance),
        words=words, with_words=bool(words) and shared, shared_at=at if shared else None, at=at, zone=one.person.zone,
        key=chance.key(), local_date=local_day(at, ZoneInfo(one.person.zone), one.person.day_starts),
    )  # fmt: skip


def _values(chance: Chance) -> dict[str, int]:
    """0 to 100 in steps of ten, now and then without a line; never without all of them."""
    drawn = {key: 10 * chance.number(7.5, 1.5, 0, 10) for key in lines().lines}
    kept = {key: value for key, value in drawn.items() if not chance.happens(SKIPPED)}
    return kept or drawn


def _agree(one: Seeded, meetings: Iterable[Appointment], now: datetime, rows: Rows, chance: Chance) -> None:
    """A line at the end of every other meeting; what is older than a month is done or rests."""
    place = 0
    for meeting in meetings:
        if not chance.happens(AGREES):
            continue
        at, by = meeting.ends, chance.choice((one.person, one.therapist))
        turned = at + timedelta(days=chance.randint(2, 9))
        done, is_over = chance.happens(DONE), now - at > STILL_OPEN
        state = State.DONE if done and turned < now else State.RESTS if is_over else State.OPEN
        place += state == State.OPEN
        line = AgreedLine(
            id=chance.id_at(at), client=one.person, by=by, session=meeting, words=chance.choice(stock().agreed), state=state,
            place=place if state == State.OPEN else None, key=chance.key(), made_at=at,
            turned_at=at if state == State.OPEN else turned,
        )  # fmt: skip
        rows.agreed.append(line)
        rows.changes += _story(line, one, chance)


def _story(line: AgreedLine, one: Seeded, chance: Chance) -> Iterator[AgreedChange]:
    yield AgreedChange(id=chance.id_at(line.made_at), client=one.person, line=line, what=What.ADDED, by=line.by, at=line.made_at)
    if line.state != State.OPEN:
        yield AgreedChange(
            id=chance.id_at(line.turned_at), client=one.person, line=line, what=What(line.state), by=one.person, at=line.turned_at
        )


def _aim(one: Seeded, now: datetime, rows: Rows, chance: Chance) -> None:
    """None to two goals from the second week on, and a word to each every five weeks while their course lasts."""
    until = min(one.until, now)
    for place, words in enumerate(chance.sample(stock().goals, chance.choice(AIMS)), 1):
        at, number = one.joined + timedelta(days=10, hours=chance.randint(0, 12)), chance.randint(1, 4)
        if at > until:
            return
        share = THERAPIST if chance.happens(GOES_ALONG) else ONLY_ME
        goal = Goal(id=chance.id_at(at), client=one.person, words=words, share=share, place=place, key=chance.key(), made_at=at)
        rows.goals.append(goal)
        while (at := at + A_WORD) < until:
            number = chance.number(number + 0.4, 0.8, 0, 10)
            said = {"words": chance.choice(stock().notes), "number": number, "key": chance.key(), "at": at}
            rows.whereabouts.append(Whereabouts(id=chance.id_at(at), client=one.person, goal=goal, **said))
