"""When somebody is quieter than usual: by their own rhythm, never by another's. Pure.

A sign is a day on which they noted or wrote something, did a practice, or met somebody here; what it was is not looked at.
Their rhythm are the days between the last twelve signs. They are quieter than usual once more days have passed than three
times their middle gap and than one and a half times nearly their longest one (nine gaps in ten are no longer), and at least
four. Who has given fewer than six signs has no rhythm yet, and is never quieter than it. Twice as far apart takes twice as
long: who writes once a week is not quiet after ten days.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from statistics import median

SIGNS, FEWEST = 12, 6
TIMES_THE_MIDDLE, TIMES_THE_LONGEST = 3, 1.5
NEARLY_ALL = 0.9
AT_LEAST = 4  # days
LOOKED_BACK = timedelta(days=365)  # older signs are no rhythm of now


def patience(signs: Iterable[date]) -> int | None:
    """How many days without a sign are usual for them. None: too few signs to tell."""
    days = sorted(set(signs))[-SIGNS:]
    if len(days) < FEWEST:
        return None
    gaps = sorted((later - earlier).days for earlier, later in pairwise(days))
    longest = gaps[ceil(NEARLY_ALL * len(gaps)) - 1]
    return max(ceil(TIMES_THE_MIDDLE * median(gaps)), ceil(TIMES_THE_LONGEST * longest), AT_LEAST)


def is_quieter(signs: Iterable[date], today: date, *, since: date | None = None) -> bool:
    """Whether more days than usual have passed since their last sign. `since`: another day from which it is counted, if later."""
    days = list(signs)
    usual = patience(days)
    if usual is None:
        return False
    began = max([*days, *([since] if since else [])])
    return (today - began).days > usual
