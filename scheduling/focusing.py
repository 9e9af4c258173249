"""One thing for a while, then a break: the times of it on somebody's own wall. Kept nowhere. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from koru.ui.times import spoken_time

STRETCHES = (2, 5, 10, 25)
BREAK = timedelta(minutes=5)
USUAL = 10


@dataclass(frozen=True, slots=True)
class Stretch:
    """From now until `until`, then a break until `back`. Elapsed minutes, whatever the clocks do."""

    minutes: int
    until: datetime
    back: datetime
    zone: ZoneInfo

    @property
    def until_words(self) -> str:
        return spoken_time(self.until.astimezone(self.zone))

    @property
    def back_words(self) -> str:
        return spoken_time(self.back.astimezone(self.zone))

    @property
    def seconds(self) -> int:
        return self.minutes * 60


def stretch(minutes: str, now: datetime, zone: ZoneInfo) -> Stretch:
    """As long as asked, if it is one of those offered; else ten minutes."""
    asked = next((one for one in STRETCHES if str(one) == minutes), USUAL)
    until = now + timedelta(minutes=asked)
    return Stretch(asked, until, until + BREAK, zone)
