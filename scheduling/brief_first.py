"""A client reads first what their therapist will read: from when on, and since when the therapist has read it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from koru.people.models import Person
from koru.privacy.looks import looks_at

from .models import Appointment

BEFORE, A_WEEK = timedelta(days=1), timedelta(days=7)
READ = "brief read"


@dataclass(frozen=True, slots=True)
class BriefFirst:
    """`is_open`: it can be read now; `read_at`: when somebody said that they read it, in the week before."""

    is_open: bool
    read_at: datetime | None

    @property
    def says_something(self) -> bool:
        return self.is_open or self.read_at is not None


def brief_first(appointment: Appointment, client: Person, now: datetime) -> BriefFirst:
    """One query."""
    looks = looks_at(client).filter(act=READ, at__range=(appointment.starts - A_WEEK, appointment.ends))
    return BriefFirst(is_open(appointment, now), looks.values_list("at", flat=True).first())


def is_open(appointment: Appointment, now: datetime) -> bool:
    """From a day before until its end."""
    return appointment.state == Appointment.State.BOOKED and appointment.starts - BEFORE <= now < appointment.ends
