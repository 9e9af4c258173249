"""How far the guide through somebody's sick day has come: read from the appointments themselves, so that nobody is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from koru.people.models import Person
from koru.ui.times import short_day, spoken_time

from .conflicts import Lying, outside
from .models import Absence, Affected, Appointment

State = Appointment.State


@dataclass(frozen=True, slots=True)
class Line:
    """One person on the list. `open`: somebody still has to do something; `words` say how it stands."""

    affected: Affected
    open: bool
    words: str
    fitting: Sequence[Person] = ()

    @property
    def sat_in(self) -> bool:
        """Who is away was to sit in, not to lead."""
        return self.it.second_person_id == self.affected.absence.person_id

    @property
    def it(self) -> Appointment:
        return self.affected.appointment

    @property
    def name(self) -> str:
        someone = self.it.client or self.it.request
        return (someone.display_name if isinstance(someone, Person) else someone.name) if someone else ""


def lines_of(absence: Absence, now: datetime, zone: ZoneInfo) -> list[Line]:
    """Everybody of it, in the order of their starts. Two queries."""
    return lines_of_all([absence], now, zone)


def lines_of_all(absences: Sequence[Absence], now: datetime, zone: ZoneInfo) -> list[Line]:
    """Everybody of several, in the order of their starts. Two queries however many."""
    lying = {one.appointment_id: one for one in outside(absences[0].person if len(absences) == 1 else None, now)}
    people = ("client", "request", "therapist", "second_person", "room", "kind")
    rows = Affected.objects.filter(absence__in=absences)
    rows = rows.select_related(*(f"appointment__{one}" for one in people), "called_by", "absence")
    return [_line(row, lying, now, zone) for row in rows]


def line_of(affected: Affected, now: datetime, zone: ZoneInfo) -> Line:
    lying = {one.appointment_id: one for one in outside(affected.absence.person, now)}
    return _line(affected, lying, now, zone)


def _line(row: Affected, lying: Mapping[UUID, Lying], now: datetime, zone: ZoneInfo) -> Line:
    it, how = row.appointment, lying.get(row.appointment_id)
    if how is not None and it.state == State.BOOKED and not how.stays and it.starts == row.starts:
        return Line(row, open=True, words=_called(row, zone) or "Nothing is done yet")
    if it.state == State.BOOKED and it.starts == row.starts and it.started_at is None and it.starts <= now:
        return Line(row, open=True, words="Its time has passed. Note on its page what came of it")
    return Line(row, open=False, words=_settled(row, zone))


def _called(row: Affected, zone: ZoneInfo) -> str:
    if row.called_at is None:
        return ""
    return f"Called by {row.called_by or 'somebody'}, {_at(row.called_at, zone)}"


def _settled(row: Affected, zone: ZoneInfo) -> str:
    it = row.appointment
    if it.state != State.BOOKED:
        return str(it.get_state_display())
    if it.starts != row.starts:
        return f"Moved to {_at(it.starts, zone)}, {it.therapist.display_name}"
    if row.absence.person_id not in (it.therapist_id, it.second_person_id):
        sits_in = f"; {it.second_person.display_name} sits in" if it.second_person else ""
        return f"Keeps its time, with {it.therapist.display_name}{sits_in}"
    return "Stays as it is"


def _at(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{short_day(local.date())}, {spoken_time(local)}"
