"""A chart's numbers as the inside of its SVG. Put together here: a page has several, and a template takes its time."""

from collections.abc import Iterator
from functools import cache

from django.utils.html import escape
from django.utils.safestring import SafeString

from .chart import BOTTOM, LEFT, RIGHT, Chart

ANCHORS = ("start", "middle", "end")


def drawn(chart: Chart) -> SafeString:
    """Areas below, then the axis, lines and dots, and the sessions on top. Classes alone, no styles."""
    return SafeString("".join((*_axis(chart), *_values(chart), *_sessions(chart), *_days(chart))))


def _axis(chart: Chart) -> Iterator[str]:
    yield from _path("c-area", "".join(chart.areas))
    for word in chart.words:
        yield f'<path class="c-grid" d="M{LEFT:g} {word.at}H{RIGHT:g}"/>'
        yield f'<text x="88" y="{round(word.at + 4, 1)}" text-anchor="end">{_said(word.text)}</text>'


def _values(chart: Chart) -> Iterator[str]:
    yield from _path("c-day", "".join(chart.lines))
    yield from _path("c-line", "".join(chart.means))
    yield from _path("c-dots thin" if chart.marked else "c-dots", chart.dots)
    if chart.marked:
        yield from _path("c-rings", chart.rings)
        yield from _path("c-rings hole", chart.rings)
    elif chart.now:
        yield f'<circle class="c-now" cx="{chart.now.x}" cy="{chart.now.y}" r="5"/>'


def _sessions(chart: Chart) -> Iterator[str]:
    for mark in chart.sessions:
        yield f'<path class="c-session" d="M{mark.x} 20V{BOTTOM:g}"/><circle class="c-mark" cx="{mark.x}" cy="14" r="4"/>'
        yield f'<text class="c-mark" x="{round(mark.x - 8, 1)}" y="18" text-anchor="end">{mark.number}</text>'


def _days(chart: Chart) -> Iterator[str]:
    anchors = ANCHORS if len(chart.days) == len(ANCHORS) else ("start", "end")
    for day, anchor in zip(chart.days, anchors, strict=False):
        yield f'<text x="{day.at}" y="172" text-anchor="{anchor}">{_said(day.text)}</text>'


def _path(name: str, drawing: str) -> Iterator[str]:
    if drawing:
        yield f'<path class="{name}" d="{drawing}"/>'


@cache
def _said(word: str) -> str:
    return str(escape(word))
