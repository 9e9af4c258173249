"""Whether a letter goes out now, later or never: looked at again just before it is handed over. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .kinds import LetterKind
from .quiet import Rest, settled

GRACE = timedelta(minutes=10)  # due before the quiet hours, taken up a moment into them


@dataclass(frozen=True, slots=True)
class Standing:
    """All that decides about one letter, at one moment."""

    kind: LetterKind
    now: datetime
    due: datetime
    not_after: datetime | None
    rest: Rest
    asked: bool = False
    stopped: bool = False
    paused_until: datetime | None = None
    gone: bool = False
    asking_paused: bool = False


@dataclass(frozen=True, slots=True)
class PutOff:
    until: datetime


@dataclass(frozen=True, slots=True)
class Drop:
    why: str


def judged(it: Standing) -> PutOff | Drop | None:
    """None: it goes now. A choice of the reader's comes first, then the use it still has, then rest."""
    if it.gone:
        return Drop("account closed")
    if it.kind.opt_out and it.stopped:
        return Drop("stopped")
    if it.kind.ceiling and it.paused_until and it.paused_until > it.now:
        return Drop("paused")
    if it.kind.asks and it.asking_paused:
        return Drop("paused")
    if it.not_after and it.now >= it.not_after:
        return Drop("too late")
    return _by_rest(it)


def _by_rest(it: Standing) -> PutOff | Drop | None:
    in_time = it.now - it.due < GRACE and it.rest.quiet_ends(it.due) is None
    rest = Rest(it.rest.zone, it.rest.quiet_from, it.rest.quiet_from, it.rest.hushes) if in_time else it.rest
    moment = settled(it.now, it.not_after, it.kind, rest, asked=it.asked)
    if moment is None:
        return Drop("too late")
    return PutOff(moment) if moment > it.now else None
