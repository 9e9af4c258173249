"""Needing less is the result: what a page says about how often a note comes, and the line that goes down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from koru.people.models import Person
from koru.reminders.less_often import USUAL, notes_since
from koru.ui.times import short_day, spoken_time

from .steady_weeks import WEEK, Pace, pace_of, today_of

SHOWN = 8  # weeks in the line
LEFT, RIGHT, TOP, FLOOR, MOST = 74.0, 352.0, 26.0, 152.0, 4


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a note comes. `chart` is for ui/chart.html, None before the first note."""

    pace: Pace
    at: str
    is_wider: bool
    chart: dict[str, Any] | None


def rhythm_of(client: Person, now: datetime) -> Rhythm | None:
    """None for who gets no notes. One query for them, two for the others."""
    pace = pace_of(client, now)
    if pace.at is None:
        return None
    days = [at.astimezone(ZoneInfo(client.zone)).date() for at in notes_since(client.pk, now - SHOWN * WEEK)]
    return Rhythm(
        pace=pace,
        at=spoken_time(pace.at),
        is_wider=pace.apart > USUAL,
        chart=chart_of(a_week(days, today_of(client, now))) if days else None,
    )


def a_week(days: Sequence[date], today: date) -> list[tuple[date, int]]:
    """How many notes came in each of the last eight weeks, the earliest first, by the week's first day. Pure."""
    firsts = [today - (back + 1) * WEEK + timedelta(days=1) for back in reversed(range(SHOWN))]
    return [(first, sum(first <= day < first + WEEK for day in days)) for first in firsts]


def chart_of(weeks: Sequence[tuple[date, int]]) -> dict[str, Any]:
    """For ui/chart.html: a line over the weeks, and the same as a table. Pure."""
    across = (RIGHT - LEFT - 10) / (len(weeks) - 1)
    dots = [{"x": round(LEFT + 5 + across * place, 1), "y": _height(count)} for place, (_, count) in enumerate(weeks)]
    grid = [{"y": _height(count), "text_y": _height(count) + 4, "words": str(count)} for count in (0, 2, MOST)]
    path = "M" + "L".join(f"{dot['x']} {dot['y']}" for dot in dots)
    ends = [{"x": dots[0]["x"], "anchor": "start", "words": short_day(weeks[0][0])}]
    ends.append({"x": dots[-1]["x"], "anchor": "end", "words": "this week"})
    sentence = f"{_notes(weeks[0][1]).capitalize()} in the first of these weeks, {_notes(weeks[-1][1])} in the last."
    rows = [(short_day(first), count) for first, count in weeks]
    words = {"id": "rhythm", "name": "Notes a week", "title": "Notes a week", "sentence": sentence, "desc": sentence}
    return {**words, "grid": grid, "lines": [path], "dots": dots, "dates": ends, "head": ("Week from", "Notes"), "rows": rows}


def _height(count: int) -> float:
    return round(FLOOR - (FLOOR - TOP) * min(count, MOST) / MOST, 1)


def _notes(count: int) -> str:
    return {0: "no note", 1: "one note"}.get(count, f"{count} notes")
