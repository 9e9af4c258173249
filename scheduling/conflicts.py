"""Appointments that lie outside the hours as they are now. Listed for whoever changes hours; nothing is dropped."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from koru.moments.spans import Span
from koru.people.models import Person

from .models import Appointment, AvailabilityException, AvailabilityRule
from .working import Different, Hours, Stretch, covered, joined, there


def outside_hours(therapist: Person, zone: ZoneInfo, now: datetime) -> list[Appointment]:
    """What is booked ahead with somebody who isn't there then, soonest first. Three queries."""
    weekly = [_hours(rule) for rule in AvailabilityRule.objects.filter(therapist=therapist)]
    days = AvailabilityException.objects.concerning(therapist)
    different = [Different(day.what == "away", day.on, day.opens, day.closes) for day in days]
    booked = Appointment.objects.of_therapist(therapist).ahead_of(now)
    return [one for one in booked if not _lies_within(Span.of_range(one.padded), weekly, different, zone)]


def _hours(rule: AvailabilityRule) -> Hours:
    return Hours(rule.weekday, rule.opens, rule.closes, rule.valid.lower or date.min, rule.valid.upper)


def _lies_within(padded: Span, weekly: list[Hours], different: list[Different], zone: ZoneInfo) -> bool:
    first = padded.start.astimezone(zone).date()
    stretches: list[Stretch] = []
    for number in range(3):
        stretches += there(first + timedelta(days=number), weekly, different, zone)
    return covered(padded.start, padded.end, joined(stretches))
