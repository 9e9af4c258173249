"""Whether two results of a measure differ by more than its own noise (Jacobson & Truax 1991). Pure: no database."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from .instrument import Measure


class Verdict(StrEnum):
    """What can be said of a change."""

    BETTER = "reliable_better"
    WORSE = "reliable_worse"
    NOISE = "no_reliable_change"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Result:
    """A total, and all that has to be alike before two of them are compared."""

    total: int | None
    measure: str
    version: int
    form: str
    language: str

    def is_like(self, other: "Result") -> bool:
        return (self.measure, self.version, self.form, self.language) == (
            other.measure,
            other.version,
            other.form,
            other.language,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """`points` is now − before; None when nothing can be said. `alike`: whether they were of one kind at all."""

    verdict: Verdict
    points: int | None = None
    alike: bool = True

    @property
    def is_reliable(self) -> bool:
        return self.verdict in (Verdict.BETTER, Verdict.WORSE)


def change(before: Result | None, now: Result, measure: Measure) -> Change:
    """From one result to a later one. Other version, form or language: not comparable, and no change is told."""
    if before is None:
        return Change(Verdict.NONE)
    if not now.is_like(before):
        return Change(Verdict.NONE, alike=False)
    if before.total is None or now.total is None:
        return Change(Verdict.NONE)
    points = now.total - before.total
    return Change(_verdict(points, measure), points)


def _verdict(points: int, measure: Measure) -> Verdict:
    if measure.reliable is None:
        return Verdict.NONE
    if abs(points) < measure.reliable:
        return Verdict.NOISE
    falls = points < 0
    return Verdict.BETTER if falls == (measure.better == "lower") else Verdict.WORSE


def is_recovery(before: Result | None, now: Result, measure: Measure) -> bool:
    """Above the mark before, below it now, and reliably better: "reliable recovery" is the therapists' word."""
    mark = measure.recovered_below
    if mark is None or before is None or before.total is None or now.total is None:
        return False
    crossed = now.total < mark <= before.total
    return crossed and change(before, now, measure).verdict is Verdict.BETTER


def reliable_bound(sd: Decimal, r: Decimal) -> Decimal:
    """1.96 × √2 × SD × √(1 − r): a difference that is more than the instrument's noise, for 95 %."""
    return Decimal("1.96") * Decimal(2).sqrt() * sd * (1 - r).sqrt()


def whole_bound(sd: Decimal, r: Decimal) -> int:
    """The same, up to the next whole point: totals have no others."""
    return int(reliable_bound(sd, r).to_integral_value(ROUND_CEILING))
