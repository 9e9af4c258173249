"""When a letter may go out: quiet hours by the reader's own clock, and the quiet day. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.moments.walltime import instant_of

from .kinds import LetterKind

STILL_USEFUL = timedelta(hours=1)
TEXTS_FROM, TEXTS_UNTIL = time(8), time(20)  # on the reader's clock, whatever they chose (clinical.md 8)
AROUND = 8  # rests after one another that a text waits for; hours that never meet leave it none
QUIET_FROM, QUIET_UNTIL = time(21), time(8)


@dataclass(frozen=True, slots=True)
class Rest:
    """When somebody wants no letters: nightly hours on the wall clock of their zone (equal ends: none), and hushes."""

    zone: ZoneInfo
    quiet_from: time = QUIET_FROM
    quiet_until: time = QUIET_UNTIL
    hushes: tuple[Span, ...] = ()

    def quiet_ends(self, moment: datetime) -> datetime | None:
        """When the quiet hours around a moment end. None: the moment is in none."""
        local = moment.astimezone(self.zone)
        if not self.is_quiet(local.time()):
            return None
        day = local.date() + timedelta(days=local.time() >= self.quiet_until)
        end = instant_of(day, self.quiet_until, self.zone)
        if end > moment:
            return end
        return datetime.combine(day, self.quiet_until, self.zone).replace(fold=1).astimezone(UTC)  # an hour that autumn repeats

    def hush_ends(self, moment: datetime) -> datetime | None:
        """When the last hush around a moment ends. None: there is none."""
        return max((hush.end for hush in self.hushes if hush.holds(moment)), default=None)

    def is_quiet(self, wall: time) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= wall < self.quiet_until
        return wall >= self.quiet_from or wall < self.quiet_until


def settled(due: datetime, not_after: datetime | None, kind: LetterKind, rest: Rest, *, asked: bool = False) -> datetime | None:
    """The moment at which a letter due then goes out: itself, or the first after all rest. None: it has lost its use.

    A letter that had to wait is still useful an hour or more before what it announces (clinical.md 8). `asked`: the
    reader has just asked for what it says: that opens quiet hours to all kinds, the quiet day to some.
    """
    moment = _after_rest(due, kind, rest, asked=asked)
    return moment if _is_useful(moment, due, not_after) else None


def settled_as_text(
    due: datetime, not_after: datetime | None, kind: LetterKind, rest: Rest, *, asked: bool = False
) -> datetime | None:
    """The same for a text message, which goes between eight in the morning and eight in the evening alone."""
    nights, moment = Rest(rest.zone, TEXTS_UNTIL, TEXTS_FROM), due
    for _ in range(AROUND):
        awake = _after_rest(moment, kind, rest, asked=asked)
        moment = nights.quiet_ends(awake) or awake
        if moment == awake:
            return moment if _is_useful(moment, due, not_after) else None
    return None


def _after_rest(due: datetime, kind: LetterKind, rest: Rest, *, asked: bool) -> datetime:
    moment = due
    while later := _rest_ends(moment, kind, rest, asked=asked):
        moment = later
    return moment


def _is_useful(moment: datetime, due: datetime, not_after: datetime | None) -> bool:
    if not_after is None:
        return True
    return moment < not_after if moment == due else moment <= not_after - STILL_USEFUL


def _rest_ends(moment: datetime, kind: LetterKind, rest: Rest, *, asked: bool) -> datetime | None:
    if kind.hush == "hold" or (kind.hush == "if-asked" and not asked):
        hush = rest.hush_ends(moment)
        if hush:
            return hush
    return rest.quiet_ends(moment) if kind.quiet == "shift" and not asked else None
