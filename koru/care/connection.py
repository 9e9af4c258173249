"""How the two of them are doing, as their therapist may see it: nothing of a check-in before a guess, or a press to look.

One client's own values, told to the one therapist they are about. Nothing here counts or sums over several people.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from koru.privacy.door import Record
from koru.privacy.standing import Part
from moodtracking.connection.reading import Seen, beside_earlier, earlier, seen_in
from moodtracking.connection.rules import Reading, overall
from moodtracking.connection.trend import Told, Trend, trend_of


@dataclass(frozen=True, slots=True)
class Connection:
    """`closed`: the newest, not guessed and not looked at yet; then it is all that the brief says. `last`: the newest open."""

    closed: Seen | None
    last: Seen | None
    reading: Reading | None
    trend: Trend | None
    all: tuple[Seen, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.all


def connection_in(record: Record) -> Connection | None:
    """One query, however many there are. None to whom none are about: somebody who covers."""
    if not record.opens(Part.CONNECTION):
        return None
    shared = seen_in(record)
    newest = shared[0] if shared else None
    if newest and not newest.is_open:
        return Connection(newest, None, None, None, tuple(shared))
    reading = beside_earlier(newest, shared) if newest else None
    zone = ZoneInfo(record.reader.zone)
    told = [Told(one.met_at.astimezone(zone).date(), overall(one.answers)) for one in _in_order(newest, shared)]
    return Connection(None, newest, reading, trend_of(told, reading.usual if reading else None), tuple(shared))


def _in_order(newest: Seen | None, shared: list[Seen]) -> list[Seen]:
    return [*earlier(newest, shared), newest] if newest else []
