"""Where a client stands between dosing sessions, from the real appointments (clinical.md 1.2). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from koru.moments.spans import local_day

ASSUMED_AFTER = timedelta(minutes=30)


class Phase(StrEnum):
    BEFORE = "before"
    DAY_OF = "day-of"
    FIRST_DAY = "after-0-1d"
    DAYS_2_7 = "after-2-7d"
    WEEKS_2_4 = "after-2-4wk"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class DosingSession:
    """A dosing session that is booked or took place. Cancelled and missed ones are as if they had not been.

    It starts when its start was tapped, be it a little early, and as booked until then.
    """

    starts: datetime
    booked_end: datetime
    ended: datetime | None = None

    def end(self, now: datetime) -> datetime | None:
        """The actual end; when nobody tapped it, 30 minutes after the booked one, once that has passed."""
        assumed = self.booked_end + ASSUMED_AFTER
        return self.ended or (assumed if assumed <= now else None)


def first_ahead(sessions: Iterable[DosingSession], now: datetime) -> datetime | None:
    """The start of the very first session while it is still ahead; None when there was one, or none is booked."""
    starts = min((session.starts for session in sessions), default=None)
    return starts if starts and starts > now else None


@dataclass(frozen=True, slots=True)
class Reading:
    """The phase and what it was read from: whole days since the last end and until the next start, in client days."""

    phase: Phase
    days_since: int | None = None
    days_until: int | None = None


def phase_at(
    now: datetime,
    sessions: Iterable[DosingSession],
    zone: ZoneInfo,
    day_starts: time = time(4),
    *,
    consented: bool = False,
) -> Reading:
    """The first rule of clinical.md 1.2 that holds. A client's day starts at `day_starts` in their zone."""
    sessions = list(sessions)
    today = local_day(now, zone, day_starts)
    ends = [end for session in sessions if (end := session.end(now)) is not None and end <= now]
    ahead = [session.starts for session in sessions if session.end(now) is None]
    since = (today - local_day(max(ends), zone, day_starts)).days if ends else None
    until = (local_day(min(ahead), zone, day_starts) - today).days if ahead else None
    return Reading(_phase(since, until, consented), since, until)


def _phase(since: int | None, until: int | None, consented: bool) -> Phase:
    if until is not None and until <= 0:
        return Phase.DAY_OF
    if since in (0, 1):
        return Phase.FIRST_DAY
    if until in (1, 2):
        return Phase.BEFORE
    if since is not None and since <= 7:
        return Phase.DAYS_2_7
    return _far_phase(since, until, consented)


def _far_phase(since: int | None, until: int | None, consented: bool) -> Phase:
    if until is not None and until <= 7:
        return Phase.BEFORE
    if since is not None:
        return Phase.WEEKS_2_4 if since <= 28 else Phase.BETWEEN
    return Phase.BEFORE if until is not None or consented else Phase.BETWEEN
