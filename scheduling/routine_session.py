"""The session's checklist beside a client's routine: from a week before, and what is to read until the day after."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from koru.moments.questions import Together
from koru.moments.spans import local_day
from koru.people.models import Person

from .checklist_page import Checklist, about_checklist, checklist_from
from .models import Appointment
from .soon import about_soon, soon_from

JUST_OVER = timedelta(days=2)
SHOWN_FROM = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class SessionList:
    """`is_over`: then only what is to read afterwards is shown."""

    appointment: Appointment
    checklist: Checklist
    is_over: bool


together = Together(lambda client, since: (about_soon(client, since), *about_checklist(client, since)))


def session_list(client: Person, now: datetime) -> SessionList | None:
    """Of a session that ended today or yesterday, by the client's days; else of the next within a week. One query."""
    soon, *answers = together(client, now - JUST_OVER)
    zone, mine = ZoneInfo(client.zone), soon_from(soon)
    today = local_day(now, zone, client.day_starts)
    over = [one for one in mine if one.ends <= now and (today - local_day(one.ends, zone, client.day_starts)).days <= 1]
    ahead = [one for one in mine if one.state == Appointment.State.BOOKED and one.ends > now and one.starts - now <= SHOWN_FROM]
    for one in (*over, *ahead):
        checklist = checklist_from(answers, one, client, now)
        if checklist.after if one in over else checklist.groups:
            return SessionList(one, checklist, one in over)
    return None
