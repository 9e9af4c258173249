"""Connection check-ins as values, as one reader may see them: never a line before there is a guess, to neither of the two."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from koru.privacy.door import Record

from .lines import HIGHEST, LOWEST, Answers, Line, load
from .models import ConnectionCheckIn
from .rules import Reading, reading

LEFT, RIGHT = 12.0, 308.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One line with what was said and what was guessed, 0 to 100; None: skipped. `x` for its drawing, 320 wide."""

    line: Line
    said: int | None
    guessed: int | None

    @property
    def said_x(self) -> float | None:
        return place(self.said)

    @property
    def guessed_x(self) -> float | None:
        return place(self.guessed)

    @property
    def differs(self) -> bool:
        return self.said is not None and self.guessed is not None and self.said != self.guessed


@dataclass(frozen=True, slots=True)
class Guessed:
    """That the therapist has looked, and what they guessed before: nothing when they looked without."""

    answers: Answers
    at: datetime

    @property
    def without(self) -> bool:
        return not self.answers


@dataclass(frozen=True, slots=True)
class Seen:
    """One check-in. `answers` and `words` are empty to a therapist who has neither guessed nor asked to look."""

    id: UUID
    at: datetime
    met_at: datetime
    kind: str
    therapist: str
    therapist_id: UUID
    answers: Answers
    words: str
    with_words: bool
    shared_at: datetime | None
    taken_back_at: datetime | None
    ask_at: datetime | None
    guess: Guessed | None
    is_open: bool

    @property
    def marks(self) -> list[Mark]:
        guessed = self.guess.answers if self.guess else {}
        return [Mark(line, self.answers.get(line.key), guessed.get(line.key)) for line in load().lines.values()]

    @property
    def differ(self) -> bool:
        return any(mark.differs for mark in self.marks)


def place(value: int | None) -> float | None:
    """Where a value lies on a line of a drawing."""
    return None if value is None else LEFT + (RIGHT - LEFT) * (value - LOWEST) / (HIGHEST - LOWEST)


def seen_in(record: Record) -> list[Seen]:
    """All that the record's reader may know of, newest meeting first. One query."""
    rows = ConnectionCheckIn.objects.readable_in(record).select_related("guess", "appointment__kind", "therapist")
    return [_seen(row, record) for row in rows.order_by("-appointment__during", "-id")]


def one_in(record: Record, check_in_id: UUID) -> Seen | None:
    return next((one for one in seen_in(record) if one.id == check_in_id), None)


def beside_earlier(one: Seen, all_of_them: Sequence[Seen]) -> Reading:
    """What it says beside those about earlier meetings that are open to the same reader, with the same therapist."""
    return reading(one.answers, [other.answers for other in earlier(one, all_of_them)])


def earlier(one: Seen, all_of_them: Iterable[Seen]) -> list[Seen]:
    """Those about meetings before that one, with the same person, oldest first."""
    mine = (other for other in all_of_them if other.is_open and other.therapist_id == one.therapist_id)
    return sorted((other for other in mine if other.met_at < one.met_at), key=lambda other: other.met_at)


def _seen(row: ConnectionCheckIn, record: Record) -> Seen:
    guess = getattr(row, "guess", None)
    is_open = record.is_own or guess is not None
    words = row.words if record.is_own or (is_open and row.with_words) else ""
    return Seen(
        id=row.pk,
        at=row.at,
        met_at=row.appointment.span.start,
        kind=row.appointment.kind.name,
        therapist=row.therapist.display_name,
        therapist_id=row.therapist_id,
        answers=row.given if is_open else {},
        words=words,
        with_words=row.with_words,
        shared_at=row.shared_at,
        taken_back_at=row.taken_back_at,
        ask_at=row.ask_at,
        guess=Guessed(guess.given, guess.at) if guess else None,
        is_open=is_open,
    )
