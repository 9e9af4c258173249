"""When something comes again: by the clock on the reader's own wall, on the days they chose. Pure.

Everything that recurs asks here: a note to check in, an anchor of the day. Nothing counts hours on, so eight in the morning
stays at eight over clock changes, in another zone and after an update of the clocks' rules.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from koru.moments.walltime import instant_of

ANY_DAY = frozenset(range(7))
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A clock time, on some weekdays (0 is Monday), at least `apart` days after the one before. ValueError: on no day."""

    at: time
    weekdays: frozenset[int] = ANY_DAY
    apart: int = 1

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= ANY_DAY or self.apart < 1:
            raise ValueError(f"nothing comes on weekdays {sorted(self.weekdays)}, {self.apart} days apart")

    def after(self, now: datetime, zone: ZoneInfo, latest: date | None = None) -> tuple[date, datetime]:
        """The next day on that wall with its instant, later than now. `latest`: the day of the one before, as it was felt.

        A date that had one has no second, wherever its reader has flown to since.
        """
        day = now.astimezone(zone).date()
        if latest:
            day = max(day, latest + self.apart * A_DAY)
        while day.weekday() not in self.weekdays or instant_of(day, self.at, zone) <= now:
            day += A_DAY
        return day, instant_of(day, self.at, zone)
