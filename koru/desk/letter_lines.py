"""Letters as the desk sees them: which kind, and whether it went out. Never their words."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from koru.reminders.models import Letter
from koru.ui.times import spoken_instant


@dataclass(frozen=True, slots=True)
class LetterLine:
    name: str
    words: str


def letter_lines(letters: Iterable[Letter], zone: ZoneInfo) -> list[LetterLine]:
    return [LetterLine(one.kind.replace("-", " ").capitalize(), _words(one, zone)) for one in letters]


def _words(letter: Letter, zone: ZoneInfo) -> str:
    if letter.sent_at:
        return f"Sent {spoken_instant(letter.sent_at, zone)}"
    if letter.withdrawn_at:
        return "Taken back"
    return "Did not arrive" if letter.failed_at else f"Goes out {spoken_instant(letter.due_at, zone)}"
