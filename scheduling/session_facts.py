"""An appointment in words for its page: when by whose clock, where, from when till when one may be there."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.people.models import Clinic
from koru.ui.times import same_wall, spoken_both, spoken_day, spoken_instant, spoken_time, spoken_zone

from .choosing import wall_words
from .models import Appointment
from .phases import ASSUMED_AFTER
from .standing import change_until

STATES = {"met": "Took place", "missed": "Did not take place", "cancelled": "Cancelled"}


@dataclass(frozen=True, slots=True)
class Facts:
    appointment: Appointment
    when: str
    day: str
    times: str
    other_times: str
    clinic_times: str
    zone_words: str
    where: str
    arrive: str
    leave: str
    state: str
    changeable: bool
    running: bool
    until: str

    @property
    def is_ahead(self) -> bool:
        return not self.state and not self.running


def facts_of(appointment: Appointment, reader: ZoneInfo, clinic: Clinic, now: datetime) -> Facts:
    """In a room, the room's clock leads and the reader's follows; for a call the reader's, then the clinic's."""
    start, end = appointment.starts, appointment.ends
    room = appointment.room
    leading, clinics = ZoneInfo(room.zone) if room else reader, ZoneInfo(clinic.zone)
    open_still = appointment.state == Appointment.State.BOOKED and now < _over(appointment)
    begun = open_still and (start <= now or appointment.started_at is not None)
    last = change_until(appointment)
    arrive, leave = _around(appointment, leading)
    return Facts(
        appointment=appointment,
        when=spoken_both(start, end, leading, reader if room else clinics, this_year=now.year),
        day=spoken_day(start.astimezone(leading).date(), this_year=now.astimezone(leading).year),
        times=f"{wall_words(start, leading)} to {wall_words(end, leading)}",
        other_times=_other(start, end, leading, reader),
        clinic_times="" if room else _other(start, end, leading, clinics),
        zone_words=spoken_zone(leading, start),
        where=_where(appointment, clinic),
        arrive=arrive,
        leave=leave,
        state="" if open_still else STATES.get(appointment.state, "Took place"),
        changeable=open_still and not begun and now <= last,
        running=begun,
        until=f"{spoken_instant(last, leading, this_year=now.year)}, {spoken_zone(leading, last)}",
    )


def _over(appointment: Appointment) -> datetime:
    """When it counts as over though nobody tapped: one that was started may run on a little (clinical.md 1.2)."""
    return appointment.ends + ASSUMED_AFTER if appointment.started_at else appointment.ends


def _other(start: datetime, end: datetime, leading: ZoneInfo, other: ZoneInfo) -> str:
    """The same by another clock, where that shows something else."""
    if same_wall(leading, other, start):
        return ""
    return f"{spoken_instant(start, other)} to {spoken_time(end.astimezone(other))}, {spoken_zone(other, start)}"


def _where(appointment: Appointment, clinic: Clinic) -> str:
    if appointment.room:
        return ", ".join(part for part in (appointment.room.name, appointment.room.address or clinic.address) if part)
    return appointment.get_place_display()


def _around(appointment: Appointment, leading: ZoneInfo) -> tuple[str, str]:
    """The room is theirs a little before and after, where the kind leaves room for it."""
    if not appointment.room or not appointment.before:
        return "", ""
    around = Span.of_range(appointment.padded)
    begins, ends = (at.astimezone(leading) for at in (around.start, around.end))
    return f"From {spoken_time(begins)}", f"Rest as long as you need until {spoken_time(ends)}"
