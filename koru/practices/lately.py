"""Which practices were done in the last four weeks and what was said of them, for the brief: one line each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from koru.moments.spans import Span
from koru.privacy.door import Record

from .models import PracticeDone
from .moments import SAID, title_of

WEEKS = timedelta(days=28)
SHOWN = 6
HARDER = "harder"


@dataclass(frozen=True, slots=True)
class Lately:
    """A practice, how often it was done, and what was said last."""

    title: str
    times: int
    said: str
    is_harder: bool

    @property
    def often(self) -> str:
        return "once" if self.times == 1 else f"{self.times} times"


def lately_in(record: Record, now: datetime) -> list[Lately]:
    """What made it harder first, then the most often done. One query."""
    rows = PracticeDone.objects.readable_in(record).within(Span(now - WEEKS, now)).order_by("-at", "-id")
    done: dict[str, list[str]] = {}
    for practice, helped in rows.values_list("practice", "helped"):
        done.setdefault(practice, []).append(helped)
    lines = [_line(practice, said) for practice, said in done.items()]
    return sorted(lines, key=lambda one: (not one.is_harder, -one.times, one.title))[:SHOWN]


def _line(practice: str, said: list[str]) -> Lately:
    last = next(filter(None, said), "")
    return Lately(title_of(practice), len(said), SAID.get(last, ""), last == HARDER)
