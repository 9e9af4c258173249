"""What a measure is: content as values. A filled one keeps the version it was filled by. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

EMPTY: Mapping[str, tuple[str, ...]] = MappingProxyType({})
NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: its value, its words, and its LOINC code where one is confirmed."""

    value: int
    label: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One item. `noticed`: told to `koru.safety` at the tap; never pre-filled and never carried over."""

    key: str
    text: str
    options: tuple[Option, ...]
    code: str = ""
    cluster: str = ""
    scored: bool = True
    noticed: bool = False

    def allows(self, value: object) -> bool:
        return any(option.value == value and type(value) is int for option in self.options)

    def word(self, value: int) -> str:
        return next(option.label for option in self.options if option.value == value)

    @property
    def highest(self) -> int:
        return max(option.value for option in self.options)


@dataclass(frozen=True, slots=True)
class Band:
    """From `lowest` up to the next band. Therapists' words."""

    name: str
    lowest: int


@dataclass(frozen=True)
class Measure:
    """A measure in one version. `reliable`: a change of so many points is more than noise; `factor`: times the sum."""

    slug: str
    version: int
    title: str
    about: str
    minutes: int
    licence: str
    attribution: str
    source: str
    forms: Mapping[str, str]
    items: tuple[Question, ...]
    bands: tuple[Band, ...] = ()
    language: str = "en"
    on: bool = True
    before: str = ""
    intro: str = ""
    better: str = "lower"
    factor: int = 1
    missing_allowed: int = 0
    reliable: int | None = None
    possible: int | None = None
    recovered_below: int | None = None
    not_within_days: int = 0
    settles: bool = False
    not_by_letter_after: int | None = None
    thresholds: tuple[int, ...] = ()
    cut_points: tuple[int, ...] = ()
    none_when_zero: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: EMPTY)
    pattern: Mapping[str, int] = field(default_factory=lambda: NOTHING)
    pattern_from: int = 0
    panel_code: str = ""
    total_code: str = ""

    @cached_property
    def by_key(self) -> Mapping[str, Question]:
        return MappingProxyType({item.key: item for item in self.items})

    @cached_property
    def scored(self) -> tuple[Question, ...]:
        return tuple(item for item in self.items if item.scored)

    @cached_property
    def clusters(self) -> Mapping[str, tuple[Question, ...]]:
        names = dict.fromkeys(item.cluster for item in self.scored if item.cluster)
        return MappingProxyType({name: tuple(item for item in self.scored if item.cluster == name) for name in names})

    @property
    def highest(self) -> int:
        return self.factor * sum(item.highest for item in self.scored)

    @property
    def name(self) -> str:
        """As results carry it: "phq-9.v1"."""
        return f"{self.slug}.v{self.version}"

    @property
    def first_form(self) -> str:
        return next(iter(self.forms))

    @property
    def is_long(self) -> bool:
        """More than two minutes: at most one of these a day."""
        return self.minutes > 2

    @property
    def asks_one_by_one(self) -> bool:
        """Has an item that has to count when it is tapped: without scripts one item a page."""
        return any(item.noticed for item in self.items)

    def stem(self, form: str) -> str:
        return self.forms[form]

    def title_of(self, form: str) -> str:
        """The form is named where there are several: "PCL-5, weekly form"."""
        return self.title if len(self.forms) == 1 else f"{self.title}, {form} form"
