"""A stretch of time between two instants. Elapsed time, never wall time: 150 minutes stay 150 across a clock change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` up to, not including, `end`. Both are aware datetimes."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a span needs aware datetimes")
        if self.end <= self.start:
            raise ValueError("a span ends after it starts")

    @classmethod
    def lasting(cls, start: datetime, minutes: int) -> "Span":
        """The span of so many elapsed minutes. Added in UTC: adding to a local time would follow the wall clock."""
        instant = start.astimezone(UTC)
        return cls(instant, instant + timedelta(minutes=minutes))

    @classmethod
    def of_range(cls, value: DateTimeTZRange) -> "Span":
        return cls(value.lower, value.upper)

    @classmethod
    def of_day(cls, day: date, zone: ZoneInfo, day_starts: time = time(4)) -> "Span":
        """One person's day, by default from 04:00 to 04:00: a note at one in the morning belongs to the evening before."""
        start = datetime.combine(day, day_starts, zone)
        end = datetime.combine(day + timedelta(days=1), day_starts, zone)
        return cls(start.astimezone(UTC), end.astimezone(UTC))

    @property
    def range(self) -> DateTimeTZRange:
        return DateTimeTZRange(self.start, self.end, "[)")

    @property
    def minutes(self) -> int:
        return int((self.end - self.start).total_seconds() // 60)

    def padded(self, before: int, after: int) -> "Span":
        return Span(
            self.start.astimezone(UTC) - timedelta(minutes=before),
            self.end.astimezone(UTC) + timedelta(minutes=after),
        )

    def holds(self, instant: datetime) -> bool:
        return self.start <= instant < self.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


def local_day(instant: datetime, zone: ZoneInfo, day_starts: time = time(4)) -> date:
    """The day that an instant belongs to for a person whose days begin at `day_starts`, local wall time."""
    local = instant.astimezone(zone)
    return local.date() if local.time() >= day_starts else local.date() - timedelta(days=1)
