"""What invented answers would have raised, and what a person did about it (clinical.md section 13). By the clinic's own rules.

Every one of them was seen in time and closed with an outcome: nobody is kept waiting, and nothing is sent.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from koru.people.models import Person
from koru.safety.clock import Hours, after, look_by
from koru.safety.flags import Flag, FlagStep
from koru.safety.levels import Level
from koru.safety.raising import Told
from koru.safety.rules import Rule, load, raised_by
from moodtracking.measures.models import Response
from moodtracking.models import CheckIn
from moodtracking.mood_drop import has_dropped
from moodtracking.trends import daily_values

from .chance import Chance
from .histories import Life

What, Outcome = FlagStep.What, Flag.Outcome
DONE = {
    Level.URGENT: ((Outcome.REACHED, Outcome.PLAN, Outcome.PRESCRIBER), (60, 30, 10)),
    Level.PROMPT: ((Outcome.REACHED, Outcome.PLAN, Outcome.REFERRED), (70, 25, 5)),
    Level.ROUTINE: ((Outcome.REACHED, Outcome.NOTHING), (60, 40)),
}
JUST_NOW, WEEK = timedelta(minutes=1), timedelta(days=7)
ENOUGH = 24  # days with a value that the rule may look back over
Handled = tuple[Flag, list[FlagStep]]


@dataclass(frozen=True)
class Clock:
    """The clinic's open hours, and the last moment of the story."""

    hours: Hours
    now: datetime


@dataclass(frozen=True)
class Cause:
    """What one result has raised, how pressing it is, and whose it is to look."""

    rule: Rule
    level: Level
    told: Told
    owner: Person


def raised(rows: Iterable[Response], clock: Clock, chance: Chance) -> Iterator[Handled]:
    """The flags of some results, each client's in order, unsaved, each with its steps."""
    before: dict[tuple[object, str], int | None] = {}
    for row in rows:
        facts = facts_of(row, before.get((row.client_id, row.measure)))
        before[row.client_id, row.measure] = row.total
        for key, level in raised_by(load().values(), facts).items():
            rule = load()[key]
            own = {name: value for name, value in facts.items() if name in rule.facts}
            told = Told(row.client, own, row.pk, row.at, row.client)
            yield _handled(Cause(rule, level, told, row.assignment.assigned_by), clock, chance)


def first_drop(told: Iterable[CheckIn], life: Life, owner: Person, clock: Clock, chance: Chance) -> list[Handled]:
    """The first sharp drop of mood in somebody's check-ins, as the rule of clinical.md 5.2 finds it; none where there is none."""
    rows = {row.local_date: row for row in told if "mood" in row.answers}
    days = daily_values((day, row.answers["mood"]) for day, row in rows.items())
    dropped = (day for place, day in enumerate(days) if has_dropped(days[max(0, place - ENOUGH) : place + 1], day.day))
    first = next(dropped, None)
    if first is None:
        return []
    row, rule = rows[first.day], load()["mood_drop"]
    after_session = any(row.at - WEEK < session.start <= row.at for session in life.sessions)
    facts = {"mood.drop": 1.0, "mood.drop.after_session": float(after_session)}
    cause = Cause(rule, rule.level(facts) or Level.ROUTINE, Told(row.client, facts, row.pk, row.at, row.client), owner)
    return [_handled(cause, clock, chance)]


def facts_of(row: Response, before: int | None) -> dict[str, float]:
    """As `moodtracking.measures.measuring` names them."""
    noticed = (key for key in row.given if row.definition.by_key[key].noticed)
    facts: dict[str, float] = {f"{row.measure}.item.{key}": row.given[key] for key in noticed}
    if row.total is not None:
        facts[f"{row.measure}.total"] = row.total
    if row.total is not None and before is not None:
        facts |= {f"{row.measure}.before": before, f"{row.measure}.change": row.total - before}
    return facts


def _handled(cause: Cause, clock: Clock, chance: Chance) -> Handled:
    """Seen within the clinic's open hours and before it was due, and closed some hours later."""
    told, at, owner = cause.told, cause.told.at, cause.owner
    due = look_by(cause.level, at, clock.hours)
    seen = min(after(at, timedelta(minutes=chance.randint(4, 55)), clock.hours), due, clock.now - 2 * JUST_NOW)
    closed = min(after(seen, timedelta(minutes=chance.randint(20, 300)), clock.hours), clock.now - JUST_NOW)
    outcomes, weights = DONE[cause.level]
    flag = Flag(
        id=chance.id_at(at), client=told.client, key=cause.rule.key, level=cause.level, owner=owner, state=Flag.State.CLOSED,
        outcome=chance.choices(outcomes, weights=weights)[0], raised_at=at, counted_from=at, latest_at=at, due_at=due,
        about=told.about, answers=[told.row], acknowledged_by=owner, acknowledged_at=seen, closed_by=owner, closed_at=closed,
    )  # fmt: skip
    return flag, list(_steps(flag, cause.rule, chance))


def _steps(flag: Flag, rule: Rule, chance: Chance) -> Iterator[FlagStep]:
    own = [What.SHOWN, chance.choices((What.CARRIED_ON, What.HELP, What.PLAN), weights=(6, 2, 2))[0]] if rule.opens_help else []
    told = [(what, flag.raised_at, flag.client, "") for what in (What.RAISED, *own)]
    told.append((What.ACKNOWLEDGED, flag.acknowledged_at or flag.due_at, flag.owner, ""))
    told.append((What.CLOSED, flag.closed_at or flag.due_at, flag.owner, flag.outcome))
    for number, (what, at, by, outcome) in enumerate(told):
        yield FlagStep(
            id=chance.id_at(at), flag=flag, client=flag.client, at=at, number=number, what=what, by=by, outcome=outcome
        )
