"""Where the lines of a brief lead: for the therapist into the record, for the client to their own pages of the same things."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from koru.moments.spans import Span
from koru.privacy.door import Record, Shown
from moodtracking.change import Change

from .after_session import After
from .place import opened_at


@dataclass(frozen=True, slots=True)
class Ways:
    """Beginnings of addresses; where an id follows it is put behind, with a slash. Empty: there is no page of it to open."""

    entry: str
    passage: str
    thing: str
    measure: str
    flag: str
    sessions: str
    plan: str
    agreed: str
    goals: str
    connection: str


def ways_of(record: Record) -> Ways:
    """Who only covers has no list to change: it stands in the brief."""
    if isinstance(record, Shown):
        return _own()
    ways = _of_record(reverse("care:client", args=[record.client.pk]))
    return ways if record.may_change else replace(ways, agreed="")


def _of_record(path: str) -> Ways:
    return Ways(
        entry=f"{path}entries/",
        passage=f"{path}passages/",
        thing=f"{path}with/",
        measure=f"{path}measures/",
        flag=reverse("care:flags"),
        sessions=f"{path}?show=sessions",
        plan=f"{path}safety-plan/",
        agreed=f"{path}agreed/",
        goals=f"{path}goals/",
        connection=f"{path}connection/",
    )


def _own() -> Ways:
    journal = reverse("journaling:entries")
    return Ways(
        entry=journal,
        passage="",
        thing=f"{journal}with/",
        measure=f"{reverse('measures:measures')}kept/",
        flag="",
        sessions=reverse("scheduling:sessions"),
        plan=reverse("safety:plan"),
        agreed=reverse("scheduling:agreed"),
        goals=reverse("journaling:goals"),
        connection="/connection/",
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where in time that stands which a line rests on: for the therapist in the timeline, opened there. Empty: nothing is."""

    met: str = ""
    since: str = ""
    quiet: str = ""
    after: str = ""
    practices: str = ""


def evidence_of(record: Record, met: datetime | None, change: Change | None, after: After | None) -> Evidence:
    """`met`: when the last dosing session began, as it was booked."""
    if isinstance(record, Shown):
        days, practices = reverse("moodtracking:trends"), reverse("practices:practices")
        return Evidence(reverse("scheduling:sessions"), days, days, days, practices)
    path = reverse("care:client", args=[record.client.pk])

    def until(day: date | None, only: str = "check-ins") -> str:
        """From the end of a client's day on, back."""
        zone = ZoneInfo(record.client.zone)
        return opened_at(path, Span.of_day(day, zone, record.client.day_starts).end, only) if day else ""

    return Evidence(
        met=opened_at(path, met) if met else "",
        since=until(change.since.last if change else None),
        quiet=until(change.quiet.last if change and change.quiet else None),
        after=opened_at(path, after.at, "check-ins") if after and after.at else "",
        practices=opened_at(path, timezone.now(), "practices"),
    )
