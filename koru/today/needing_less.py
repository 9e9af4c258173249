"""Needing less is the result: what the page says about how often a note comes, and when it offers fewer.

It offers the next step after four weeks with a check-in in each, none with a flag, three of them at the rhythm that holds.
The client decides; the usual rhythm is always one press away, and a flag brings it back by itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from koru.moments.spans import local_day
from koru.people.models import Person
from koru.reminders.choices import preferences_of
from koru.reminders.less_often import USUAL, after, notes_since
from koru.reminders.models import Preferences
from koru.safety.flags import Flag
from koru.ui.times import short_day, spoken_time
from moodtracking.models import CheckIn

WEEK = timedelta(days=7)
STEADY, SETTLED, SHOWN = 4, timedelta(days=21), 8  # weeks, time at one rhythm, weeks in the line
WORDS = {2: "every other day", 4: "every fourth day", 7: "once a week"}
LEFT, RIGHT, TOP, FLOOR, MOST = 74.0, 352.0, 26.0, 152.0, 4


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a note comes. `offer` is the next step in days, when it is offered; `chart` is for ui/chart.html."""

    often: str
    at: str
    offer: int | None
    offered: str
    is_wider: bool
    chart: dict[str, Any] | None


def rhythm_of(client: Person, now: datetime) -> Rhythm | None:
    """None for who gets no notes. One query for them, a few for the others."""
    chosen = preferences_of(client)
    if chosen.check_in_at is None or chosen.check_in_rests_since:
        return None
    days = [at.astimezone(ZoneInfo(client.zone)).date() for at in notes_since(client.pk, now - SHOWN * WEEK)]
    step = offered(client, chosen, now)
    return Rhythm(
        often=WORDS.get(chosen.check_in_apart, f"every {chosen.check_in_apart} days"),
        at=spoken_time(chosen.check_in_at),
        offer=step,
        offered=WORDS.get(step, "") if step else "",
        is_wider=chosen.check_in_apart > USUAL,
        chart=chart_of(a_week(days, today_of(client, now))) if days else None,
    )


def offered(client: Person, chosen: Preferences, now: datetime) -> int | None:
    """The next step, if the last weeks were steady."""
    step, since = after(chosen.check_in_apart), chosen.thinned_since
    if step is None or (since and since > now - SETTLED):
        return None
    flags = Flag.objects.of_client(client)
    if flags.open().exists() or flags.filter(raised_at__gt=now - STEADY * WEEK).exists():
        return None
    today = today_of(client, now)
    mine = CheckIn.objects.written_by(client).daily().filter(local_date__gt=today - STEADY * WEEK)
    return step if in_each_week(mine.values_list("local_date", flat=True), today) else None


def in_each_week(days: Iterable[date], today: date) -> bool:
    """Whether each of the last four weeks, counted back from today, has one of these days. Pure."""
    return {(today - day) // WEEK for day in days if day <= today} >= set(range(STEADY))


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


def today_of(client: Person, now: datetime) -> date:
    starts: time = client.day_starts
    return local_day(now, ZoneInfo(client.zone), starts)
