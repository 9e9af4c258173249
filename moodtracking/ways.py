"""The same days as a calendar of one line, and laid over each other by the days since each session. Pure."""

from dataclasses import dataclass

from koru.ui.times import WEEKDAYS

from .aligned import aligned
from .aligned_chart import AlignedChart, aligned_chart
from .day_squares import Mark, Month, legend, months
from .looking_back import LookingBack, Trend

WEEKDAY_HEADS = tuple((name[:2], name) for name in WEEKDAYS)


@dataclass(frozen=True)
class ByMonth:
    trend: Trend
    months: tuple[Month, ...]
    legend: tuple[Mark, ...]


@dataclass(frozen=True)
class Course:
    trend: Trend
    chart: AlignedChart


def month_by_month(back: LookingBack, code: str) -> ByMonth | None:
    """None before anything was told."""
    trends = {trend.code: trend for trend in back.trends}
    trend = trends.get(code) or next(iter(back.trends), None)
    if trend is None:
        return None
    return ByMonth(trend, months(trend.line, trend.days, back.sessions, back.first, back.last), legend(trend.line))


def courses(back: LookingBack) -> tuple[Course, ...]:
    """The lines that have a day near any session."""
    found = ((trend, aligned(trend.days, back.sessions)) for trend in back.trends)
    return tuple(Course(trend, aligned_chart(trend.line, trend.days, around)) for trend, around in found if around)
