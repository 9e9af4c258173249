"""When somebody is there on a day, from weekly hours and days that differ; and what is booked outside of it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from koru.moments.walltime import instant_of

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of one weekday (ISO), from a day on, until the day before another."""

    weekday: int
    opens: time
    closes: time
    starting: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.weekday == day.isoweekday() and self.starting <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Different:
    """A day that differs: away or extra; no hours: all day."""

    away: bool
    on: date
    opens: time | None = None
    closes: time | None = None

    def stretch(self, zone: ZoneInfo) -> Stretch:
        start = instant_of(self.on, self.opens or time(0), zone)
        end = instant_of(self.on, self.closes, zone) if self.closes else instant_of(self.on + timedelta(days=1), time(0), zone)
        return start, end


def there(day: date, weekly: Iterable[Hours], different: Sequence[Different], zone: ZoneInfo) -> list[Stretch]:
    """The stretches of a day in which somebody is there, joined and in order."""
    usual = [(instant_of(day, one.opens, zone), instant_of(day, one.closes, zone)) for one in weekly if one.holds_on(day)]
    today = [one for one in different if one.on == day]
    stretches = joined([*usual, *(one.stretch(zone) for one in today if not one.away)])
    for gone in (one.stretch(zone) for one in today if one.away):
        stretches = [rest for stretch in stretches for rest in without(stretch, gone)]
    return stretches


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    made: list[Stretch] = []
    for start, end in sorted(one for one in stretches if one[0] < one[1]):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def without(stretch: Stretch, gone: Stretch) -> list[Stretch]:
    before, after = (stretch[0], min(stretch[1], gone[0])), (max(stretch[0], gone[1]), stretch[1])
    return [rest for rest in (before, after) if rest[0] < rest[1]]


def covered(start: datetime, end: datetime, stretches: Iterable[Stretch]) -> bool:
    return any(opens <= start and end <= closes for opens, closes in stretches)
