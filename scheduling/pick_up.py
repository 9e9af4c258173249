"""What the trusted person's page says: when to be there, and how their answer stands. Pure."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from koru.ui.times import spoken_day, spoken_time, spoken_zone

from .models import Appointment, TrustedPerson

State = Appointment.State


@dataclass(frozen=True, slots=True)
class PickUp:
    """`standing` is one of: called off, over, yes, no, moved (a yes to another time), open."""

    who: str
    day: str
    at: str
    zone_words: str
    standing: str

    @property
    def may_answer(self) -> bool:
        return self.standing in ("yes", "no", "moved", "open")


def pick_up_of(there: TrustedPerson, clinic_zone: ZoneInfo, now: datetime) -> PickUp:
    appointment = there.appointment
    zone = ZoneInfo(appointment.room.zone) if appointment.room else clinic_zone
    ends = appointment.ended_at or appointment.ends
    local = ends.astimezone(zone)
    return PickUp(
        who=there.client.display_name,
        day=spoken_day(local.date(), this_year=now.astimezone(zone).year),
        at=spoken_time(local),
        zone_words=spoken_zone(zone, ends),
        standing=_standing(there),
    )


def _standing(there: TrustedPerson) -> str:
    appointment = there.appointment
    if appointment.state in (State.CANCELLED, State.MISSED):
        return "called off"
    if appointment.ended_at:
        return "over"
    if there.no_at:
        return "no"
    if there.yes_to is None:
        return "open"
    return "yes" if there.has_said_yes else "moved"
