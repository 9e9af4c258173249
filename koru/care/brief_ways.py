"""Where the lines of a brief lead: for the therapist into the record, for the client to their own pages of the same things."""

from dataclasses import dataclass, replace

from django.urls import reverse

from koru.privacy.door import Record, Shown


@dataclass(frozen=True, slots=True)
class Ways:
    """Beginnings of addresses; where an id follows it is put behind, with a slash. Empty: there is no page of it to open."""

    entry: str
    passage: str
    thing: str
    measure: str
    flag: str
    sessions: str
    days: str
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
        days=f"{path}?show=check-ins",
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
        days="/trends/",
        plan=reverse("safety:plan"),
        agreed=reverse("scheduling:agreed"),
        goals=reverse("journaling:goals"),
        connection="/connection/",
    )
