"""Who is there on a day, whatever is booked: weekly hours and days that differ, of all therapists at once. Two queries."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from .models import AvailabilityException, AvailabilityRule
from .working import Different, Hours, Stretch, there


def present_on(day: date, zone: ZoneInfo) -> dict[UUID, list[Stretch]]:
    """The stretches of a day in which each therapist is there; who isn't there at all is left out."""
    weekly: dict[UUID, list[Hours]] = {}
    for rule in AvailabilityRule.objects.filter(weekday=day.isoweekday(), valid__contains=day):
        weekly.setdefault(rule.therapist_id, []).append(Hours(rule.weekday, rule.opens, rule.closes, day))
    different: dict[UUID | None, list[Different]] = {}
    for one in AvailabilityException.objects.filter(on=day):
        different.setdefault(one.therapist_id, []).append(Different(one.what == "away", one.on, one.opens, one.closes))
    everybodys = different.pop(None, [])
    people = {*weekly, *(key for key in different if key is not None)}
    found = {one: there(day, weekly.get(one, ()), [*different.get(one, ()), *everybodys], zone) for one in people}
    return {one: stretches for one, stretches in found.items() if stretches}
