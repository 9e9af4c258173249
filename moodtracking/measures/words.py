"""What a result is said in (clinical.md 4.9): sentence first, number second. Pure; dates come as words."""

from collections.abc import Sequence
from dataclasses import dataclass

from .comparing import Change, Verdict
from .instrument import Measure, Question

FIRST = "Saved. This is your starting point, nothing more."
OPEN = "Saved. Some questions were left open, and that's fine."
UNLIKE = "Saved. This was a different form, so it isn't compared."
SAVED = "Saved."


@dataclass(frozen=True, slots=True)
class Ending:
    """What a client reads at the end: a sentence, then the number, small. `offers_pin`: something to bring along?"""

    sentence: str
    number: str = ""
    offers_pin: bool = False


def ending(measure: Measure, total: int | None, change: Change, since: str, *, shows: str, band: str = "") -> Ending:
    """For the client. `since`: the day of the one before in words, "" for none. `shows`: none, words or bands."""
    if shows == "none":
        return Ending(SAVED)
    if total is None:
        return Ending(OPEN)
    number = f"{total} of {measure.highest}"
    number = f"{number}, {band}" if shows == "bands" and band else number
    if not since:
        return Ending(FIRST, number)
    if not change.alike:
        return Ending(UNLIKE, number)
    return _compared(measure, change, since, number)


def _compared(measure: Measure, change: Change, since: str, number: str) -> Ending:
    more_is_good = measure.better == "higher"
    if change.verdict is Verdict.BETTER:
        more = "More well-being" if more_is_good else "Fewer difficulties"
        return Ending(f"{more} than on {since}.", number)
    if change.verdict is Verdict.WORSE:
        less = "Less well-being" if more_is_good else "More difficulties"
        return Ending(f"{less} than on {since}. Would you like to bring this along?", number, offers_pin=True)
    if change.verdict is Verdict.NOISE:
        return Ending(f"About the same as on {since}.", number)
    return Ending(SAVED, number)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a therapist's sentence is made of."""

    measure: Measure
    total: int | None
    band: str
    answered: int
    open_items: Sequence[Question]
    change: Change
    since: str
    day: str
    form: str = ""

    @property
    def name(self) -> str:
        """ "PCL-5", which is its first form, the usual one; "PCL-5 (weekly form)" for another."""
        usual = self.form in ("", self.measure.first_form)
        return self.measure.title if usual else f"{self.measure.title} ({self.form} form)"


def sentence(one: Reading, *, item9: int | None = None) -> str:
    """For the therapist: "PHQ-9 11 (moderate), 6 lower than 21 Oct: more than noise (bound 6)." """
    name = one.name
    if one.total is None:
        few = f"{len(one.open_items)} item{'s' if len(one.open_items) != 1 else ''} left open"
        nine = f" Item 9 answered: {item9}." if item9 is not None else ""
        return f"{name} {one.day}: {few}, no total.{nine}"
    band = f" ({one.band})" if one.band and not one.measure.cut_points else ""
    return f"{name} {one.total}{band}{_difference(one)}{_prorated(one)}"


def _difference(one: Reading) -> str:
    points = one.change.points
    if not one.since:
        return ": the first one"
    if points is None:
        return f": not comparable with {one.since}" if not one.change.alike else ": cannot be compared"
    way = "lower" if points < 0 else "higher"
    told = f", {abs(points)} {way} than {one.since}" if points else f", the same as {one.since}"
    return f"{told}{_weight(one, abs(points))}"


def _weight(one: Reading, points: int) -> str:
    measure = one.measure
    if measure.reliable is None:
        return ""
    if one.change.is_reliable:
        return f": more than noise (bound {measure.reliable})"
    if measure.possible is not None and points >= measure.possible:
        return f": possibly a change; {measure.reliable} would be reliable"
    return f": within noise (bound {measure.reliable})"


def _prorated(one: Reading) -> str:
    if not one.open_items:
        return "."
    keys = [item.key for item in one.open_items]
    named = keys[0] if len(keys) == 1 else f"{', '.join(keys[:-1])} and {keys[-1]}"
    return f" (prorated from {one.answered} of {len(one.measure.scored)}; item{'s' if len(keys) > 1 else ''} {named} left open)."
