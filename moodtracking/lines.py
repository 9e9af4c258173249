"""What one chart is about, whatever it was made from: a question, an item of one's own, a measure. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from .items import Item
from .sentences import NAMES, title_of, worded


@dataclass(frozen=True)
class Line:
    """A scale and its words. `name` begins a sentence; `axis` has three words at most, highest first.

    `stretches`: the scale grows with what was told (hours of sleep), instead of standing still. `apart`: for what is asked
    now and then instead of daily, how far two values may lie apart and still be joined.
    """

    key: str
    title: str
    name: str
    lowest: float
    highest: float
    say: Callable[[float], str]
    axis: tuple[tuple[float, str], ...] = ()
    stretches: bool = False
    apart: timedelta | None = None


def line_of(item: Item) -> Line:
    """The chart of one question. Hours that nobody sleeps are not shown: up to 12, unless more was told."""
    highest = float(item.highest if item.anchors else 12)
    say = worded(item)
    middle = (item.lowest + highest) / 2
    axis = tuple((value, say(value)) for value in (highest, middle, float(item.lowest)) if item.anchors)
    name = NAMES.get(item.key, item.ask)
    return Line(item.key, title_of(item), name, item.lowest, highest, say, axis, stretches=not item.anchors)
