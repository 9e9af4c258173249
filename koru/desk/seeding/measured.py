"""How invented clients filled in their measures over the weeks (clinical.md section 13), as rows ready to be saved."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from koru.moments.walltime import instant_of
from koru.people.models import Person
from moodtracking.measures import definitions
from moodtracking.measures.due import first_free, quiet_days
from moodtracking.measures.instrument import Measure
from moodtracking.measures.models import Assignment, Response
from moodtracking.measures.scoring import score

from .chance import Chance
from .courses import Path, along
from .histories import Life

EVERY = timedelta(days=14)
PATHS: dict[str, Path] = {
    "early lift": ((0, 16), (8, 7), (26, 6)),
    "slow, steady": ((0, 15), (8, 10), (26, 7)),
    "up and down": ((0, 17), (8, 11), (26, 12)),
    "little change": ((0, 16), (8, 15), (26, 14)),
    "stops early": ((0, 15), (5, 13)),
}
NOTICED = "9"
HARM_AT_FIRST, HARM_LATER = 0.15, 0.02
WEIGHTS = (3, 3, 2.5, 2.8, 1.2, 2, 1.8, 0.9)  # what is told more of, item by item


@dataclass(frozen=True)
class Followed:
    """A client, the life that their answers follow, and what their therapist has assigned."""

    client: Person
    life: Life
    assignments: Sequence[Assignment]


def assignments_of(
    client: Person, therapist: Person, since: datetime, chance: Chance, *, ended: datetime | None = None
) -> list[Assignment]:
    """PHQ-9 and GAD-7 every two weeks, unsaved."""
    day = since.astimezone(ZoneInfo(client.zone)).date()
    return [
        Assignment(
            id=chance.id_at(since), client=client, measure=slug, form="standard", schedule="fortnightly", begins_on=day,
            assigned_by=therapist, assigned_at=since, ended_at=ended, ended_by=therapist if ended else None,
        )
        for slug in ("phq-9", "gad-7")
    ]  # fmt: skip


def fortnights(life: Life) -> list[date]:
    """Every second week of a life, never on a session or the day after."""
    zone = life.zone
    quiet = quiet_days(session.start.astimezone(zone).date() for session in life.sessions)
    first, last = (at.astimezone(zone).date() for at in (life.span.start, life.span.end))
    steps = range((last - first) // EVERY + 1)
    return [day for step in steps if (day := first_free(first + step * EVERY, quiet)) < last]


def fill_rows(one: Followed, days: Iterable[date], chance: Chance) -> Iterator[Response]:
    """One of each assigned measure a day, in the evening."""
    first = one.life.sessions[0].start if one.life.sessions else one.life.span.start
    for number, day in enumerate(days):
        at = instant_of(day, time(chance.randint(18, 20), chance.randrange(60)), one.life.zone)
        phq = along(PATHS[one.life.course.name], (at - first).days / 7)
        for assignment in one.assignments:
            middle = phq if assignment.measure == "phq-9" else phq * 0.7
            yield _row(assignment, at, answers(assignment.measure, middle, chance, is_first=number == 0), chance)


def answers(slug: str, middle: float, chance: Chance, *, is_first: bool = False) -> dict[str, int]:
    """Answers that add up to about so much, spread alike each time; the item on harm is drawn apart and comes on top."""
    items = [item.key for item in definitions.load()[slug].scored if slug != "phq-9" or item.key != NOTICED]
    told, total = dict.fromkeys(items, 0), chance.number(middle, 1.5, 0, 3 * len(items))
    for _ in range(total):
        key = min((key for key in items if told[key] < 3), key=lambda key: (told[key] + 1) / WEIGHTS[items.index(key)])
        told[key] += 1
    return {**told, NOTICED: harm(chance, is_first=is_first)} if slug == "phq-9" else told


def harm(chance: Chance, *, is_first: bool) -> int:
    """What item 9 is answered with: now and then more than "not at all" at the beginning, hardly ever later."""
    there = chance.happens(HARM_AT_FIRST if is_first else HARM_LATER)
    return chance.choices((1, 2, 3), weights=(80, 17, 3))[0] if there else 0


def _row(assignment: Assignment, at: datetime, told: dict[str, int], chance: Chance) -> Response:
    client = assignment.client
    day = at.astimezone(ZoneInfo(client.zone)).date()
    measure: Measure = definitions.load()[assignment.measure]
    result = score(measure, told)
    taps = [{"item": key, "value": told[key], "at": at.isoformat()} for key in told if measure.by_key[key].noticed]
    return Response(
        id=chance.id_at(at), client=client, assignment=assignment, measure=measure.slug, version=measure.version,
        form=assignment.form, language=measure.language, state=Response.State.COMPLETED, one_by_one=True, answers=told,
        taps=taps, asked_on=day, started_at=at, closed_at=at + timedelta(minutes=2), zone=client.zone, local_date=day,
        total=result.total, band=result.band, answered=result.answered, key=chance.key(),
    )  # fmt: skip
