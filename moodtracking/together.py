"""What went together, put as a question: honest about how many days, how many pairs, and chance. Pure.

At least 14 days with both, seven on either side. Never "because": it counts, and leaves the meaning to its reader.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from statistics import median

from .lines import Line
from .ranks import Closeness, Days, beyond_chance, closeness

A_SIDE = 7
SHARE = 0.05
MOST = 3
A_STEP = 0.5


@dataclass(frozen=True, slots=True)
class Sides:
    """The middle value on days with something, and on days without, and how many days each has."""

    with_days: int
    with_middle: float
    without_days: int
    without_middle: float


@dataclass(frozen=True)
class Pair:
    """Two things that were looked at together: `line` on days with and without `condition`."""

    keys: tuple[str, str]
    line: Line
    condition: str
    without: str
    sides: Sides
    closeness: Closeness
    is_around: bool

    @property
    def sentence(self) -> str:
        """ "On 12 days with *outside*, mood was mostly *okay*; on 20 without, *in between*." """
        say, sides = self.line.say, self.sides
        name = self.line.title[:1].lower() + self.line.title[1:]
        return (
            f"On {sides.with_days} days with “{self.condition}”, “{name}” was mostly {say(sides.with_middle)};"
            f" on {sides.without_days} {self.without}, {say(sides.without_middle)}."
        )


@dataclass(frozen=True)
class Found:
    """`looked_at`: how many pairs had enough days."""

    pairs: tuple[Pair, ...]
    looked_at: int


def found(pairs: Sequence[Pair], is_set_aside: Callable[[Pair], bool]) -> Found:
    """At most three that chance would rarely make, of all that were looked at, and that differ by half a step or more.

    What was around comes first: that two scales go together surprises less.
    """
    clear = (pairs[place] for place in beyond_chance([pair.closeness.chance for pair in pairs], SHARE))
    shown = [pair for pair in clear if abs(pair.sides.with_middle - pair.sides.without_middle) >= A_STEP]
    kept = sorted((pair for pair in shown if not is_set_aside(pair)), key=lambda pair: not pair.is_around)
    return Found(tuple(kept[:MOST]), len(pairs))


def pairs_of(lines: Mapping[Line, Days], tags: Mapping[str, tuple[str, frozenset[date]]], told: frozenset[date]) -> list[Pair]:
    """All pairs with enough days: each tag (by key: its word and its days) with each line, and the lines among themselves.

    `told` are the days on which tags could be given.
    """
    return [*_with_tags(lines, tags, told), *_among_lines(lines)]


@dataclass(frozen=True)
class Condition:
    """What tells days apart: those from `cut` on are with it. In words, with and without."""

    key: str
    days: Days
    cut: float
    word: str
    without: str
    is_around: bool = False


def _with_tags(
    lines: Mapping[Line, Days], tags: Mapping[str, tuple[str, frozenset[date]]], told: frozenset[date]
) -> Iterator[Pair]:
    for key, (word, days) in tags.items():
        around = Condition(key, {day: float(day in days) for day in told}, 1, word, "without", is_around=True)
        yield from filter(None, (_pair(line, values, around) for line, values in lines.items()))


def _among_lines(lines: Mapping[Line, Days]) -> Iterator[Pair]:
    """The later question tells the days apart: those at one of its words or more, and those below."""
    for (line, values), (other, others) in combinations(lines.items(), 2):
        cut = even_cut([others[day] for day in others.keys() & values.keys()])
        if cut is None:
            continue
        around = Condition(other.key, others, cut, f"{other.title}: {other.say(cut)} or more", "with less")
        if pair := _pair(line, values, around):
            yield pair


def _pair(line: Line, values: Days, around: Condition) -> Pair | None:
    split = sides(values, around.days, around.cut)
    close = closeness(values, around.days) if split else None
    if split is None or close is None:
        return None
    return Pair((around.key, line.key), line, around.word, around.without, split, close, around.is_around)


def sides(values: Days, around: Days, cut: float = 1.0) -> Sides | None:
    """None with fewer than seven days on either side."""
    both = values.keys() & around.keys()
    on = [values[day] for day in both if around[day] >= cut]
    off = [values[day] for day in both if around[day] < cut]
    return Sides(len(on), median(on), len(off), median(off)) if min(len(on), len(off)) >= A_SIDE else None


def even_cut(values: Sequence[float]) -> float | None:
    """The value that parts them most evenly into those below and those from it on; None when all are the same."""
    cuts = sorted(set(values))[1:]
    return min(cuts, key=lambda cut: abs(sum(2 * (value >= cut) - 1 for value in values)), default=None)
