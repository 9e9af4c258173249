"""A flag that comes up, and what is added to it while it is open. Called by `noticing`, under its lock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from koru.moments.directions import narrows
from koru.people.models import Person
from koru.reminders.less_often import restore
from koru.reminders.planning import pause_asking

from .flags import Flag, FlagStep
from .levels import Level
from .owning import owner_for
from .rules import Rule
from .steps import note_step
from .telling import tell
from .working_time import due

What = FlagStep.What


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody has answered: the facts of one cause, the id of what was answered, when and by whom."""

    client: Person
    facts: Mapping[str, float]
    about: UUID | None
    at: datetime
    by: Person

    @property
    def row(self) -> dict[str, Any]:
        return {"at": self.at.isoformat(), "about": str(self.about or ""), "facts": dict(self.facts)}


def begin(told: Told, rule: Rule, level: Level) -> Flag:
    """A cause that wasn't open."""
    flag = Flag(
        client=told.client,
        key=rule.key,
        level=level,
        owner=owner_for(told.client),
        raised_at=told.at,
        counted_from=told.at,
        latest_at=told.at,
        due_at=due(level, told.at),
        about=told.about,
        answers=[told.row],
    )
    flag.save(force_insert=True)
    note_step(flag, What.RAISED, by=told.by)
    _follow(flag, rule, told.by)
    tell(flag)
    restore(told.client)
    return flag


def add(flag: Flag, told: Told, rule: Rule, level: Level | None) -> Flag:
    """More about an open cause. A higher level, and a new answer after it was seen, ask for a look again."""
    changed = flag.about == told.about and told.about is not None
    higher = level is not None and level > flag.level
    flag.answers = [*flag.history, told.row]
    flag.about, flag.latest_at = told.about, told.at
    flag.count += not changed
    note_step(flag, What.CHANGED if changed else What.AGAIN, by=told.by)
    asks_anew = higher or (flag.state == Flag.State.ACKNOWLEDGED and level is not None and not changed)
    if asks_anew:
        count_anew(flag, level or Level(flag.level), told.at, by=told.by)
    flag.save()
    if level is not None:
        _follow(flag, rule, told.by)
    if asks_anew:
        tell(flag)
    return flag


@narrows
def count_anew(flag: Flag, level: Level, now: datetime, *, by: Person) -> None:
    """Somebody has to look, from now on counted; never later than was said before. Doesn't save."""
    if level > flag.level:
        note_step(flag, What.HIGHER, by=by)
    was_seen = flag.state != Flag.State.OPEN
    flag.level = max(level, Level(flag.level))
    flag.state, flag.acknowledged_by, flag.acknowledged_at = Flag.State.OPEN, None, None
    flag.counted_from, flag.climbed = now, 0
    fresh = due(Level(flag.level), now)
    flag.due_at = fresh if was_seen else min(flag.due_at, fresh)


def _follow(flag: Flag, rule: Rule, by: Person) -> None:
    """Help opens for the one who answered; while it is urgent nothing else asks anything of them."""
    if rule.opens_help:
        note_step(flag, What.SHOWN, by=by)
    if flag.is_urgent:
        pause_asking(flag.pk, flag.client)
