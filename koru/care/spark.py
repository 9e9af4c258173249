"""A line of totals as small as a word, with the sessions marked: numbers for an SVG. Pure; the totals stand beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDE, HIGH, EDGE = 120, 32, 4


@dataclass(frozen=True, slots=True)
class Spark:
    """`points` as SVG has them, `last` the end of the line, `sessions` where one lies between the first and the last day."""

    points: str
    last: tuple[float, float]
    sessions: tuple[float, ...]
    wide: int = WIDE
    high: int = HIGH


def spark_of(totals: Sequence[tuple[date, int]], highest: int, sessions: Sequence[date] = ()) -> Spark | None:
    """None for fewer than two days: a single value is no line. The scale is the measure's own, from nought to its highest."""
    first, last = (totals[0][0], totals[-1][0]) if totals else (date.min, date.min)
    days = (last - first).days
    if not days:
        return None

    def across(day: date) -> float:
        return round(EDGE + (WIDE - 2 * EDGE) * (day - first).days / days, 1)

    def down(total: int) -> float:
        return round(HIGH - EDGE - (HIGH - 2 * EDGE) * total / highest, 1)

    drawn = [(across(day), down(total)) for day, total in totals]
    between = tuple(across(day) for day in sessions if first <= day <= last)
    return Spark(" ".join(f"{x},{y}" for x, y in drawn), drawn[-1], between)
