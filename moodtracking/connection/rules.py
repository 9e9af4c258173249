"""What a connection check-in says beside those before it (clinical.md 4.6). Pure: one client's own values, no other's.

Values are 0 to 100 as stored; what is told is 0 to 10 with one decimal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median

from .lines import HIGHEST, Answers, load

NEEDED = 3
LOW = 50  # five on the scale of ten, as stored times ten
FALL = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """`overall` and `usual`, the median of the overalls before, from 0 to 10; None when too little was answered.

    `fell`: the names of the lines that are lower by 2.0 or more than their own median, the most first. `is_low`: 5.0 or
    less overall. `all_high`: tens throughout, now and each time before.
    """

    overall: Decimal | None
    usual: Decimal | None = None
    fell: tuple[str, ...] = ()
    is_low: bool = False
    all_high: bool = False

    @property
    def ask(self) -> bool | None:
        """Whether it is worth asking about. None when that can't be told."""
        return None if self.overall is None else self.is_low or bool(self.fell)

    @property
    def lines(self) -> str:
        """ "heard", "heard and focus", "heard, focus and way" """
        *others, last = self.fell or ("",)
        return f"{', '.join(others)} and {last}" if others else last

    @property
    def sentence(self) -> str:
        """What the brief says; empty when there is nothing worth saying."""
        if self.all_high:
            return "All high, as before."
        if not self.ask:
            return ""
        if self.fell:
            return f"Worth asking about: {self.lines} {'were' if len(self.fell) > 1 else 'was'} lower last time than before."
        return "Worth asking about: it was low last time, all in all."


def overall(answers: Answers) -> Decimal | None:
    """The mean of the answered, needing three of four: 0 to 10, one decimal."""
    return _tenth(Fraction(sum(answers.values()), len(answers))) if len(answers) >= NEEDED else None


def own_median(earlier: Sequence[Answers]) -> dict[str, Fraction]:
    """The median of each line over the check-ins before, 0 to 100; no key where it was never answered."""
    told = {key: [Fraction(answers[key]) for answers in earlier if key in answers] for key in load().lines}
    return {key: median(values) for key, values in told.items() if values}


def reading(answers: Answers, earlier: Sequence[Answers] = ()) -> Reading:
    """One check-in beside those before it, in any order."""
    found = against(answers, own_median(earlier))
    before = [whole for one in earlier if (whole := overall(one)) is not None]
    if found.overall is None:
        return found
    usual = _tenth(Fraction(median(before)) * 10) if before else None
    return Reading(found.overall, usual, found.fell, found.is_low, _all_high([answers, *earlier]) and bool(earlier))


def against(answers: Answers, usual: Mapping[str, Fraction | int]) -> Reading:
    """One check-in beside the client's own median of each line."""
    whole = overall(answers)
    if whole is None:
        return Reading(None)
    falls = sorted((usual[key] - value, key) for key, value in answers.items() if key in usual and usual[key] - value >= FALL)
    names = tuple(load().lines[key].name for _, key in reversed(falls))
    return Reading(whole, fell=names, is_low=Fraction(sum(answers.values()), len(answers)) <= LOW)


def _all_high(told: Sequence[Answers]) -> bool:
    return all(one and set(one.values()) == {HIGHEST} for one in told)


def _tenth(mean: Fraction) -> Decimal:
    """A mean of 0 to 100 on the scale of ten, halves up."""
    exact = Decimal(mean.numerator) / Decimal(mean.denominator) / 10
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
