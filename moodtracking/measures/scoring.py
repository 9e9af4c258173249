"""Totals, bands, clusters and the symptom pattern of one filling-in (clinical.md 4). Pure: no database.

Answers come by item key; a skipped item has none. A given result is never scored again: a new rule is a new version.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from .instrument import Measure, Question

Answers = Mapping[str, int]
NO_CLUSTERS: Mapping[str, int | None] = MappingProxyType({})


@dataclass(frozen=True)
class Score:
    """What a filling-in adds up to. `total` None: too many items were left open."""

    total: int | None
    answered: int
    of: int
    band: str = ""
    clusters: Mapping[str, int | None] = field(default_factory=lambda: NO_CLUSTERS)
    pattern: bool | None = None
    positive: bool | None = None

    @cached_property
    def missing(self) -> int:
        return self.of - self.answered

    @property
    def prorated(self) -> bool:
        return self.total is not None and self.missing > 0


def score(measure: Measure, answers: Answers, *, threshold: int | None = None, cut_point: int | None = None) -> Score:
    """Score answers by their measure. `threshold`: the client's own, where the measure has one; `cut_point`: the clinic's."""
    told = with_zeros(measure, answers)
    values = _values(measure.scored, told)
    total = _total(values, measure.scored, measure.missing_allowed, measure.factor)
    return Score(
        total=total,
        answered=len(values),
        of=len(measure.scored),
        band=band_of(measure, total, cut_point),
        clusters={name: _cluster(items, told) for name, items in measure.clusters.items()},
        pattern=_pattern(measure, told) if measure.pattern else None,
        positive=total >= threshold if total is not None and threshold is not None else None,
    )


def with_zeros(measure: Measure, answers: Answers) -> dict[str, int]:
    """The answers, with 0 for what follows from another: who never drinks isn't asked how much."""
    implied = [other for key, others in measure.none_when_zero.items() if answers.get(key) == 0 for other in others]
    return {**answers, **dict.fromkeys(implied, 0)}


def left_open(measure: Measure, answers: Answers) -> tuple[Question, ...]:
    """The scored items without an answer."""
    told = with_zeros(measure, answers)
    return tuple(item for item in measure.scored if item.key not in told)


def band_of(measure: Measure, total: int | None, cut_point: int | None = None) -> str:
    """The name of the band that a total lies in. A clinic's own cut-point takes the place of the last band's edge."""
    if total is None or not measure.bands:
        return ""
    edges = [band.lowest for band in measure.bands]
    if cut_point is not None and cut_point in measure.cut_points:
        edges[-1] = cut_point
    reached = [band.name for band, edge in zip(measure.bands, edges, strict=True) if total >= edge]
    return reached[-1]


def half_up(top: int, bottom: int) -> int:
    """A quotient of whole numbers, rounded half up: in whole numbers, so that no binary fraction decides."""
    return (2 * top + bottom) // (2 * bottom)


def _values(items: Iterable[Question], answers: Answers) -> list[int]:
    return [answers[item.key] for item in items if item.key in answers]


def _total(values: list[int], items: tuple[Question, ...], allowed: int, factor: int) -> int | None:
    """The sum, prorated where few enough are missing: answered sum × items ÷ answered."""
    if not values or len(items) - len(values) > allowed:
        return None
    return factor * half_up(sum(values) * len(items), len(values))


def _cluster(items: tuple[Question, ...], answers: Answers) -> int | None:
    """A cluster needs at least half of its items."""
    return _total(_values(items, answers), items, len(items) // 2, 1)


def _pattern(measure: Measure, answers: Answers) -> bool | None:
    """Whether enough items of each cluster are told at the mark; None where the open ones would decide."""
    met = [_meets(items, answers, measure.pattern_from, measure.pattern.get(name, 0)) for name, items in measure.clusters.items()]
    if False in met:
        return False
    return None if None in met else True


def _meets(items: tuple[Question, ...], answers: Answers, mark: int, needed: int) -> bool | None:
    there = sum(value >= mark for value in _values(items, answers))
    if there >= needed:
        return True
    unknown = sum(item.key not in answers for item in items)
    return None if there + unknown >= needed else False
