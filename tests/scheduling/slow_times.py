"""Open times, the slow and obvious way: every minute of every day asked in turn. Shares no code with the query."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


@dataclass
class World:
    zone: ZoneInfo
    weekly: list[tuple[int, time, time]] = field(default_factory=list)
    extra: list[tuple[date, time, time]] = field(default_factory=list)
    away: list[tuple[date, time | None, time | None]] = field(default_factory=list)
    busy: list[tuple[datetime, datetime]] = field(default_factory=list)
    closed: list[tuple[date, time | None, time | None]] = field(default_factory=list)
    room_weekly: list[tuple[int, time, time]] = field(default_factory=list)
    room_extra: list[tuple[date, time, time]] = field(default_factory=list)
    room_away: list[tuple[date, time | None, time | None]] = field(default_factory=list)

    def first_instant(self, day: date, wall: time) -> datetime:
        """The first minute of that day, by UTC, at which the wall clock shows that time or later on that date."""
        instant = datetime.combine(day, time(0), UTC) - timedelta(hours=16)
        while True:
            local = instant.astimezone(self.zone).replace(tzinfo=None)
            if local >= datetime.combine(day, wall):
                return instant
            instant += MINUTE if datetime.combine(day, wall) - local < timedelta(hours=3) else timedelta(hours=1)

    def there(self, first: date, last: date) -> list[tuple[datetime, datetime]]:
        return self._hours(first, last, self.weekly, self.extra)

    def room_open(self, first: date, last: date) -> list[tuple[datetime, datetime]]:
        """Always, for a room without hours of its own."""
        if not self.room_weekly:
            return [(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))]
        return self._hours(first, last, self.room_weekly, self.room_extra)

    def _hours(
        self, first: date, last: date, weekly: list[tuple[int, time, time]], extra: list[tuple[date, time, time]]
    ) -> list[tuple[datetime, datetime]]:
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        hours = [(day, opens, closes) for day in days for weekday, opens, closes in weekly if day.isoweekday() == weekday]
        return [(self.first_instant(day, opens), self.first_instant(day, closes)) for day, opens, closes in hours + extra]

    def gone(self) -> list[tuple[datetime, datetime]]:
        return self.gone_of(self.away + self.closed + self.room_away)

    def gone_of(self, days: list[tuple[date, time | None, time | None]]) -> list[tuple[datetime, datetime]]:
        made = []
        for day, opens, closes in days:
            end = self.first_instant(day, closes) if closes else self.first_instant(day + timedelta(days=1), time(0))
            made.append((self.first_instant(day, opens or time(0)), end))
        return made

    def starts(self, first: date, last: date, *, minutes: int, before: int, after: int, grid: int) -> list[datetime]:
        around = first - timedelta(days=1), last + timedelta(days=1)
        there, room, not_there = self.there(*around), self.room_open(*around), self.gone() + self.busy
        found = []
        for start in self.wall_starts(first, last, grid):
            needed = [start + MINUTE * number for number in range(-before, minutes + after)]
            if all(within(one, there) and within(one, room) and not within(one, not_there) for one in needed):
                found.append(start)
        return found

    def wall_starts(self, first: date, last: date, grid: int) -> list[datetime]:
        """Every instant at which the wall clock shows a time on the grid: in autumn some times come twice."""
        found = []
        instant = datetime.combine(first, time(0), UTC) - timedelta(hours=16)
        while instant < datetime.combine(last, time(0), UTC) + timedelta(hours=40):
            local = instant.astimezone(self.zone).replace(tzinfo=None)
            if first <= local.date() <= last and (local.hour * 60 + local.minute) % grid == 0:
                found.append(instant)
            instant += timedelta(minutes=5)
        return found

    def minutes_there(self, first: date, last: date) -> set[datetime]:
        """Every minute of those days at which they are there."""
        there, gone = self.there(first, last), self.gone()
        return _minutes(there) - _minutes(gone)


def _minutes(stretches: list[tuple[datetime, datetime]]) -> set[datetime]:
    return {start + MINUTE * number for start, end in stretches for number in range(int((end - start) / MINUTE))}


def within(minute: datetime, stretches: list[tuple[datetime, datetime]]) -> bool:
    return any(start <= minute < end for start, end in stretches)
