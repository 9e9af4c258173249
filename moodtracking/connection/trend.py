"""How the overalls of one client went, as numbers for a small drawing 320 wide. Pure; the template draws, a table says it too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

LEFT, RIGHT, TOP, BOTTOM = 8.0, 312.0, 8.0, 64.0
MOST, NEEDED = 12, 2
HIGHEST = Decimal(10)


@dataclass(frozen=True, slots=True)
class Told:
    """One meeting and what was said of it, 0 to 10; None when too little was answered."""

    day: date
    overall: Decimal | None


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Trend:
    """`way` joins the dots that follow one another; a meeting without an overall leaves a gap. `usual_y`: the median's line."""

    told: tuple[Told, ...]
    dots: tuple[Dot, ...]
    ways: tuple[str, ...]
    usual: Decimal | None
    usual_y: float | None


def trend_of(told: Sequence[Told], usual: Decimal | None) -> Trend | None:
    """The last dozen, oldest first. None while there are fewer than two dots to draw."""
    shown = tuple(told[-MOST:])
    placed = [_dot(place, len(shown), one.overall) for place, one in enumerate(shown)]
    dots = tuple(dot for dot in placed if dot)
    if len(dots) < NEEDED:
        return None
    return Trend(shown, dots, tuple(_ways(placed)), usual, None if usual is None else y_of(usual))


def y_of(value: Decimal) -> float:
    """All of the scale, whatever was answered."""
    return round(BOTTOM - (BOTTOM - TOP) * float(value / HIGHEST), 1)


def _dot(place: int, of: int, value: Decimal | None) -> Dot | None:
    if value is None:
        return None
    return Dot(round(LEFT + (RIGHT - LEFT) * place / max(1, of - 1), 1), y_of(value))


def _ways(placed: Sequence[Dot | None]) -> list[str]:
    """The d of each stretch without a gap."""
    stretches: list[list[Dot]] = [[]]
    for dot in placed:
        if dot:
            stretches[-1].append(dot)
        elif stretches[-1]:
            stretches.append([])
    return ["M" + "L".join(f"{dot.x} {dot.y}" for dot in part) for part in stretches if len(part) > 1]
