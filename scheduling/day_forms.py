"""What the clinic says about the day itself: why it ended early or did not take place, and real times put right."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from koru.moments.walltime import exists, instants_of
from koru.ui.forms import KoruForm
from koru.ui.widgets import TimeInput

from .day_reasons import EARLY_REASONS, MISSED_REASONS
from .models import Appointment
from .putting_right import RealTimes


class EarlyForm(KoruForm):
    reason = forms.ChoiceField(choices=EARLY_REASONS, required=False)


class MissedForm(KoruForm):
    reason = forms.ChoiceField(choices=MISSED_REASONS, required=False)


def reason_of(form: KoruForm) -> str:
    """The reason that was picked; one that isn't on the list is none."""
    return str(form.cleaned_data.get("reason", "")) if form.is_valid() else ""


class RealTimesForm(KoruForm):
    """Wall times of the room or the clinic on the day of the appointment; an end after midnight is the next day's."""

    arrived = forms.TimeField(label="Here at", required=False, widget=TimeInput)
    started = forms.TimeField(label="Began at", required=False, widget=TimeInput)
    ended = forms.TimeField(label="Ended at", required=False, widget=TimeInput)

    def __init__(self, data: Any, *, appointment: Appointment, zone: ZoneInfo) -> None:
        self.appointment, self.zone = appointment, zone
        was = RealTimes.of(appointment)
        super().__init__(data, initial={name: _wall(at, zone) for name, at in _named(was).items()})

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        day = self.appointment.starts.astimezone(self.zone).date()
        for name, at in said.items():
            if at and not exists(day, at, self.zone) and name != "ended":
                self.add_error(name, ValidationError("Clocks go forward then: that time does not exist that day."))
        return said

    @property
    def real(self) -> RealTimes:
        """The instants that were said. A time whose minute is as it was stays the very instant."""
        was, said = RealTimes.of(self.appointment), self.cleaned_data
        day = self.appointment.starts.astimezone(self.zone).date()
        arrived = _same_or(was.arrived_at, said["arrived"], day, self.zone)
        started = _same_or(was.started_at, said["started"], day, self.zone)
        return RealTimes(arrived, started, _end(was.ended_at, said["ended"], started, day, self.zone))


def _named(real: RealTimes) -> dict[str, datetime | None]:
    return {"arrived": real.arrived_at, "started": real.started_at, "ended": real.ended_at}


def _wall(at: datetime | None, zone: ZoneInfo) -> time | None:
    return at.astimezone(zone).time().replace(second=0, microsecond=0) if at else None


def _same_or(was: datetime | None, said: time | None, day: date, zone: ZoneInfo) -> datetime | None:
    if said is None or (was and _wall(was, zone) == said):
        return was if said else None
    return instants_of(day, said, zone)[0]


def _end(was: datetime | None, said: time | None, started: datetime | None, day: date, zone: ZoneInfo) -> datetime | None:
    """The first instant after the start at which the clock on the wall shows that time, that day or the next."""
    if said is None or (was and _wall(was, zone) == said):
        return was if said else None
    shown = [at for on in (day, day + timedelta(days=1)) for at in instants_of(on, said, zone)]
    return next((at for at in shown if started is None or at > started), shown[-1])
