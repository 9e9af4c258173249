"""The pages of keeping well, as their owner sees them: the list, which signs were there this week, and rough days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from koru.moments.spans import local_day
from koru.people.models import Alliance, Person
from koru.safety.keeping import MOST, KeepingLine, Kind, SignSeen, monday_of
from koru.safety.keeping_well import is_shared

from .keeping_forms import LineForm, OtherwiseForm

BEFORE = 30
TITLES = {Kind.SIGN: "What tells you early", Kind.TELL: "Whom you tell first", Kind.STEP: "On rough days"}


@dataclass(frozen=True, slots=True)
class Kept:
    """One part of the list: its lines, each with a form for other words, and a form for one more where there is room."""

    kind: Kind
    title: str
    lines: Sequence[tuple[KeepingLine, OtherwiseForm]]
    more: LineForm | None


@dataclass(frozen=True, slots=True)
class Keeping:
    """All of it. `week`: the Monday of this week; `seen`: ids of signs that were there in it; `before`: what was let go."""

    parts: Sequence[Kept]
    week: date
    seen: frozenset[UUID]
    before: Sequence[KeepingLine]
    shared: bool
    working: bool

    @property
    def signs(self) -> list[KeepingLine]:
        return [line for part in self.parts if part.kind == Kind.SIGN for line, _ in part.lines]


def week_now(client: Person, now: datetime) -> date:
    return monday_of(local_day(now, ZoneInfo(client.zone), client.day_starts))


def recent_weeks(client: Person, now: datetime) -> tuple[date, date]:
    """This week and the one before: a page that was opened on Sunday is answered on Monday."""
    week = week_now(client, now)
    return week, week - timedelta(days=7)


def keeping_of(client: Person, now: datetime, posted: LineForm | OtherwiseForm | None = None) -> Keeping:
    """Questions as many for much as for little. `posted` takes the place of its own form."""
    rows = list(KeepingLine.objects.of(client).with_last_seen())
    live = [line for line in rows if line.until is None]
    week = week_now(client, now)
    return Keeping(
        parts=[_part(kind, [line for line in live if line.kind == kind], posted) for kind in Kind],
        week=week,
        seen=frozenset(SignSeen.objects.filter(client=client, week=week).values_list("line", flat=True)),
        before=sorted((line for line in rows if line.until), key=lambda line: line.until, reverse=True)[:BEFORE],
        shared=is_shared(client),
        working=works_with_somebody(client),
    )


def works_with_somebody(client: Person) -> bool:
    return Alliance.objects.current().filter(client=client).exists()


def own_lines(client: Person) -> Mapping[str, list[KeepingLine]]:
    """What stands on the list now, by kind."""
    live = list(KeepingLine.objects.of(client).live())
    return {str(kind): [line for line in live if line.kind == kind] for kind in Kind}


def _part(kind: Kind, lines: list[KeepingLine], posted: LineForm | OtherwiseForm | None) -> Kept:
    more = LineForm(kind) if len(lines) < MOST[kind] else None
    if isinstance(posted, LineForm) and posted.kind == kind:
        more = posted
    return Kept(kind, TITLES[kind], [(line, _otherwise(line, posted)) for line in lines], more)


def _otherwise(line: KeepingLine, posted: LineForm | OtherwiseForm | None) -> OtherwiseForm:
    if isinstance(posted, OtherwiseForm) and posted.line.pk == line.pk:
        return posted
    return OtherwiseForm(line)
