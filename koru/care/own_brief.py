"""The brief as its client reads it first: from a day before, through the eyes of the therapist they will meet."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from koru.people.models import Alliance, Person
from koru.privacy.looks import looks_at
from koru.privacy.standing import Standing, standing_of
from koru.ui.times import spoken_instant
from scheduling.brief_first import A_WEEK, BEFORE, READ, is_open
from scheduling.models import Appointment

READS = (Standing.THERAPIST, Standing.COVER)


@dataclass(frozen=True, slots=True)
class Sight:
    """Through whose eyes it can be read now; else `why` not, in words."""

    therapist: Person | None
    why: str = ""


def sight_of(session: Appointment, client: Person, now: datetime) -> Sight:
    """Whoever meets them, if they work with the client; else somebody who does. Three questions at most."""
    if session.state != Appointment.State.BOOKED or session.ends <= now:
        return Sight(None, "This was there from a day before until the end of this appointment.")
    if not is_open(session, now):
        opens = spoken_instant(session.starts - BEFORE, ZoneInfo(client.zone), this_year=now.year)
        return Sight(None, f"From {opens} you can read here what your therapist will read.")
    ahead = Appointment.objects.of_client(client).ahead_of(now).first()
    if ahead is not None and ahead.pk != session.pk:
        return Sight(None, "Another appointment of yours comes first. You find it there.")
    if standing_of(session.therapist, client) in READS:
        return Sight(session.therapist)
    working = Alliance.objects.current().filter(client=client).select_related("therapist").first()
    return Sight(working.therapist) if working else Sight(None, "Nobody reads a brief for this appointment.")


def read_at(client: Person, reader: Person | None = None) -> datetime | None:
    """When a therapist, or this one, last said of the brief that they read it, in the last week. One query."""
    rows = looks_at(client).filter(act=READ, at__gt=timezone.now() - A_WEEK)
    told = rows.filter(actor=reader) if reader else rows
    at: datetime | None = told.values_list("at", flat=True).first()
    return at
