"""What a client reads about their own measures: what is asked, a line over time without bands, and each end."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from koru.moments.spans import local_day
from koru.people.models import Person
from koru.privacy.door import open_record
from scheduling.models import Appointment
from scheduling.sessions import dosing_sessions

from ..sentences import day_month
from .line import Dot, drawing
from .models import Assignment, Brought, Response
from .reading import Filled, before, change_of, changed, filled_in, standing
from .standing import standing_of
from .words import Ending, ending

SETTLING = "feet-on-floor"


def listed(client: Person, now: datetime) -> dict[str, Any]:
    """Everything on /measures/. The same few questions, however much there is."""
    stands = standing_of(client, now)
    filled = _filled(client)
    return {
        "stands": stands,
        "later": [one for one in stands.measures if not one.is_due and one.window],
        "lines": _lines(filled, client),
        "history": [_told(one) for one in reversed(filled)],
        "zone": ZoneInfo(client.zone),
    }


def lines_of(client: Person, slug: str) -> list[dict[str, Any]]:
    """One measure's lines: forms and versions are never drawn as one."""
    return _lines([one for one in _filled(client) if one.slug == slug], client)


def _filled(client: Person) -> list[Filled]:
    with open_record(client, by=client, why="measures") as record:
        return filled_in(record)


def _lines(filled: Sequence[Filled], client: Person) -> list[dict[str, Any]]:
    by_line: dict[str, list[Filled]] = {}
    for one in standing(filled):
        if one.total is not None:
            by_line.setdefault(one.line, []).append(one)
    days = session_days(client) if by_line else []
    return [_line(results, days) for results in by_line.values()]


def session_days(client: Person) -> list[date]:
    zone = ZoneInfo(client.zone)
    return [local_day(session.starts, zone, client.day_starts) for session in dosing_sessions(client)]


def _line(results: Sequence[Filled], sessions: Sequence[date]) -> dict[str, Any]:
    measure, now = results[-1].measure, results[-1]
    dots = [Dot(one.day, one.total, f"{one.total} of {measure.highest}") for one in results if one.total is not None]
    told = ending_of_result(results[-2] if len(results) > 1 else None, now)
    sentence = told.sentence.removeprefix("Saved. ").split(" Would ")[0]
    ident = now.line.replace(".", "-")
    return drawing(now.title, dots, ident=ident, highest=measure.highest, sessions=sessions, sentence=sentence)


def ending_of_result(earlier: Filled | None, now: Filled, shows: str = "words") -> Ending:
    since = day_month(earlier.day) if earlier else ""
    return ending(now.measure, now.total, changed(earlier, now), since, shows=shows, band=now.band)


def _told(one: Filled) -> dict[str, Any]:
    return {"id": one.id, "title": one.title, "day": one.day, "is_stopped": one.is_stopped, "corrects": one.corrects}


def meeting_day(client: Person) -> date | None:
    """The client's day on which they and their therapist meet next; None while nothing is booked."""
    ahead = Appointment.objects.of_client(client).ahead_of(timezone.now()).first()
    return local_day(ahead.span.start, ZoneInfo(client.zone), client.day_starts) if ahead else None


def ending_of(row: Response) -> dict[str, Any]:
    """The end page of one: words by what the therapist has chosen, or none."""
    assignment: Assignment = row.assignment
    earlier = before(row) if row.state == Response.State.COMPLETED else None
    changed_by = change_of(row, earlier)
    return {
        "row": row,
        "measure": row.definition,
        "ending": ending(
            row.definition, row.total, changed_by, day_month(earlier.local_date) if earlier else "",
            shows=assignment.shows, band=row.band,
        ),
        "meets": meeting_day(row.client) if row.state == Response.State.COMPLETED else None,
        "is_brought": Brought.objects.filter(response=row, client=row.client_id).exists(),
        "settle_path": reverse("practices:practice", args=[SETTLING]) if row.definition.settles else "",
        "corrected": row.corrections.filter(client=row.client_id, state="completed").first(),
    }  # fmt: skip
