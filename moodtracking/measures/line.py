"""One measure over time as the numbers of its drawing. The same scale for everybody: all of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ..chart import Frame
from ..sentences import day_month

APART = timedelta(days=70)
POINTS_FOR_A_LINE = 3
Drawing = dict[str, Any]
LEFT = 96


@dataclass(frozen=True, slots=True)
class Dot:
    """One result on its day. `words`: what the table beside says of it."""

    day: date
    total: int
    words: str


def drawing(
    title: str, dots: Sequence[Dot], *, ident: str, highest: int, sessions: Sequence[date], sentence: str
) -> dict[str, Any]:
    """What templates/ui/chart.html draws. Fewer than three are points; a line breaks where more than ten weeks lie between."""
    first, last = dots[0].day, max(dots[-1].day, dots[0].day + timedelta(days=29))
    frame = Frame(first, last, 0, highest)
    points = [frame.point(dot.day, dot.total) for dot in dots]
    return {
        "name": title,
        "sentence": sentence,
        "id": ident,
        "title": f"{title}, {day_month(first)} to {day_month(dots[-1].day)}",
        "desc": f"{len(dots)} time{'s' if len(dots) > 1 else ''}. {sentence}",
        "left": LEFT,
        "grid": [_grid(frame, value) for value in (highest, round(highest / 2), 0)],
        "lines": _lines(frame, dots),
        "sessions": [_session(frame, number, day) for number, day in enumerate(sessions, 1) if first <= day <= last],
        "dots": [{"x": point.x, "y": point.y, "r": 3} for point in points],
        "dates": [
            {"x": frame.x(first), "anchor": "start", "words": f"{first.day} {first:%b}"},
            {"x": frame.x(last), "anchor": "end", "words": f"{last.day} {last:%b}"},
        ],
        "head": ["Day", title],
        "rows": [[day_month(dot.day), dot.words] for dot in reversed(dots)],
    }


def _grid(frame: Frame, value: int) -> dict[str, Any]:
    y = frame.y(value)
    return {"y": y, "text_y": round(y + 4, 1), "x": LEFT - 8, "words": str(value)}


def _session(frame: Frame, number: int, day: date) -> dict[str, Any]:
    x = frame.x(day)
    return {"x": x, "text_x": round(x - 8, 1), "number": number}


def _lines(frame: Frame, dots: Sequence[Dot]) -> list[str]:
    if len(dots) < POINTS_FOR_A_LINE:
        return []
    parts: list[list[Dot]] = []
    for dot in dots:
        if parts and dot.day - parts[-1][-1].day <= APART:
            parts[-1].append(dot)
        else:
            parts.append([dot])
    points = ([frame.point(dot.day, dot.total) for dot in part] for part in parts if len(part) > 1)
    return ["M" + "L".join(f"{point.x} {point.y}" for point in part) for part in points]
