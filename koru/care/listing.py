"""Rows of the overview's table and the list of sessions. Without the template engine's loop, like those of a timeline."""

from collections.abc import Iterable
from datetime import date
from html import escape
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString

from koru.ui.times import MONTHS, short_day
from scheduling.lane import Held

from .overview import Line


def dated(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def table_rows(lines: Iterable[Line]) -> SafeString:
    """A column of the overview each, with the way to its week."""
    return SafeString("".join(map(_row, lines)))  # every part of it is escaped there


def _row(line: Line) -> str:
    cells = (
        escape(line.sessions),
        escape(line.mood),
        *(number or "" for number in (line.measures, line.entries, line.practices)),
    )
    head = f'<th scope="row"><a href="?zoom=week&amp;on={line.day.isoformat()}">{dated(line.day)}</a></th>'
    return f"<tr>{head}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def jumps(held: Iterable[Held], zone: ZoneInfo, today: date, path: str) -> SafeString:
    """Each with the way to its week, and to the days before and after it."""
    return SafeString("".join(_jump(one, one.starts.astimezone(zone).date(), today, path) for one in held))


def _jump(one: Held, day: date, today: date, path: str) -> str:
    said = short_day(day) + ("" if day.year == today.year else f" {day.year}")
    week = f'<a href="?zoom=week&amp;on={day.isoformat()}#timeline">{said}</a>'
    around = (
        f'<a class="small" href="{path}sessions/{one.id}/around/">Compare<span class="vh"> before and after {said}</span></a>'
    )
    return f'<li>{week}<span class="small quiet">{escape(one.name)}</span>{around}</li>'
