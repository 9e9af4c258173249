"""A client's mood and the forms they filled in, from the first day to now: what was noted, never why."""

from dataclasses import dataclass

from koru.privacy.door import Record

from .looking_back import AT_LEAST, LookingBack, Trend, looking_back, measure_trend, span_over, today_of
from .measure_lines import measure_lines
from .ranges import FIRST_EVER, range_of
from .told import told_in

MOOD = "mood"


@dataclass(frozen=True)
class AllAlong:
    """`back` holds the days from and to which the charts run, and the days of the sessions that they mark."""

    back: LookingBack
    mood: Trend | None
    measures: tuple[Trend, ...]


def all_along(record: Record, *, mood: bool, measures: bool) -> AllAlong:
    """All charts have the same days. Three questions, however much was told; one less for each that isn't wanted."""
    today = today_of(record.client)
    span = span_over(record.client, range_of("all", today))
    told = told_in(record, span, FIRST_EVER, today) if mood else {}
    lines = measure_lines(record, span) if measures else []
    wanted = {MOOD: told[MOOD]} if MOOD in told else {}
    begun = [days[0].day for days in (*wanted.values(), *(one.days for one in lines))]
    back = looking_back(record, wanted, min([today - AT_LEAST, *begun]), today)
    filled = tuple(measure_trend(record.client, one, back) for one in lines)
    return AllAlong(back, next(iter(back.trends), None), filled)
