"""Which prompt is offered, and why, in words (clinical.md 2, "Choosing"). Pure; no text of an entry is ever read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from scheduling.phases import Phase, Reading

from .catalogue import TENDER, Prompt

AWAY = timedelta(days=14)
TENDER_REST = timedelta(days=3)
EASY = 1
USUAL = 2
LOW_MOOD = -2
EVENING = 21
NEVER = "never"


@dataclass(frozen=True, slots=True)
class Skip:
    """A prompt set aside: "not_today" or "never"."""

    prompt: str
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answered:
    """A prompt that was answered, in a guide or by itself."""

    prompt: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the choice looks at. `answered` are the slugs of entries, newest first; `hour` is of the client's clock.

    `lately` are those answered in the last fourteen days, `flagged` says that a flag is open, `assigned` are the slugs
    that their therapist chose, the oldest first.
    """

    reading: Reading
    hour: int = 12
    answered: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    lately: frozenset[str] = frozenset()
    tender_lately: bool = False
    last_theme: str = ""
    last_mood: float | None = None
    flagged: bool = False
    ceiling: int = USUAL
    facts: frozenset[str] = field(default_factory=frozenset)
    assigned: tuple[str, ...] = ()


def hidden(skips: Iterable[Skip], now: datetime) -> frozenset[str]:
    """Prompts that aren't offered now: never ones, those set aside twice, those set aside in the last fourteen days."""
    away: dict[str, int] = {}
    gone: set[str] = set()
    for skip in skips:
        away[skip.prompt] = away.get(skip.prompt, 0) + 1
        if skip.what == NEVER or away[skip.prompt] > 1 or skip.at > now - AWAY:
            gone.add(skip.prompt)
    return frozenset(gone)


def lately(answered: Iterable[Answered], now: datetime) -> frozenset[str]:
    """Prompts answered in the last fourteen days: not offered again so soon."""
    return frozenset(one.prompt for one in answered if one.at > now - AWAY)


def tender_lately(answered: Iterable[Answered], prompts: Mapping[str, Prompt], now: datetime) -> bool:
    """Whether a tender one was answered in the last three days: the next may wait."""
    recent = (prompts.get(one.prompt) for one in answered if one.at > now - TENDER_REST)
    return any(prompt is not None and prompt.tender for prompt in recent)


def ceiling(standing: Standing) -> int:
    """How deep a prompt may go now.

    Nothing but easy ones while a flag is open or on a low day; nothing tender in the evening, at night, or soon after
    another tender one.
    """
    if standing.flagged or (standing.last_mood is not None and standing.last_mood <= LOW_MOOD):
        return EASY
    late = standing.hour >= EVENING or standing.hour < 4
    return min(standing.ceiling, TENDER - 1) if late or standing.tender_lately else standing.ceiling


def fits(prompt: Prompt, standing: Standing) -> bool:
    """Whether it may be offered at all: what a therapist chose at any time, the rest in its phase and not twice soon."""
    in_turn = prompt.phase == standing.reading.phase and prompt.slug not in standing.lately
    return (prompt.slug in standing.assigned or in_turn) and may_ask(prompt, standing)


def may_ask(prompt: Prompt, standing: Standing) -> bool:
    """Whether it may be asked when somebody comes to it in a guide, whatever the phase."""
    return (
        prompt.slug not in standing.hidden
        and prompt.depth <= ceiling(standing)
        and (not prompt.needs or prompt.needs in _facts(standing))
    )


def suggested(prompts: Iterable[Prompt], standing: Standing) -> Prompt | None:
    """The one to offer: chosen by the therapist, unseen before seen, another theme than the last, then by slug."""
    fitting = [prompt for prompt in prompts if fits(prompt, standing)]
    return min(fitting, key=lambda prompt: _rank(prompt, standing), default=None)


def why(reading: Reading, reasons: Mapping[str, str]) -> str:
    """Why it is offered, from the phase it was chosen by."""
    key, days = _reason(reading)
    return reasons[key].format(days=days)


def _facts(standing: Standing) -> frozenset[str]:
    first_morning = {"first-morning"} if standing.reading.days_since == 1 else set()
    return standing.facts | first_morning


def _rank(prompt: Prompt, standing: Standing) -> tuple[int, int, bool, str]:
    turn = standing.assigned.index(prompt.slug) if prompt.slug in standing.assigned else len(standing.assigned)
    return turn, standing.answered.count(prompt.slug), prompt.theme == standing.last_theme, prompt.slug


def _reason(reading: Reading) -> tuple[str, int]:
    if reading.phase is Phase.BEFORE:
        until = reading.days_until
        return ("preparing", 0) if until is None else ("before_one" if until == 1 else "before_many", until)
    if reading.phase is Phase.FIRST_DAY:
        return ("after-0-1d_same" if reading.days_since == 0 else "after-0-1d_next"), 0
    return str(reading.phase), reading.days_since or 0
