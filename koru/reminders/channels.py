"""The ways to somebody: mail, the inbox, push, text messages. Each hands over one letter at a time and says how that went.

Whatever the way, the outbox's promises are the same: the row is claimed, looked at again, marked `handed_at`, handed over,
marked `sent_at`. A channel that falls silent or can't be reached holds up its own letters only.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from koru.people.models import Clinic

from .models import Letter

HandOver = Callable[[], None]  # raises Refused or InDoubt


class Unreachable(Exception):
    """Nobody answers there now: letters wait, none was touched. `str()` is what happened, without an address."""


class Refused(Exception):
    """The other side said no: the letter was surely not taken. `code` is its answer, without words or addresses."""

    def __init__(self, code: str, *, for_good: bool) -> None:
        super().__init__(code)
        self.code = code
        self.for_good = for_good


class NoWay(Refused):
    """This way doesn't lead to the reader any more: no device is left, no number is agreed to. The letter takes another."""

    def __init__(self, code: str) -> None:
        super().__init__(code, for_good=True)


class InDoubt(Exception):
    """The connection ended without an answer: the letter may have been taken."""


class Channel(Protocol):
    """One way out, kept open over many letters."""

    def ready(self) -> None:
        """See that the other side can be reached, if that can be known before. Raises Unreachable."""

    def prepared(self, letter: Letter, clinic: Clinic, now: datetime) -> HandOver:
        """Make the letter's words; asks nothing of the other side yet. Raises KeyError, ValueError or CannotOpen.

        Called inside the transaction that marks it handed over; what it returns is called after that has committed.
        """

    def close(self) -> None:
        """Let go of the connection."""
