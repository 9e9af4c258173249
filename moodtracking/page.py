"""The page of a check-in, put together: which questions, over what was said before."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from koru.moments.spans import local_day
from koru.people.models import Person
from koru.people.readers import reader_names
from koru.privacy.raising import raising_words
from scheduling.resting import waits_for

from .asking import Asked, asked_now
from .following import Following
from .forms import CheckInForm, as_initial
from .item_sets import load
from .items import Item
from .models import CheckIn, PickedSymptom
from .phrases import in_short
from .reading import connected_on, last_day

SILENT_DAYS = 3


def form_on(
    request: HttpRequest, client: Person, followed: Following, row: CheckIn | None = None, *, light: bool = False
) -> CheckInForm:
    """Blank, over a kept check-in, or with what was posted."""
    now, zone = timezone.now(), ZoneInfo(client.zone)
    data = request.POST if request.method == "POST" else None
    answered = _posted(data, client, followed) if data is not None else (row.answers if row else ())
    asked = questions_for(client, now.astimezone(zone), followed, answered, light=light)
    return CheckInForm(asked, now, zone, data, initial=as_initial(row) if row else None)


def questions_for(
    client: Person, local_now: datetime, followed: Following, answered: Iterable[str], *, light: bool = False
) -> Asked:
    return asked_now(
        load(),
        local_now,
        picked=followed.picked,
        answered=answered,
        connected_on=connected_on(client),
        own=followed.known,
        light=light,
    )


def _posted(data: QueryDict, client: Person, followed: Following) -> list[str]:
    """What the page asked when it was made: by now it may be noon, or something retired. Nobody else's questions."""
    ever = followed.known.keys() | {symptom.item_key for symptom in PickedSymptom.objects.of(client)}
    asked = [*data.getlist("asked"), *data]
    return [key for key in dict.fromkeys(asked) if key in load().items or key in ever]


def around(client: Person, row: CheckIn | None = None) -> dict[str, Any]:
    """What stands beside the form."""
    zone = ZoneInfo(client.zone)
    now = timezone.now()
    return {
        "check_in": row,
        "words": load().words,
        "raising": raising_words(),
        "now": now,
        "part_of_day": part_of_day(now.astimezone(zone)),
        **about_notes(client),
    }


def part_of_day(local: datetime) -> str:
    names = ((4, "night"), (12, "morning"), (17, "afternoon"), (22, "evening"))
    return next((name for until, name in names if local.hour < until), "night")


def about_notes(client: Person) -> dict[str, Any]:
    """Whom a note could be shared with, and from when on."""
    return {"therapists": reader_names(client), "share_waits": waits_for(client, timezone.now()), "zone": ZoneInfo(client.zone)}


def welcomes_back(client: Person) -> bool:
    """After three or more silent days: no backlog, no count."""
    today = local_day(timezone.now(), ZoneInfo(client.zone), client.day_starts)
    last = last_day(client)
    return last is not None and (today - last).days > SILENT_DAYS


def today_of(client: Person, own: Mapping[str, Item]) -> list[dict[str, Any]]:
    """The check-ins of the client's day so far, newest first. One query. `own` are the client's own questions."""
    today = local_day(timezone.now(), ZoneInfo(client.zone), client.day_starts)
    rows = CheckIn.objects.written_by(client).kept().of_day(today)
    return [{"row": row, "at": row.at, "words": in_short(row.answers, 3, own) or "A note or what was around"} for row in rows]
