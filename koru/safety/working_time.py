"""The clinic's working time as the clock takes it."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from koru.people.clinic import the_clinic
from koru.people.models import Clinic

from .clock import OFFICE, Hours, Shut, look_by
from .duty import is_covered
from .levels import Level


def clinic_hours(clinic: Clinic | None = None) -> Hours:
    """Open hours, closed days and whether somebody is on call. Without hours of its own a clinic keeps office hours."""
    clinic = clinic or the_clinic()
    week: dict[int, list[tuple[time, time]]] = defaultdict(list)
    for weekday, opens, closes in clinic.opening_hours.values_list("weekday", "opens", "closes"):
        week[weekday].append((opens, closes))
    by_day = {day: tuple(sorted(windows)) for day, windows in week.items()} or OFFICE
    closed, shut = _closings(clinic)
    return Hours(ZoneInfo(clinic.zone), by_day, closed, on_call=is_covered(clinic), shut=shut, within=_within(clinic))


def _within(clinic: Clinic) -> dict[Level, timedelta]:
    """How long the clinic lets who has to look take."""
    return {
        Level.URGENT: timedelta(minutes=clinic.urgent_minutes),
        Level.PROMPT: timedelta(minutes=clinic.prompt_minutes),
    }


def _closings(clinic: Clinic) -> tuple[frozenset[date], dict[date, Shut]]:
    """The days closed as a whole, and the hours shut on others."""
    closed, shut = set(), defaultdict[date, Shut](tuple)
    for day, shuts, reopens in clinic.closed_days.values_list("on", "shut_from", "shut_until"):
        if shuts is None:
            closed.add(day)
        else:
            shut[day] += ((shuts, reopens),)
    return frozenset(closed), shut


def due(level: Level, since: datetime, times: int = 1) -> datetime:
    """By when somebody at this clinic looks at something that came up then."""
    return look_by(level, since, clinic_hours(), times=times)
