"""A proposed course in words: each date by whose clock it is read, why it lies there, and until when it can be changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from koru.people.models import Clinic, Person
from koru.ui.times import same_wall, short_day, spoken_day, spoken_zone

from .choosing import Clock, Day, Slot, wall_words
from .models import Course, CourseDate, Place

WEEK = 7


@dataclass(frozen=True, slots=True)
class Line:
    position: int
    kind: str
    belongs: bool
    day: str
    times: str
    other: str
    where: str
    why: str
    until: str
    changed: bool


def clock_of(date_of: CourseDate, reader: Person, clinic: Clinic) -> Clock:
    """In a room the clinic's clock leads, and to whoever works there; a client reads a call by their own."""
    own, clinics = ZoneInfo(reader.zone), ZoneInfo(clinic.zone)
    leads = clinics if date_of.place == Place.ROOM or not reader.is_client else own
    return Clock(leads, own if leads == clinics else clinics, date_of.kind.minutes)


def lines_of(course: Course, reader: Person, clinic: Clinic, now: datetime) -> list[Line]:
    """One query."""
    dates = list(course.dates.select_related("kind").order_by("position"))
    zone = ZoneInfo(clinic.zone)
    return [_line(one, _why(one, dates, zone), clock_of(one, reader, clinic), now) for one in dates]


def _line(one: CourseDate, why: str, clock: Clock, now: datetime) -> Line:
    zone, end = clock.leading, one.start + timedelta(minutes=one.kind.minutes)
    return Line(
        position=one.position,
        kind=one.kind.name,
        belongs=one.follows_id is not None,
        day=_day(one.start, zone, now),
        times=f"{wall_words(one.start, zone)} to {wall_words(end, zone)}",
        other="" if same_wall(zone, clock.other, one.start) else wall_words(one.start, clock.other),
        where="by phone" if one.place == Place.PHONE else "by video" if one.place == Place.VIDEO else "in a room",
        why=why,
        until=_moment(one.start - timedelta(hours=one.kind.change_hours), zone, now),
        changed=one.changed,
    )


def _day(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """ "Fri 4 Dec"; with the year when it isn't this one."""
    day = at.astimezone(zone).date()
    return short_day(day) if day.year == now.astimezone(zone).year else f"{short_day(day)} {day.year}"


def _moment(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    return f"{_day(at, zone, now)}, {wall_words(at, zone)}"


def clocks_of(course: Course, reader: Person, clinic: Clinic) -> str:
    """By which clocks the page reads: one, or the room's and the reader's own."""
    first, last = (course.dates.order_by(way).values_list("start", flat=True)[0] for way in ("start", "-start"))
    own, clinics = ZoneInfo(reader.zone), ZoneInfo(clinic.zone)
    where = spoken_zone(clinics, first, last)
    if same_wall(own, clinics, first) and same_wall(own, clinics, last):
        return f"All times in {where}."
    mine = spoken_zone(own, first, last)
    if reader.is_client:
        return f"In a room, times are {where}; by video or phone they are yours, {mine}. In brackets, the other."
    return f"All times in {where}; in brackets yours, {mine}."


def _why(one: CourseDate, dates: Sequence[CourseDate], zone: ZoneInfo) -> str:
    """Why it lies there: so many days after what came before."""
    if one.follows_id is not None:
        session = next(other for other in dates if other.pk == one.follows_id)
        return f"{after_words(_days(session, one, zone))} the session"
    before = next((other for other in reversed(dates[: one.position]) if other.follows_id is None), None)
    return f"{after_words(_days(before, one, zone))} the meeting before" if before else "The first that is open"


def _days(before: CourseDate, one: CourseDate, zone: ZoneInfo) -> int:
    days: timedelta = one.start.astimezone(zone).date() - before.start.astimezone(zone).date()
    return days.days


def after_words(days: int) -> str:
    """ "The day after", "5 days after", "2 weeks after" """
    if days == 1:
        return "The day after"
    if days % WEEK == 0 and days:
        weeks = days // WEEK
        return "A week after" if weeks == 1 else f"{weeks} weeks after"
    return f"{days} days after" if days else "The same day as"


def days_to_choose(starts: Sequence[datetime], clock: Clock) -> list[Day]:
    """Starts as radios, a group a day."""
    slots: dict[date, list[Slot]] = {}
    for slot in (clock.slot(start) for start in starts):
        slots.setdefault(slot.day, []).append(slot)
    return [Day(short_day(day), spoken_day(day), tuple(there)) for day, there in slots.items()]
