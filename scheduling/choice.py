"""What somebody holds while they book, as the booking page shows it: until when, for how long still, what it is."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from koru.people.models import Clinic, Person
from koru.ui.times import same_wall

from .booking import Asked
from .choosing import wall_words
from .holds import own_hold, was_lengthened
from .models import Appointment
from .session_facts import Facts, facts_of
from .standing import change_until


@dataclass(frozen=True, slots=True)
class Choice:
    """`is_here`: it is what the page is about; else somebody holds one thing and looks at another."""

    held: Appointment
    it: Facts
    until: str
    seconds: int
    may_lengthen: bool
    changeable: bool
    is_here: bool

    @property
    def start(self) -> str:
        """As the radios of the page say it."""
        return self.held.starts.isoformat()


def choice_of(by: Person, asked: Asked | None, clinic: Clinic, now: datetime) -> Choice | None:
    """What somebody holds now, None when nothing. One query."""
    held = own_hold(by, now)
    if held is None or held.held_until is None:
        return None
    reader = ZoneInfo(by.zone)
    return Choice(
        held=held,
        it=facts_of(held, reader if by.is_client else ZoneInfo(clinic.zone), clinic, now),
        until=_until(held.held_until, reader, ZoneInfo(held.room.zone if held.room else clinic.zone)),
        seconds=int((held.held_until - now).total_seconds()),
        may_lengthen=not was_lengthened(held),
        changeable=now <= change_until(held),
        is_here=asked is not None and asked.is_for(held, held.starts),
    )


def _until(at: datetime, reader: ZoneInfo, leading: ZoneInfo) -> str:
    """By the clock of whoever reads; named as theirs where the page leads with another."""
    words = wall_words(at, reader)
    return words if same_wall(reader, leading, at) else f"{words}, your time"
