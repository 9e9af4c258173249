"""What the journal's library is made of: prompts, guides, their steps, and page words. Values that refuse to be wrong."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

PHASES = ("before", "day-of", "after-0-1d", "after-2-7d", "after-2-4wk", "between")
THEMES = (
    "intention",
    "body",
    "safety",
    "relationships",
    "alliance",
    "habits",
    "meaning",
    "gratitude",
    "grief",
)
TENDER = 3
NEEDS_OF_PROMPTS = ("", "first-morning", "kept-line", "held-meeting")
NEEDS_OF_GUIDES = ("no-entry", "no-held-session", "not-started")
STAGES = ("", "preparation", "maintenance", "finishing")
TAPS = ("words", "places")
# What a step of each kind has to say beside its kind.
STEP_KINDS = {
    "text": "text",
    "prompt": "prompt",
    "practice": "practice",
    "choice": "of",
    "letter": "again_in_days",
    "intention": "",
    "check_in": "",
    "checklist": "",
    "safety_plan": "",
}


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """One invitation to write. `depth` 1 easy, 2 a look inside, 3 tender; `needs` a fact that has to be so."""

    slug: str
    phase: str
    theme: str
    text: str
    depth: int
    minutes: int
    follow_up: str = ""
    needs: str = ""

    def __post_init__(self) -> None:
        _one_of("phase", self.phase, PHASES)
        _one_of("theme", self.theme, THEMES)
        _one_of("depth", self.depth, (1, 2, TENDER))
        _one_of("needs", self.needs, NEEDS_OF_PROMPTS)
        if not self.text.strip() or self.minutes < 1:
            raise ValueError("a prompt needs a text and at least a minute")

    @property
    def tender(self) -> bool:
        return self.depth == TENDER


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a guide: what `kind` asks for, and what goes with it."""

    kind: str
    text: str = ""
    prompt: str = ""
    otherwise: str = ""
    keeps: str = ""
    practice: str = ""
    of: tuple[str, ...] = ()
    opens: str = ""
    may_rest: str = ""
    help_now: bool = False
    again_in_days: int = 0
    taps: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _one_of("kind of step", self.kind, STEP_KINDS)
        for taps in self.taps:
            _one_of("taps", taps, TAPS)
        says = STEP_KINDS[self.kind]
        if says and not getattr(self, says):
            raise ValueError(f"a {self.kind} step needs {says!r}")

    @property
    def prompts(self) -> tuple[str, ...]:
        """Slugs of every prompt this step can show."""
        return tuple(slug for slug in (self.prompt, self.otherwise, *self.of) if slug)


@dataclass(frozen=True, kw_only=True)
class When:
    """One way for a guide to be offered; every condition given has to hold. Day pairs are first and last, inclusive."""

    stage: str = ""
    phases: tuple[str, ...] = ()
    days_before: tuple[int, ...] = ()
    days_after: tuple[int, ...] = ()
    from_hour: int = 0
    needs: tuple[str, ...] = ()
    mood_at_most: int | None = None
    on_days: int = 0
    of_days: int = 0
    picked: str = ""

    def __post_init__(self) -> None:
        _one_of("stage", self.stage, STAGES)
        for phase in self.phases:
            _one_of("phase", phase, PHASES)
        for need in self.needs:
            _one_of("needs", need, NEEDS_OF_GUIDES)
        if self.mood_at_most is not None and (self.of_days != 3 or not 1 <= self.on_days <= 3):
            raise ValueError("a mood is looked for on one to three of the last 3 days")
        for days in (self.days_before, self.days_after):
            if days and (len(days) != 2 or days[0] > days[1]):
                raise ValueError(f"days {list(days)} are not a first and a last day")


@dataclass(frozen=True, kw_only=True)
class Guide:
    """A sequence of steps. `offered` says in words what `when` says to the rule; a `dim` one is dark in the evening."""

    slug: str
    title: str
    offered: str
    when: tuple[When, ...]
    steps: tuple[Step, ...]
    dim: bool = False

    def __post_init__(self) -> None:
        asked = [slug for step in self.steps for slug in step.prompts]
        if len(asked) != len(set(asked)):
            raise ValueError("a prompt is there twice")


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """Words of one level of sharing: the radio and the plain sentence under it."""

    label: str
    hint: str


@dataclass(frozen=True, kw_only=True)
class Words:
    """Words of the journal's pages, by the place they stand in."""

    chips: tuple[str, ...]
    own_word: str
    places: tuple[str, ...]
    place_feelings: tuple[str, ...]
    opt_outs: Mapping[str, str]
    sharing: Mapping[str, Sharing]
    page: Mapping[str, str]
    reasons: Mapping[str, str]
    checklist: Mapping[str, tuple[str, ...]]


def _one_of(what: str, value: object, known: Collection[object]) -> None:
    if value not in known:
        raise ValueError(f"unknown {what} {value!r}")
