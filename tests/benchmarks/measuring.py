"""Two things timed in turns in the same run, so that whatever else the machine does falls on both."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median

Deed = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Result:
    """One line of `make bench`. `ratio` is value to baseline; `ok` whether it meets the target."""

    name: str
    value: float
    unit: str
    baseline: float
    ratio: float
    target: str
    ok: bool


def seconds(deed: Deed) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def in_turns(deed: Deed, baseline: Deed, rounds: int) -> tuple[float, float]:
    """Median seconds of each, after one round that counts for nothing."""
    deed()
    baseline()
    pairs = [(seconds(deed), seconds(baseline)) for _ in range(rounds)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def at_least(name: str, unit: str, value: float, baseline: float, goal: float) -> Result:
    """More is better: a rate beside the rate of the baseline."""
    ratio = value / baseline
    return Result(name, round(value, 2), unit, round(baseline, 2), round(ratio, 3), f">= {goal}", ratio >= goal)


def at_most(name: str, unit: str, value: float, baseline: float, goal: float) -> Result:
    """Less is better: a time beside the time of the baseline."""
    ratio = value / baseline
    return Result(name, round(value, 3), unit, round(baseline, 3), round(ratio, 3), f"<= {goal}", ratio <= goal)


def tell(result: Result) -> None:
    sys.stdout.write(json.dumps(asdict(result)) + "\n")
    sys.stdout.flush()
