"""From about which week on the next meeting would lie, as the two agreed. A suggestion: nothing nearer is hidden by it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from koru.people.models import Person
from koru.people.stages import stage_of

from .choosing import monday_of, week_words
from .models import Appointment


@dataclass(frozen=True, slots=True)
class Spaced:
    """So many weeks between two meetings; `monday`: the week in which the next would lie."""

    weeks: int
    monday: date

    @property
    def words(self) -> str:
        return week_words(self.monday)


def spaced(client: Person, now: datetime) -> Spaced | None:
    """None where nothing was agreed, where they haven't met yet, and once that week has come. Two questions, or one."""
    stage = stage_of(client)
    if stage is None or stage.weeks is None:
        return None
    latest = Appointment.objects.of_client(client).filter(state__in=["booked", "met"]).order_by("-during").first()
    if latest is None:
        return None
    zone = ZoneInfo(client.zone)
    monday = week_after(latest.starts.astimezone(zone).date(), stage.weeks)
    return Spaced(stage.weeks, monday) if monday > now.astimezone(zone).date() else None


def week_after(met: date, weeks: int) -> date:
    """The Monday of the week that lies so many weeks after a day. By the calendar: clock changes don't move it. Pure."""
    return monday_of(met + timedelta(weeks=weeks))
