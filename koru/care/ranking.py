"""The order of a caseload, and the groups it can be narrowed to. Pure: by what waits for whom, never by a score."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from journaling.caseload import EntriesSince
from koru.privacy.door import Known
from koru.safety.quiet_told import Quiet
from moodtracking.caseload import CheckInsSince
from moodtracking.measures.caseload import Changed
from scheduling.models import Appointment

from .flags import Line

LATELY = timedelta(days=14)
LAST = datetime.max.replace(tzinfo=UTC)
Rank = tuple[int, datetime, str, str]


class Show(StrEnum):
    """A group of the caseload, as its address calls it."""

    ALL = "all"
    WORD = "word"
    WEEK = "week"
    NEW = "new"
    QUIET = "quiet"
    CHANGED = "changed"

    @property
    def words(self) -> str:
        return NAMES[self]


NAMES = {
    Show.ALL: "Everyone",
    Show.WORD: "Needs a word",
    Show.WEEK: "This week",
    Show.NEW: "New",
    Show.QUIET: "Quieter",
    Show.CHANGED: "Changed",
}


def show_of(word: str) -> Show:
    """The group that an address asks for; everyone for any other word."""
    return Show(word) if word in NAMES else Show.ALL


@dataclass(frozen=True, slots=True)
class Row:
    """One client in the caseload. `line`: the most pressing of their open flags."""

    client: Known
    next: Appointment | None
    is_this_week: bool
    has_met: bool
    check_ins: CheckInsSince | None
    entries: EntriesSince
    quiet: Quiet | None
    changed: Changed | None
    line: Line | None
    now: datetime

    @property
    def news(self) -> str:
        """What is new since their record was last opened, counted in words; empty when nothing is."""
        new_check_ins = self.check_ins.new if self.check_ins else 0
        told = [counted(self.entries.new, "entry shared", "entries shared"), counted(new_check_ins, "check-in", "check-ins")]
        return ", ".join(words for words in told if words)

    @property
    def told(self) -> str:
        """What is new, that they are quieter than usual, and which measure has changed, in short sentences."""
        quiet = f"Quieter than usual. {self.quiet.words}" if self.quiet else ""
        parts = [self.news, quiet, f"{self.changed.words}: reliable change" if self.changed else ""]
        return ". ".join(part for part in parts if part)

    @property
    def is_new(self) -> bool:
        """They have not met yet, or have begun lately and their record was not opened since."""
        looked, since = self.client.looked, self.client.since
        return not self.has_met or (since > self.now - LATELY and (looked is None or looked < since))

    @property
    def asked_for_a_call(self) -> bool:
        return self.line is not None and self.line.flag.call_asked_at is not None

    @property
    def needs_a_word(self) -> bool:
        """A flag that nobody has looked at, or a call that was asked for and isn't done."""
        return self.line is not None and (self.line.flag.state == "open" or self.asked_for_a_call)

    @property
    def has_news(self) -> bool:
        return bool(self.told)

    @property
    def groups(self) -> frozenset[Show]:
        holds = {
            Show.ALL: True,
            Show.WORD: self.needs_a_word,
            Show.WEEK: self.is_this_week,
            Show.NEW: self.is_new,
            Show.QUIET: self.quiet is not None,
            Show.CHANGED: self.changed is not None,
        }
        return frozenset(show for show, does in holds.items() if does)


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Flags by when they are due, then who comes this week, then who is quiet, then reliable change, then all others by name."""
    return sorted(rows, key=rank)


def rank(row: Row) -> Rank:
    place, at = _place(row)
    return place, at, row.client.display_name.casefold(), str(row.client.pk)


def _place(row: Row) -> tuple[int, datetime]:
    if row.line is not None and row.needs_a_word:
        return 0, row.line.flag.due_at
    if row.next is not None and row.is_this_week:
        return 1, row.next.span.start
    if row.quiet is not None:
        return 2, row.quiet.since
    return (3, LAST) if row.changed else (4, LAST)
