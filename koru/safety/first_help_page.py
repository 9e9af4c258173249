"""The page with help after a worrying answer: what it shows of a flag, in the client's own time (clinical.md 5.3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from koru.people.clinic import the_clinic
from koru.people.models import Clinic, Person
from koru.ui.times import short_day, spoken_time

from .flags import Flag
from .help_now import help_for
from .levels import Level
from .lines import help_words, regions
from .plan_reading import own_plan
from .rules import rule
from .standing import open_flags
from .ways_back import own_path
from .working_time import due


@dataclass(frozen=True, slots=True)
class Standing:
    """How a flag stands, in its client's own words and time."""

    flag: Flag
    zone: ZoneInfo

    @property
    def own(self) -> str:
        return rule(self.flag.key).own

    @property
    def raised(self) -> str:
        return said(self.flag.raised_at, self.zone)

    @property
    def due(self) -> str:
        return said(self.flag.due_at, self.zone)

    @property
    def seen(self) -> str:
        return said(self.flag.acknowledged_at, self.zone) if self.flag.acknowledged_at else ""

    @property
    def is_late(self) -> bool:
        """The time that was promised has gone by without a look: the page doesn't repeat the promise."""
        return self.flag.state == Flag.State.OPEN and self.flag.due_at <= timezone.now()

    @property
    def call_asked(self) -> str:
        return said(self.flag.call_asked_at, self.zone) if self.flag.call_asked_at else ""


def said(at: datetime, zone: ZoneInfo) -> str:
    """ "Tue 24 Nov, 11:05 am" """
    local = at.astimezone(zone)
    return f"{short_day(local.date())}, {spoken_time(local)}"


def uncovered_words(clinic: Clinic) -> str:
    """What the clinic says about the hours in which nobody looks; nothing when somebody is told at any hour."""
    return "" if clinic.is_covered else clinic.no_cover_words


def shown_of(request: HttpRequest, flag: Flag) -> dict[str, Any]:
    """All that the page shows but the form."""
    client, clinic = flag.client, the_clinic()
    shown = help_for(request.GET.get("region") or client.region)
    return {
        "flag": flag,
        "standing": Standing(flag, ZoneInfo(client.zone)),
        "shown": shown,
        "words": help_words(),
        "clinic": clinic,
        "uncovered": uncovered_words(clinic),
        "back": own_path(request.POST.get("back") or request.GET.get("back", "")),
        "plan_path": plan_path(),
        "plan": own_plan(client),
        "others": [(slug, name) for slug, name in regions() if slug != shown.region],
    }


def plan_path() -> str:
    """The client's own safety plan."""
    return reverse("safety:plan")


def asking_page(client: Person) -> dict[str, Any]:
    """What somebody reads before they ask the clinic for help: by when it would be seen, and what it has been told already."""
    clinic, zone = the_clinic(), ZoneInfo(client.zone)
    return {
        "words": help_words(),
        "clinic": clinic,
        "uncovered": uncovered_words(clinic),
        "seen_by": said(due(Level.URGENT, timezone.now()), zone),
        "standings": standings_of(client),
    }


def standings_of(client: Person) -> list[Standing]:
    """What is open, in the client's own words, the most pressing first."""
    zone = ZoneInfo(client.zone)
    return [Standing(flag, zone) for flag in open_flags(client)]
