"""Which way a deed goes (clinical.md 10.1): widening waits for a day after a dosing session, narrowing acts at once.

Every deed, that is every function with `by=` for who does it, says so with one of these. A deed without one fails the
build (tests/architecture/test_directions.py), and each that widens is shown to wait (tests/privacy/test_widening.py).
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

Deed = TypeVar("Deed", bound=Callable[..., Any])


class Direction(StrEnum):
    WIDENS = "widens"
    NARROWS = "narrows"
    EITHER = "either"
    NEITHER = "neither"


def widens(deed: Deed) -> Deed:
    """More is shared, booked or agreed to: it waits."""
    return _declared(deed, Direction.WIDENS)


def narrows(deed: Deed) -> Deed:
    """Less is shared, booked or agreed to, something stops, is deleted, or help is asked for: never delayed."""
    return _declared(deed, Direction.NARROWS)


def either(deed: Deed) -> Deed:
    """What it is given decides: more waits, less doesn't."""
    return _declared(deed, Direction.EITHER)


def neither(deed: Deed) -> Deed:
    """Nobody sees, books or agrees to more or less by it."""
    return _declared(deed, Direction.NEITHER)


def direction_of(deed: Callable[..., Any]) -> Direction | None:
    """What was declared; None for a deed that says nothing."""
    declared: Direction | None = getattr(deed, "direction", None)
    return declared


def _declared(deed: Deed, direction: Direction) -> Deed:
    vars(deed)["direction"] = direction
    return deed
