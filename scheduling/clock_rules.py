"""When the rules of a clock have changed under what is booked: the instant stays, its wall time reads anew."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from .availability import StaysAsItIs

STILL_AHEAD = (Path(__file__).parent / "sql" / "walls_told.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Reads:
    """An appointment whose wall time isn't what was told. `was` and `now` are wall times, without a zone.

    `mark` names this very difference: who decides that it stays decides for that.
    """

    appointment: UUID
    name: str
    zone: ZoneInfo
    was: datetime
    now: datetime
    mark: str


def read_anew(now: datetime) -> list[Reads]:
    """What is booked ahead and reads another time than when it was placed, soonest first, but for what somebody has decided
    to leave. One query, two when there is any.

    Both clocks of this house are asked, Python's and the database's: also when only one of them has the new rules.
    """
    with connection.cursor() as cursor:
        cursor.execute(STILL_AHEAD, {"now": now})
        found = list(_differing(cursor.fetchall()))
    if not found:
        return []
    decided = StaysAsItIs.objects.filter(appointment__in=[one.appointment for one in found])
    stays = set(decided.values_list("appointment", "mark"))
    return [one for one in found if (one.appointment, one.mark) not in stays]


def _differing(rows: Iterable[tuple[UUID, str, datetime, str, int, int]]) -> Iterator[Reads]:
    for appointment, name, starts, key, told, by_database in rows:
        zone = ZoneInfo(key)
        by_python = _ahead_of_utc(starts, zone)
        present = by_python if by_python != told else by_database
        if present != told:
            yield Reads(appointment, name, zone, _wall(starts, told), _wall(starts, present), f"clock {told} {present}")


def _ahead_of_utc(at: datetime, zone: ZoneInfo) -> int:
    offset = at.astimezone(zone).utcoffset() or timedelta()
    return int(offset.total_seconds()) // 60


def _wall(at: datetime, minutes: int) -> datetime:
    return (at.astimezone(UTC) + timedelta(minutes=minutes)).replace(tzinfo=None)
