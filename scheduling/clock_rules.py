"""When the rules of a clock have changed under what is booked: the instant stays, its wall time reads anew."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

STILL_AHEAD = (Path(__file__).parent / "sql" / "walls_told.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Reads:
    """An appointment whose wall time isn't what was told. `was` and `now` are wall times, without a zone."""

    appointment: UUID
    name: str
    zone: ZoneInfo
    was: datetime
    now: datetime


def read_anew(now: datetime) -> Iterator[Reads]:
    """What is booked ahead and reads another time than when it was placed, soonest first. One query.

    Both clocks of this house are asked, Python's and the database's: also when only one of them has the new rules.
    """
    with connection.cursor() as cursor:
        cursor.execute(STILL_AHEAD, {"now": now})
        rows = cursor.fetchall()
    for appointment, name, starts, key, told, by_database in rows:
        zone = ZoneInfo(key)
        by_python = _ahead_of_utc(starts, zone)
        present = by_python if by_python != told else by_database
        if present != told:
            yield Reads(appointment, name, zone, _wall(starts, told), _wall(starts, present))


def _ahead_of_utc(at: datetime, zone: ZoneInfo) -> int:
    offset = at.astimezone(zone).utcoffset() or timedelta()
    return int(offset.total_seconds()) // 60


def _wall(at: datetime, minutes: int) -> datetime:
    return (at.astimezone(UTC) + timedelta(minutes=minutes)).replace(tzinfo=None)
