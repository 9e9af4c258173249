"""The overview's lanes as paths: 48 wide, stretched to the page; strokes keep their width. Classes alone, no styles."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.safestring import SafeString

from koru.moments.lanes import COLUMNS
from koru.moments.spans import Span
from moodtracking.trends import LONGEST_GAP

from .overview import Mood, Overview

LOWEST, HIGHEST = -3.0, 3.0
TALL = 12.0  # of the mood's lane; the others are 4
FLAT = 4.0
SIZES = ((1, 1, "l-dot"), (2, 3, "l-dot more"), (4, 10_000, "l-dot most"))


def lanes_of(overview: Overview) -> list[tuple[str, float, SafeString]]:
    """Name, height and inside of each lane."""
    return [
        ("Sessions", FLAT, _sessions(overview)),
        ("Mood", TALL, SafeString("".join(_mood(overview.mood, _joined(overview.span))))),
        ("Measures", FLAT, _counted(overview.measures)),
        ("Entries shared", FLAT, _counted(overview.entries)),
        ("Practices", FLAT, _counted(overview.practices)),
    ]


def _sessions(overview: Overview) -> SafeString:
    dosing = [overview.column(one.starts) for one in overview.sessions if one.is_dosing]
    others = [overview.column(one.starts) for one in overview.sessions if not one.is_dosing]
    return SafeString(_dots("l-dot", others) + _dots("l-dot session", dosing))


def _counted(counts: Mapping[int, int]) -> SafeString:
    return SafeString(
        "".join(_dots(name, (at for at, many in counts.items() if low <= many <= high)) for low, high, name in SIZES)
    )


def _dots(name: str, columns: Iterable[int]) -> str:
    drawn = "".join(f"M{column - 0.5:g} {FLAT / 2:g}h0" for column in sorted(set(columns)))
    return f'<path class="{name}" d="{drawn}"/>' if drawn else ""


def _joined(span: Span) -> int:
    """How many columns apart two are still joined: three days, as in all lines over time."""
    return max(1, int(LONGEST_GAP * COLUMNS / (span.end - span.start)))


def _mood(mood: Mapping[int, Mood], joined: int) -> Iterator[str]:
    """A band of the middle half with the middle as a line; where too long nothing was noted both end."""
    yield f'<path class="c-grid" d="M0 {_y(0):g}H48"/>'
    parts = _stretches(sorted(mood), joined)
    band = "".join(_band([(column, mood[column]) for column in part]) for part in parts)
    line = "".join(
        "M" + "L".join(f"{column - 0.5:g} {_y(mood[column].mid):g}" for column in part) for part in parts if len(part) > 1
    )
    alone = "".join(f"M{part[0] - 0.5:g} {_y(mood[part[0]].mid):g}h0" for part in parts if len(part) == 1)
    for name, drawn in (("l-band", band), ("l-line", line), ("l-dot", alone)):
        if drawn:
            yield f'<path class="{name}" d="{drawn}"/>'


def _band(part: list[tuple[int, Mood]]) -> str:
    """A column alone has a band as wide as itself."""
    edges = [(column - 1, one) for column, one in part[:1]] + [(column, one) for column, one in part]
    over = "L".join(f"{x:g} {_y(one.high):g}" for x, one in edges)
    under = "L".join(f"{x:g} {_y(one.low):g}" for x, one in reversed(edges))
    return f"M{over}L{under}Z"


def _stretches(columns: list[int], joined: int) -> list[list[int]]:
    parts: list[list[int]] = []
    for column in columns:
        if parts and column - parts[-1][-1] <= joined:
            parts[-1].append(column)
        else:
            parts.append([column])
    return parts


def _y(value: float) -> float:
    return round(TALL - 1 - (TALL - 2) * (value - LOWEST) / (HIGHEST - LOWEST), 2)
