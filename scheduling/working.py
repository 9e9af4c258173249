"""Weekly hours as values: the week of a day, and the way from one week to another with its history kept. Pure."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

Stretch = tuple[time, time]
Week = Mapping[int, Sequence[Stretch]]


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of one weekday (ISO), from a day on, until the day before another."""

    weekday: int
    opens: time
    closes: time
    starting: date
    until: date | None = None

    def valid_on(self, day: date) -> bool:
        """Whether they stand in the week of that day, whichever weekday it is."""
        return self.starting <= day and (self.until is None or day < self.until)

    @property
    def stretch(self) -> Stretch:
        return self.opens, self.closes


@dataclass(frozen=True, slots=True)
class Change:
    """What has to be done with the rules: those that end on the day, and those that start on it or later."""

    ended: Sequence[Hours]
    started: Sequence[Hours]


def week_on(hours: Iterable[Hours], day: date) -> dict[int, list[Stretch]]:
    """The stretches of each weekday in the week of a day, joined and in order."""
    valid = [one for one in hours if one.valid_on(day)]
    return {weekday: joined(one.stretch for one in valid if one.weekday == weekday) for weekday in range(1, 8)}


def reweek(hours: Iterable[Hours], wanted: Week, starting: date, until: date | None = None) -> Change:
    """The way to the wanted week from a day on; with `until`, what was goes on from that day.

    Hours that stay keep the end they had. Those that begin later are left as they are.
    """
    valid = [one for one in hours if one.valid_on(starting)]
    pieces = {piece for weekday in range(1, 8) for piece in _pieces(valid, weekday, wanted.get(weekday, ()), starting)}
    ended = [one for one in valid if replace(one, starting=starting) not in pieces]
    new = pieces - {replace(one, starting=starting) for one in valid}
    started = [replace(one, until=_sooner(one.until, until)) for one in new]
    if until:
        started += [replace(one, starting=until) for one in ended if one.until is None or one.until > until]
    return Change(ended, sorted(started, key=lambda one: (one.weekday, one.starting, one.opens, one.closes)))


def _pieces(valid: Sequence[Hours], weekday: int, wanted: Sequence[Stretch], starting: date) -> list[Hours]:
    """The wanted stretches of a weekday: those there already with their ends, the rest without; joined where ends are alike."""
    mine = [one for one in valid if one.weekday == weekday]
    by_end: dict[date | None, list[Stretch]] = {}
    for one in mine:
        by_end.setdefault(one.until, []).extend(shared([one.stretch], wanted))
    by_end.setdefault(None, []).extend(without(wanted, [one.stretch for one in mine]))
    return [Hours(weekday, *stretch, starting, end) for end, found in by_end.items() for stretch in joined(found)]


def _sooner(one: date | None, other: date | None) -> date | None:
    return min(one, other) if one and other else one or other


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    made: list[Stretch] = []
    for start, end in sorted(one for one in stretches if one[0] < one[1]):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def shared(some: Iterable[Stretch], others: Iterable[Stretch]) -> list[Stretch]:
    rest = list(others)
    both = ((max(one[0], other[0]), min(one[1], other[1])) for one in some for other in rest)
    return [stretch for stretch in both if stretch[0] < stretch[1]]


def without(stretches: Iterable[Stretch], gone: Iterable[Stretch]) -> list[Stretch]:
    left = list(stretches)
    for start, end in gone:
        pieces = [((opens, min(closes, start)), (max(opens, end), closes)) for opens, closes in left]
        left = [piece for pair in pieces for piece in pair if piece[0] < piece[1]]
    return left


def digest(hours: Iterable[Hours]) -> str:
    """Tells two states of somebody's hours apart, so that none writes over what they have not seen."""
    told = sorted(f"{one.weekday} {one.opens} {one.closes} {one.starting} {one.until}" for one in hours)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]
