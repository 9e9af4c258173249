"""Open times of a whole house, the slow and obvious way: people and their parts, rooms and what is in them, rest and caps.

Every start is tried with everybody, minute by minute. Shares no code with the query.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .slow_times import MINUTE, World

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rules:
    """What a kind asks for."""

    minutes: int
    before: int = 0
    after: int = 0
    grid: int = 30
    cap: int | None = None
    rest_hours: int = 0
    rest_days: int = 0
    in_room: bool = False
    needs_equipment: bool = False
    needs_second: bool = False


@dataclass
class Someone:
    calendar: World
    leads: bool
    sits_in: bool
    elsewhere: list[tuple[datetime, datetime]] = field(default_factory=list)

    def minutes_there(self, first: date, last: date) -> set[datetime]:
        """By their hours, but for when another calendar of theirs says busy."""
        there = self.calendar.minutes_there(first, last)
        return {one for one in there if not any(start < one + MINUTE and one < end for start, end in self.elsewhere)}


@dataclass(frozen=True)
class Held:
    """An appointment that is there already. People and rooms are numbers in the house."""

    start: datetime
    end: datetime
    lead: int
    second: int | None
    room: int | None
    of_the_kind: bool
    of_the_client: bool


@dataclass
class Found:
    """With whom a start can be had: who might sit in, which rooms would do."""

    seconds: set[int]
    rooms: set[int]


@dataclass
class House:
    zone: ZoneInfo
    people: list[Someone] = field(default_factory=list)
    rooms_with_equipment: list[bool] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)

    def open(self, first: date, last: date, rules: Rules, earliest: datetime) -> dict[tuple[datetime, int], Found]:
        there = [one.minutes_there(first - DAY, last + DAY) for one in self.people]
        found: dict[tuple[datetime, int], Found] = {}
        for start in World(self.zone).wall_starts(first, last, rules.grid):
            if start < earliest or self.client_rests(start, rules):
                continue
            for number, one in enumerate(self.people):
                if one.leads and not self.day_is_full(number, start, rules):
                    self._try(start, number, rules, there, found)
        return found

    def _try(
        self,
        start: datetime,
        lead: int,
        rules: Rules,
        there: list[set[datetime]],
        found: dict[tuple[datetime, int], Found],
    ) -> None:
        needed = {start + MINUTE * number for number in range(-rules.before, rules.minutes + rules.after)}
        clash = [one for one in self.held if one.start < max(needed) + MINUTE and one.end > min(needed)]
        free = [person for person in range(len(self.people)) if needed <= there[person] and not _takes_part(person, clash)]
        seconds = {person for person in free if self.people[person].sits_in and person != lead}
        rooms = self.rooms(rules, clash)
        if lead not in free or any(one.of_the_client for one in clash):
            return
        if (rules.needs_second and not seconds) or (rules.in_room and not rooms):
            return
        found[start, lead] = Found(seconds, rooms)

    def rooms(self, rules: Rules, clash: list[Held]) -> set[int]:
        fit = {number for number, has in enumerate(self.rooms_with_equipment) if has or not rules.needs_equipment}
        return fit - {one.room for one in clash if one.room is not None}

    def client_rests(self, start: datetime, rules: Rules) -> bool:
        own = [one for one in self.held if one.of_the_client and one.of_the_kind]
        rest, end = timedelta(hours=rules.rest_hours), start + timedelta(minutes=rules.minutes)
        too_close = any(start < one.end + rest and end > one.start - rest for one in own)
        return too_close or any(abs((self.day(start) - self.day(one.start)).days) < rules.rest_days for one in own)

    def day_is_full(self, lead: int, start: datetime, rules: Rules) -> bool:
        same = [one for one in self.held if one.lead == lead and one.of_the_kind and self.day(one.start) == self.day(start)]
        return rules.cap is not None and len(same) >= rules.cap

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()


def _takes_part(person: int, clash: list[Held]) -> bool:
    return any(person in (one.lead, one.second) for one in clash)
