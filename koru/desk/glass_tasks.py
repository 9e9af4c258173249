"""Records opened in an emergency that no clinical lead has looked at in time. Who opened, never whose or why."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from koru.people.models import BrokenGlass
from koru.ui.times import short_day

from .waiting import Task


def not_looked_at(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    for glass in BrokenGlass.objects.late().select_related("opened_by").order_by("opened_at"):
        words = f"Opened on {short_day(glass.opened_at.astimezone(zone).date())}. A clinical lead has to look at it"
        yield Task(glass.opened_by.display_name, words, "", since=glass.opened_at)
