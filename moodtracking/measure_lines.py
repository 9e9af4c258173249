"""Filled-in measures as lines beside the daily ones: totals, in the client's words, never with bands. One query."""

from dataclasses import dataclass
from datetime import timedelta

from koru.moments.spans import Span
from koru.privacy.door import Record

from .lines import Line
from .measures.reading import Filled, changed, results_for
from .measures.words import ending
from .sentences import day_month
from .trends import DayValue

APART = timedelta(days=70)


@dataclass(frozen=True)
class MeasureLine:
    line: Line
    days: tuple[DayValue, ...]
    sentence: str


def measure_lines(record: Record, span: Span) -> list[MeasureLine]:
    """One for each measure, form and version: unlike ones are never joined."""
    by_line = {key: [one for one in told if one.total is not None] for key, told in results_for(record, span).items()}
    return [_line(key, told) for key, told in by_line.items() if told]


def _line(key: str, told: list[Filled]) -> MeasureLine:
    now, measure = told[-1], told[-1].measure
    highest = float(measure.highest)
    axis = tuple((value, f"{value:g}") for value in (highest, highest // 2, 0.0))
    line = Line(f"measure:{key}", now.title, now.title, 0, highest, lambda total: f"{total:g} of {highest:g}", axis, apart=APART)
    return MeasureLine(line, tuple(DayValue(one.day, float(one.total or 0)) for one in told), _sentence(told))


def _sentence(told: list[Filled]) -> str:
    now, earlier = told[-1], told[-2] if len(told) > 1 else None
    since = day_month(earlier.day) if earlier else ""
    words = ending(now.measure, now.total, changed(earlier, now), since, shows="words").sentence
    return words.removeprefix("Saved. ").split(" Would ")[0]
