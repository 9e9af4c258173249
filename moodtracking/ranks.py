"""How closely two series of days rise and fall together: Spearman's rank correlation with what chance allows. Pure.

Ties share their middle rank. Days that follow each other are alike, so they count for less: with lag-one correlations a
and b, n days weigh as n (1 - ab) / (1 + ab) (Bretherton et al. 1999, J. Climate 12:1990, eq. 31). Interval and chance by
Fisher's z, with the variance 1.06 / (n - 3) for ranks (Fieller, Hartley & Pearson 1957, Biometrika 44:470). No random
numbers: the same days give the same answer. Several questions at once: Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57:289.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from math import atanh, erfc, sqrt, tanh

Days = Mapping[date, float]
SURE = 1.959964  # of the normal curve, 95 in 100 lie within
OF_RANKS = 1.06
FEWEST = 5.0
A_DAY = timedelta(days=1)
NEARLY_ONE = 0.999999
MOST_ALIKE = 0.95


@dataclass(frozen=True, slots=True)
class Closeness:
    """`rho` from -1 to 1 with its 95 % interval, over `n` days; `chance` of one as far from 0 when nothing is behind it."""

    rho: float
    low: float
    high: float
    chance: float
    n: int


def closeness(one: Days, other: Days) -> Closeness | None:
    """None when one of them never changes, or almost no day has both. The order of the two makes no difference."""
    days = sorted(one.keys() & other.keys())
    a, b = ranks([one[day] for day in days]), ranks([other[day] for day in days])
    rho = correlation(a, b)
    if rho is None or len(days) < FEWEST:
        return None
    alike = after_each_other(days, a) * after_each_other(days, b)
    weight = max(len(days) * (1 - alike) / (1 + alike), FEWEST)
    rho = max(min(rho, NEARLY_ONE), -NEARLY_ONE)
    z, spread = atanh(rho), sqrt(OF_RANKS / (weight - 3))
    chance = erfc(abs(z) / spread / sqrt(2))
    return Closeness(rho, tanh(z - SURE * spread), tanh(z + SURE * spread), chance, len(days))


def ranks(values: Sequence[float]) -> list[float]:
    """Places from 1 on; equal values share the middle of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    before = 0
    for _, alike in groupby(order, key=values.__getitem__):
        places = list(alike)
        for place in places:
            found[place] = before + (len(places) + 1) / 2
        before += len(places)
    return found


def correlation(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Pearson's; None when one of them is always the same."""
    if not a:
        return None
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    of_a, of_b = sum((x - mean_a) ** 2 for x in a), sum((y - mean_b) ** 2 for y in b)
    if not of_a or not of_b:
        return None
    return sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True)) / sqrt(of_a * of_b)


def after_each_other(days: Sequence[date], values: Sequence[float]) -> float:
    """How alike a day is to the next one, from 0 to 0.95."""
    by_day = dict(zip(days, values, strict=True))
    pairs = [(value, by_day[day + A_DAY]) for day, value in by_day.items() if day + A_DAY in by_day]
    told = correlation([first for first, _ in pairs], [second for _, second in pairs]) if len(pairs) >= FEWEST else 0.0
    return min(max(told or 0.0, 0.0), MOST_ALIKE)


def beyond_chance(chances: Sequence[float], share: float) -> list[int]:
    """Which of several stand out, the clearest first, so that at most that share of the shown are chance alone."""
    order = sorted(range(len(chances)), key=chances.__getitem__)
    lasting = [place for place, which in enumerate(order, 1) if chances[which] <= share * place / len(chances)]
    return order[: max(lasting, default=0)]
