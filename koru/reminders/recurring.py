"""Letters that come again: one ahead for each thing, by its rhythm (rhythm.py) and the reader's clock as it is now.

Whoever keeps a thing that recurs says so with `Recurring` and calls `plan_next` with the deed that changes it and each time
its clock looks. `withdraw(thing, …)` of planning.py lets go of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet

from koru.people.models import Person

from .models import Letter, stem_of
from .planning import UNSENT, Plan, Recipient, plan
from .rhythm import Rhythm

USEFUL = timedelta(hours=3)
Thing = tuple[str, UUID]


@dataclass(frozen=True, slots=True)
class Recurring:
    """What somebody wants to be told of again and again. `thing`: the id of what recurs, one for each rhythm.

    `useful`: for how long after its time it still makes sense. `context` as for `Plan`.
    """

    kind: str
    to: Person
    thing: UUID
    rhythm: Rhythm
    useful: timedelta = USEFUL
    context: Mapping[str, str] = field(default_factory=dict)

    def next(self, now: datetime, latest: date | None) -> Plan:
        """Its next letter. The day and the time make it that one, however often it is planned."""
        day, due = self.rhythm.after(now, ZoneInfo(self.to.zone), latest)
        return Plan(
            kind=self.kind,
            to=Recipient.of(self.to),
            about=self.thing,
            due_at=due,
            not_after=due + self.useful,
            offset=f"{day.isoformat()} {self.rhythm.at:%H%M}",
            context=self.context,
        )


@transaction.atomic
def plan_next(things: Iterable[Recurring], now: datetime) -> int:
    """Let each thing have the next of its letters ahead and no other. Safe to run again and again. How many things."""
    wanted = {(one.kind, one.thing): one for one in things}
    letters = Letter.objects.filter(kind__in={kind for kind, _ in wanted}, about__in={thing for _, thing in wanted})
    back = timedelta(days=max((one.rhythm.apart for one in wanted.values()), default=0) + 1)
    latest = _latest(letters.filter(due_at__gt=now - back), now)
    keep((one.next(now, latest.get(thing)) for thing, one in wanted.items()), letters.filter(due_at__gt=now))
    return len(wanted)


@transaction.atomic
def keep(wanted: Iterable[Plan], among: QuerySet[Letter]) -> None:
    """Let the unsent letters among these be those that are wanted now, each due when it is wanted now.

    One that is wanted at another instant than it was planned for (its reader has moved, the clocks' rules have changed)
    is planned anew. One that was sent or taken back under the same key comes no second time. What its reader put off
    stays where they put it.
    """
    plans = {one.stem: one for one in wanted}
    ahead = among.filter(UNSENT, handed_at=None, put_off=False)
    kept, needless = set(), []
    for letter, key, not_after in ahead.values_list("pk", "dedupe_key", "not_after"):
        stem = stem_of(key)
        if stem in plans and plans[stem].not_after == not_after:
            kept.add(stem)
        else:
            needless.append(letter)
    if needless:
        ahead.filter(pk__in=needless).delete()
    if plans.keys() - kept:
        plan(one for stem, one in plans.items() if stem not in kept)


def _latest(letters: QuerySet[Letter], now: datetime) -> dict[Thing, date]:
    """The day of each thing's last letter, by the wall clock it was planned for: gone out, or due and about to."""
    come = letters.filter(Q(due_at__lte=now) | Q(handed_at__isnull=False), withdrawn_at=None)
    days: dict[Thing, date] = {}
    for kind, about, due, zone in come.values_list("kind", "about", "due_at", "zone"):
        day = due.astimezone(ZoneInfo(zone)).date()
        days[kind, about] = max(day, days.get((kind, about), day))
    return days
