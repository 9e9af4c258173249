"""One booking at a time: all deeds that give or take time wait for one lock, so that moves can't deadlock.

Not for correctness, which the exclusion constraints hold, but for calm: without it, two moves a transaction deadlocked
23 times in 8 seconds at 64 connections; with it, never (RELIABILITY.md section 6). Nothing slow inside.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction

from .refusals import Crowded

LOCK = 0x6B6F7275  # "koru"
PASSING = {"40P01", "40001"}  # deadlock, serialization failure
TRIES = 3
EXCLUDED = "23P01"
WAITED_TOO_LONG = "55P03"

P = ParamSpec("P")
T = TypeVar("T")


def deed(act: Callable[P, T]) -> Callable[P, T]:
    """One transaction, after the lock. What passes by itself is tried again, unless a larger transaction is around it."""

    @wraps(act)
    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        for tried in range(TRIES):
            try:
                return _alone(act, *args, **kwargs)
            except OperationalError as failure:
                if sqlstate(failure) == WAITED_TOO_LONG:
                    raise Crowded from failure
                if connection.in_atomic_block or sqlstate(failure) not in PASSING or tried == TRIES - 1:
                    raise
                time.sleep(random.uniform(0.02, 0.1) * (tried + 1))
        raise AssertionError("unreachable")

    return done


def _alone(act: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        return act(*args, **kwargs)


def sqlstate(failure: Exception) -> str:
    """PostgreSQL's code of what went wrong, empty when it named none."""
    return getattr(failure.__cause__, "pgcode", None) or ""


@contextmanager
def overlap_as(refusal: Callable[[], Exception]) -> Iterator[None]:
    """Let an exclusion constraint speak as a refusal; the transaction around stays usable."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as failure:
        if sqlstate(failure) == EXCLUDED:
            raise refusal() from failure
        raise
