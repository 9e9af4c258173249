"""How an appointment stands on its day, for the people of the clinic: here or not, late, running, over. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from koru.ui.times import spoken_time

from .day_reasons import EARLY_REASONS, MISSED_REASONS
from .models import Appointment
from .session_day import EARLY, EARLY_THERE, LATE

State = Appointment.State


@dataclass(frozen=True, slots=True)
class DayState:
    """What stands, in words of the clock of `zone`, and what may be tapped now."""

    appointment: Appointment
    zone: ZoneInfo
    now: datetime

    early_reasons = EARLY_REASONS
    missed_reasons = MISSED_REASONS

    def _clock(self, at: datetime | None) -> str:
        return spoken_time(at.astimezone(self.zone)) if at else ""

    @property
    def here_since(self) -> str:
        return self._clock(self.appointment.arrived_at)

    @property
    def began(self) -> str:
        return self._clock(self.appointment.started_at)

    @property
    def ended(self) -> str:
        return self._clock(self.appointment.ended_at)

    @property
    def booked_end(self) -> str:
        return self._clock(self.appointment.ends)

    @property
    def is_open(self) -> bool:
        return self.appointment.state == State.BOOKED

    @property
    def is_shown(self) -> bool:
        """From two hours before its time, unless it was cancelled."""
        it = self.appointment
        return it.state in (State.BOOKED, State.MET, State.MISSED) and self.now >= it.starts - EARLY_THERE

    @property
    def missed(self) -> bool:
        return self.appointment.state == State.MISSED

    @property
    def minutes_late(self) -> int:
        """How late they came, or are by now; nought while it isn't worth a word."""
        it = self.appointment
        came = it.arrived_at or it.started_at or (self.now if self.is_open else it.starts)
        late = min(came, it.ends) - it.starts
        return int(late.total_seconds() // 60) if late >= LATE else 0

    @property
    def minutes_left(self) -> int:
        """How long it can still last when it ends as booked."""
        return max(0, int((self.appointment.ends - self.now).total_seconds() // 60))

    @property
    def waits_for_them(self) -> bool:
        """Its time has begun, and nobody is noted as here."""
        it = self.appointment
        return self.is_open and not it.arrived_at and not it.started_at and self.now >= it.starts

    @property
    def may_arrive(self) -> bool:
        it = self.appointment
        return bool(it.room_id) and self._near(EARLY_THERE) and not it.arrived_at and not it.started_at

    @property
    def may_unarrive(self) -> bool:
        return bool(self.is_open and self.appointment.arrived_at and not self.appointment.started_at)

    @property
    def may_start(self) -> bool:
        return self._near(EARLY) and not self.appointment.started_at

    @property
    def may_end(self) -> bool:
        it = self.appointment
        return self.is_open and (it.started_at is not None or self.now >= it.ends)

    @property
    def ends_early(self) -> bool:
        return self.may_end and self.now < self.appointment.ends

    @property
    def ended_early(self) -> bool:
        it = self.appointment
        return it.ended_at is not None and it.ended_at < it.ends

    @property
    def may_miss(self) -> bool:
        return self.is_open and not self.appointment.started_at and self.now >= self.appointment.starts

    def _near(self, before: timedelta) -> bool:
        it = self.appointment
        return self.is_open and it.starts - before <= self.now < it.ends

    @property
    def seen(self) -> str:
        """Tells two states apart, so that a page that is open asks for no more than it needs."""
        it = self.appointment
        may = (self.may_arrive, self.may_start, self.may_end, self.ends_early, self.may_miss, self.minutes_late)
        told = (it.state, it.arrived_at, it.started_at, it.ended_at, it.during, it.room_id, *may)
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def seen_of(appointments: Iterable[Appointment]) -> str:
    """The same for a list of them."""
    told = [(str(it.pk), it.state, it.arrived_at, it.started_at, it.ended_at, it.during) for it in appointments]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def day_of(appointment: Appointment, clinic_zone: ZoneInfo, now: datetime) -> DayState:
    """By the clock of the room it is in, else of the clinic."""
    room = appointment.room
    return DayState(appointment, ZoneInfo(room.zone) if room else clinic_zone, now)
