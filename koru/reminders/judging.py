"""Whether a letter goes out now, later or never: looked at again just before it is handed over. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .kinds import LetterKind
from .quiet import Rest, settled, settled_as_text

TOO_LATE, TOO_MANY = "too late", "too many texts"
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
    finished: bool = False
    by_text: bool = False
    too_many_texts: bool = False


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
    if _is_paused(it):
        return Drop("paused")
    if it.not_after and it.now >= it.not_after:
        return Drop(TOO_LATE)
    if it.too_many_texts:
        return Drop(TOO_MANY)
    return _by_rest(it)


def _is_paused(it: Standing) -> bool:
    own = it.kind.ceiling and it.paused_until is not None and it.paused_until > it.now
    return own or (it.kind.asks and it.asking_paused) or (it.kind.rests_after_goodbye and it.finished)


def _by_rest(it: Standing) -> PutOff | Drop | None:
    in_time = it.now - it.due < GRACE and it.rest.quiet_ends(it.due) is None
    rest = Rest(it.rest.zone, it.rest.quiet_from, it.rest.quiet_from, it.rest.hushes) if in_time else it.rest
    found = settled_as_text if it.by_text else settled
    moment = found(it.now, it.not_after, it.kind, rest, asked=it.asked)
    if moment is None:
        return Drop(TOO_LATE)
    return PutOff(moment) if moment > it.now else None
