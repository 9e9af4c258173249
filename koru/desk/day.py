"""One day of the clinic as the desk looks at it: by therapist or by room, with its neighbours. A handful of queries."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from koru.people.models import Person
from koru.ui.times import WEEKDAYS, spoken_day
from scheduling.models import Room
from scheduling.present import present_on

from .slots import Slot, slots_on
from .timetable import NOBODYS, Across, Column, Stretches, Timetable, timetable, usual_hours

FIRST, LAST = date(2000, 1, 1), date(2200, 1, 1)
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
STEP = timedelta(minutes=5)
"""How often the line of this moment moves on a page that stands open."""


@dataclass(frozen=True)
class Day:
    """A day with everybody in it. `absent` counts therapists who aren't there and have nobody."""

    on: date
    today: date
    zone: ZoneInfo
    by_room: bool
    table: Timetable
    slots: Sequence[Slot]
    absent: int

    @property
    def words(self) -> str:
        return spoken_day(self.on, this_year=self.today.year)

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def days(self) -> list[tuple[str, str, str]]:
        """The ways to other days: address, name, and what a reader hears."""
        before, after = self.on - A_DAY, self.on + A_DAY
        return [
            (self._link(before), WEEKDAYS[before.weekday()][:3], "the day before"),
            (self._link(after), WEEKDAYS[after.weekday()][:3], "the day after"),
        ]

    @property
    def week_before(self) -> str:
        return self._link(self.on - A_WEEK)

    @property
    def week_after(self) -> str:
        return self._link(self.on + A_WEEK)

    @property
    def this_day(self) -> str:
        return self._link(self.today)

    @property
    def link(self) -> str:
        return self._link(self.on)

    @property
    def across(self) -> str:
        """The same day, the other way."""
        return replace(self, by_room=not self.by_room).link

    def _link(self, on: date) -> str:
        return f"?{urlencode({'day': on.isoformat()} | ({'by': 'room'} if self.by_room else {}))}"

    @property
    def seen(self) -> str:
        """Tells two states of the day apart, so that a page that is open asks for no more than it needs."""
        told = [
            (str(one.id), one.name, one.times, one.therapist, one.where, one.tone, one.mark, one.movable) for one in self.slots
        ]
        columns = [(track.column, track.there) for track in self.table.tracks]
        return hashlib.sha256(repr((columns, told, self.table.now)).encode()).hexdigest()[:16]


def day_of(on: date, *, by_room: bool, now: datetime, zone: ZoneInfo) -> Day:
    """The day as it is now: three queries by therapist, two by room."""
    slots = slots_on(on, zone, now)
    there: Stretches = {} if by_room else present_on(on)
    columns = _rooms(slots) if by_room else _therapists(slots)
    placed = _by_room(slots) if by_room else _by_therapist(slots)
    shown = columns if by_room else [one for one in columns if one.key in there or one.key in placed] or columns
    moment = now - (now - now.min.replace(tzinfo=now.tzinfo)) % STEP
    table = timetable(Across(shown, placed, there), usual_hours(on, zone), zone, moment)
    return Day(on, now.astimezone(zone).date(), zone, by_room, table, slots, len(columns) - len(shown))


def asked_day(words: str, today: date) -> date:
    """A day that isn't one is today."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return today
    return day if FIRST < day < LAST else today


def _by_therapist(slots: Sequence[Slot]) -> Mapping[UUID, list[Slot]]:
    """Also under who sits in: their time is taken too."""
    pairs = [(slot.therapist_id, slot) for slot in slots]
    return _sorted_out([*pairs, *((slot.second_id, slot.sat_in_on) for slot in slots if slot.second_id)])


def _by_room(slots: Sequence[Slot]) -> Mapping[UUID, list[Slot]]:
    return _sorted_out([(slot.room_id or NOBODYS, slot) for slot in slots])


def _sorted_out(pairs: Iterable[tuple[UUID, Slot]]) -> Mapping[UUID, list[Slot]]:
    placed: dict[UUID, list[Slot]] = {}
    for key, slot in pairs:
        placed.setdefault(key, []).append(slot)
    return placed


def _therapists(slots: Sequence[Slot]) -> list[Column]:
    """All who work here, and who has left but is still booked."""
    people = Person.objects.therapists().values_list("pk", "display_name")
    names = dict(people) | {slot.therapist_id: slot.therapist for slot in slots}
    return [Column(key, name) for key, name in sorted(names.items(), key=lambda one: (one[1].casefold(), one[0]))]


def _rooms(slots: Sequence[Slot]) -> list[Column]:
    """Rooms in use or booked, and a last column for what needs none."""
    names = dict(Room.objects.filter(is_open=True).values_list("pk", "name"))
    names |= {slot.room_id: slot.where for slot in slots if slot.room_id}
    columns = [Column(key, name) for key, name in sorted(names.items(), key=lambda one: (one[1].casefold(), one[0]))]
    elsewhere = [Column(NOBODYS, "Video and phone")] if any(slot.room_id is None for slot in slots) else []
    return columns + elsewhere
