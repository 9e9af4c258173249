"""Open times as a week to choose from, and a chosen time read back. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from koru.moments.walltime import exists, instant_of
from koru.ui.times import abbreviation, same_wall, short_day, spoken_day, spoken_time, spoken_zone

from .refusals import InTheGap, NoSuchTime, OpenTime

WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class Slot:
    """One radio: `value` is the instant, `note` is what stands instead of the end ("just taken"), `whose` a name."""

    value: str
    time: str
    until: str
    day: date
    note: str = ""
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    name: str
    words: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """Whose wall clock leads, and whose follows in brackets where it shows something else."""

    leading: ZoneInfo
    other: ZoneInfo
    minutes: int

    def slot(self, start: datetime, note: str = "") -> Slot:
        here = start.astimezone(self.leading)
        until = f"to {wall_words(start + timedelta(minutes=self.minutes), self.leading)}"
        if not same_wall(self.leading, self.other, start):
            until += f" [{wall_words(start, self.other)}]"
        return Slot(start.isoformat(), wall_words(start, self.leading), until, here.date(), note)

    def long_words(self, start: datetime) -> str:
        return f"{spoken_day(start.astimezone(self.leading).date())}, {wall_words(start, self.leading)}"

    def short_words(self, start: datetime) -> str:
        return f"{short_day(start.astimezone(self.leading).date())}, {wall_words(start, self.leading)}"

    def zone_words(self, at: datetime) -> str:
        return spoken_zone(self.leading, at)

    def other_words(self, at: datetime) -> str:
        """The other zone by its name, where its clock shows something else."""
        return "" if same_wall(self.leading, self.other, at) else spoken_zone(self.other, at)


def wall_words(at: datetime, zone: ZoneInfo) -> str:
    """ "1:30 am"; in the hour that autumn repeats, with the zone's letters: "1:30 am EDT", or its offset where it has none."""
    local = at.astimezone(zone)
    first, second = local.replace(fold=0), local.replace(fold=1)
    twice = first.utcoffset() != second.utcoffset()
    return f"{spoken_time(local)} {abbreviation(zone, at)}" if twice else spoken_time(local)


def length_words(minutes: int) -> str:
    """ "2 hours 30 minutes" """
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} hour{'s' if hours > 1 else ''}" if hours else "", f"{rest} minutes" if rest else ""]
    return " ".join(part for part in parts if part)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(openings: Iterable[OpenTime], monday: date, clock: Clock, taken: datetime | None = None) -> list[Day]:
    """Monday to Friday, with weekend days where something is open. A time just taken stands among the others."""
    slots = {one.start: clock.slot(one.start) for one in openings}
    if taken and taken not in slots:
        slots[taken] = clock.slot(taken, "just taken")
    ordered = [slot for _, slot in sorted(slots.items())]
    days = [monday + timedelta(days=number) for number in range(7)]
    week = [(number, day, tuple(slot for slot in ordered if slot.day == day)) for number, day in enumerate(days)]
    return [Day(short_day(day), spoken_day(day), there) for number, day, there in week if there or number < WORKING_DAYS]


def week_words(monday: date, open_days: Iterable[date] = ()) -> str:
    """ "7 to 11 Dec": to Friday, or to the last day of the weekend on which something is open."""
    week = (day for day in open_days if monday <= day < monday + timedelta(days=7))
    last = max(monday + timedelta(days=WORKING_DAYS - 1), *week, monday)
    month = "" if monday.month == last.month else f" {short_day(monday).split()[2]}"
    return f"{monday.day}{month} to {last.day} {short_day(last).split()[2]}"


def read_start(text: str, zone: ZoneInfo) -> datetime:
    """A chosen start: an instant as our pages write it, or a wall time in that zone. Raises InTheGap or NoSuchTime."""
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        raise NoSuchTime from None
    if not date(2000, 1, 1) <= read.date() <= date(2200, 1, 1):
        raise NoSuchTime
    if read.tzinfo is not None:
        return read
    if not exists(read.date(), read.time(), zone):
        raise InTheGap(f"Clocks go forward then: {read:%H:%M} does not exist that night.")
    return instant_of(read.date(), read.time(), zone)
