"""Who is taken when, in half hours, so that invented appointments never overlap, buffers included. No database."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.moments.walltime import instant_of

from .chance import Chance

HALF = 1800
STARTS = tuple(time(hour, minute) for hour in range(9, 17) for minute in (0, 30))
TRIES = 20
FRIDAY = 5


class Diary:
    """The clinic's hours as far as seeds have filled them."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._taken: set[tuple[UUID, int]] = set()

    def place(
        self, day: date, length: tuple[int, int, int], people: Iterable[UUID], rooms: Iterable[UUID], chance: Chance
    ) -> tuple[datetime, UUID | None] | None:
        """The first fitting start from that day on, and a free room where one is wanted.

        `length` is minutes before, of and after. None when the next weeks are full.
        """
        people, rooms = list(people), list(rooms)
        for later in range(TRIES):
            on = day + timedelta(days=later)
            if on.isoweekday() > FRIDAY:
                continue
            found = self._on(on, length, people, rooms, chance)
            if found:
                return found
        return None

    def _on(
        self, day: date, length: tuple[int, int, int], people: list[UUID], rooms: list[UUID], chance: Chance
    ) -> tuple[datetime, UUID | None] | None:
        before, minutes, after = length
        for start in chance.sample(STARTS, len(STARTS)):
            at = instant_of(day, start, self.zone)
            halves = _halves(Span.lasting(at, minutes).padded(before, after))
            if not self._free(people, halves):
                continue
            room = next((one for one in rooms if self._free([one], halves)), None)
            if room or not rooms:
                self._take([*people, *([room] if room else [])], halves)
                return at, room
        return None

    def _free(self, who: Iterable[UUID], halves: range) -> bool:
        return not any((one, half) in self._taken for one in who for half in halves)

    def _take(self, who: Iterable[UUID], halves: range) -> None:
        self._taken.update((one, half) for one in who for half in halves)


def _halves(span: Span) -> range:
    """The half hours a span touches."""
    return range(int(span.start.timestamp()) // HALF, -(-int(span.end.timestamp()) // HALF))
