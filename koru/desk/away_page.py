"""The guide through a sick day: its lines, and for one person the ways that are open."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.people.models import Person
from koru.ui.times import spoken_day, spoken_instant, spoken_time
from scheduling.guiding import Line, lines_of
from scheduling.handing_over import fitting
from scheduling.models import Absence, Appointment, SecondPerson
from scheduling.moving_list import offer_to_move
from scheduling.open_times import AROUND, closest, open_times
from scheduling.sitting_in import sitters_of


@dataclass(frozen=True)
class Guide:
    """`easy`: those who can keep their time with somebody they know, or anybody where it is a visitor's talk; and where who is
    away was to sit in, with somebody else who does."""

    absence: Absence
    lines: Sequence[Line]
    zone: ZoneInfo

    @property
    def easy(self) -> list[Line]:
        return [line for line in self.lines if line.open and line.fitting]

    @property
    def done(self) -> int:
        return sum(not line.open for line in self.lines)

    @property
    def is_done(self) -> bool:
        return self.done == len(self.lines)

    @property
    def when(self) -> str:
        return when_words(self.absence)


def when_words(absence: Absence) -> str:
    """ "Tuesday 1 December, from 1:00 pm on"; "Tuesday 1 December to Friday 4 December"."""
    hour = f", from {spoken_time(absence.opens)} on" if absence.opens else ""
    until = f" to {spoken_day(absence.last)}" if absence.last > absence.first else ""
    return f"{spoken_day(absence.first)}{hour}{until}"


def guide_of(absence: Absence, by: Person, now: datetime, zone: ZoneInfo) -> Guide:
    """One query for each person who might keep their time, a handful for all the rest."""
    lines = lines_of(absence, now, zone)
    ahead = [line for line in lines if line.open and line.it.starts > now]
    free = dict(fitting([line.it for line in ahead if line.it.therapist_id == absence.person_id], by, now))
    free |= {line.it.pk: _who_sits_in(line.it, now) for line in ahead if line.sat_in}
    return Guide(absence, [replace(line, fitting=free.get(line.it.pk, ())) for line in lines], zone)


def ways_for(line: Line, by: Person, now: datetime, zone: ZoneInfo, this_year: date) -> list[tuple[str, str]]:
    """What can be done for one person, the kindest first, as values and words."""
    it = line.it
    if it.starts <= now:
        return [("call", "I have called them")]
    found = _second_ways(it, now) if line.sat_in else _lead_ways(it, by, now)
    found += _nearest(it, by, now, zone, this_year)
    return [
        *found,
        ("call", "I have called them; how it goes on is still open"),
        ("stay", "It stays as it is"),
        ("cancel", "Cancel it with a kind letter"),
    ]


def _lead_ways(it: Appointment, by: Person, now: datetime) -> list[tuple[str, str]]:
    return [(f"give {one.pk}", f"Same time, with {one.display_name}") for one in fitting([it], by, now).get(it.pk, [])]


def _second_ways(it: Appointment, now: datetime) -> list[tuple[str, str]]:
    """Somebody else beside the therapist; where nobody has to be, also nobody."""
    found = [(f"beside {one.pk}", f"Same time, and {one.display_name} sits in") for one in _who_sits_in(it, now)]
    may_be_alone = it.kind.second_person != SecondPerson.REQUIRED
    return [*found, ("alone", "Same time, and nobody sits in")] if may_be_alone else found


def _who_sits_in(it: Appointment, now: datetime) -> list[Person]:
    return [one.person for one in sitters_of(it, now) if one.can]


def _nearest(it: Appointment, by: Person, now: datetime, zone: ZoneInfo, today: date) -> list[tuple[str, str]]:
    """What the form for moving would offer, with what belongs to it."""
    wish, fits, _ = offer_to_move(it, by, now)
    found = fits(open_times(wish, Span(it.starts - AROUND, it.starts + AROUND), now=now))
    who = it.therapist.display_name
    return [
        (f"move {one.start.isoformat()}", f"{spoken_instant(one.start, zone, this_year=today.year)}, with {who}")
        for one in closest(found, it.starts)
    ]
