"""What waits of sick days: whose guide is not through, and how many of their people are left."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from scheduling.absent import open_absences
from scheduling.guiding import lines_of_all

from .waiting import Task


def people_to_see_to(now: datetime, zone: ZoneInfo) -> Iterable[Task]:
    """One line a guide. Three queries however many there are."""
    absences = open_absences(now)
    lines = lines_of_all(absences, now, zone) if absences else []
    left = Counter(line.affected.absence_id for line in lines if line.open)
    for absence in absences:
        if left[absence.pk]:
            link = reverse("desk:away_guide", args=[absence.pk])
            owner = absence.begun_by.display_name if absence.begun_by else ""
            yield Task(absence.person.display_name, f"{left[absence.pk]} left", link, "Go on", owner, absence.begun_at)
