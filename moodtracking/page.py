"""The page of a check-in, put together: which questions, over what was said before."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from koru.moments.spans import local_day
from koru.people.models import Person
from scheduling.resting import waits_for

from .asking import Asked, asked_now
from .forms import CheckInForm, as_initial
from .item_sets import load
from .models import CheckIn, PickedSymptom
from .phrases import in_short
from .reading import connected_on, last_day, therapists_of

SILENT_DAYS = 3


def form_on(request: HttpRequest, client: Person, followed: Iterable[PickedSymptom], row: CheckIn | None = None) -> CheckInForm:
    """Blank, over a kept check-in, or with what was posted."""
    now, zone = timezone.now(), ZoneInfo(client.zone)
    data = request.POST if request.method == "POST" else None
    answered = _posted(data, client) if data is not None else (row.answers if row else ())
    asked = questions_for(client, now.astimezone(zone), followed, answered)
    return CheckInForm(asked, now, zone, data, initial=as_initial(row) if row else None)


def questions_for(client: Person, local_now: datetime, followed: Iterable[PickedSymptom], answered: Iterable[str]) -> Asked:
    return asked_now(
        load(),
        local_now,
        picked=[symptom.item_key for symptom in followed],
        answered=answered,
        connected_on=connected_on(client),
    )


def _posted(data: QueryDict, client: Person) -> list[str]:
    """What the page asked when it was made: by now it may be noon, or a symptom retired. Nobody else's symptoms."""
    ever = {symptom.item_key for symptom in PickedSymptom.objects.of(client)}
    asked = [*data.getlist("asked"), *data]
    return [key for key in dict.fromkeys(asked) if key in load().items or key in ever]


def around(client: Person, row: CheckIn | None = None) -> dict[str, Any]:
    """What stands beside the form."""
    zone = ZoneInfo(client.zone)
    now = timezone.now()
    return {
        "check_in": row,
        "words": load().words,
        "now": now,
        "part_of_day": part_of_day(now.astimezone(zone)),
        **about_notes(client),
    }


def with_words(followed: Iterable[PickedSymptom]) -> list[tuple[PickedSymptom, str]]:
    """Each symptom that is followed, and what it is called."""
    return [(symptom, load().symptoms[symptom.item_key].ask) for symptom in followed]


def part_of_day(local: datetime) -> str:
    names = ((4, "night"), (12, "morning"), (17, "afternoon"), (22, "evening"))
    return next((name for until, name in names if local.hour < until), "night")


def about_notes(client: Person) -> dict[str, Any]:
    """Whom a note could be shared with, and from when on."""
    return {"therapists": therapists_of(client), "share_waits": waits_for(client, timezone.now()), "zone": ZoneInfo(client.zone)}


def welcomes_back(client: Person) -> bool:
    """After three or more silent days: no backlog, no count."""
    today = local_day(timezone.now(), ZoneInfo(client.zone), client.day_starts)
    last = last_day(client)
    return last is not None and (today - last).days > SILENT_DAYS


def today_of(client: Person) -> list[dict[str, Any]]:
    """The check-ins of the client's day so far, newest first. One query."""
    today = local_day(timezone.now(), ZoneInfo(client.zone), client.day_starts)
    rows = CheckIn.objects.written_by(client).kept().of_day(today)
    return [{"row": row, "at": row.at, "words": in_short(row.answers, most=3) or "A note or what was around"} for row in rows]
