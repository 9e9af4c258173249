"""The last result of each measure in two stretches of time, and whether they differ by more than the measure's noise."""

from collections.abc import Iterable
from dataclasses import dataclass

from koru.moments.spans import Span
from koru.privacy.door import Record

from .comparing import Verdict
from .reading import Filled, changed, results_for

SAID = {
    Verdict.BETTER: "A reliable change, for the better",
    Verdict.WORSE: "A reliable change, for the worse",
    Verdict.NOISE: "Within its own noise",
}


@dataclass(frozen=True, slots=True)
class Pair:
    title: str
    before: Filled | None
    after: Filled | None

    @property
    def verdict(self) -> str:
        """Empty where nothing can be said: one side has none, or they are not scored alike."""
        return SAID.get(changed(self.before, self.after).verdict, "") if self.after else ""


def measures_compared(record: Record, before: Span, after: Span) -> list[Pair]:
    """By line, what was scored alike. One query."""
    whole = Span(before.start, after.end)
    return [pair for line in results_for(record, whole).values() if (pair := _pair(line, before, after))]


def _pair(line: Iterable[Filled], before: Span, after: Span) -> Pair | None:
    scored = [one for one in line if one.total is not None]
    was = [one for one in scored if before.holds(one.at)]
    now = [one for one in scored if after.holds(one.at)]
    if not (was or now):
        return None
    return Pair(scored[-1].title, was[-1] if was else None, now[-1] if now else None)
