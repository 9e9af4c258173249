"""Today, by the calendar of somebody: at some hours the day in UTC is another one."""

from datetime import date, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from koru.moments.spans import local_day

HERE = ZoneInfo("America/New_York")  # of the clinic and of people who say nothing else


def this_day(zone: ZoneInfo = HERE, day_starts: time = time(4)) -> date:
    return local_day(timezone.now(), zone, day_starts)
