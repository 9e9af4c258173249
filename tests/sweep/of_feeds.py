"""The addresses of calendars, those given out and those read: their lines of the matrix, and one of each a side."""

from koru.people.models import Person
from koru.sealing.keyring import keyring
from scheduling.busy import BusyCalendar
from scheduling.feeding import make_feed

from .canaries import PRIVATE, canary
from .lines import CLIENT, DESK, NO, THERAPIST, Line, anyone, clinic
from .lines import therapist as therapists

THOSE_WITH_APPOINTMENTS = frozenset({CLIENT, DESK, THERAPIST})

LINES: dict[str, Line] = {
    "calendar/<str:feed>.ics": anyone(200, NO),
    "care/availability/calendars/": therapists(200, 422, traced=False),
    "hours/calendars/<uuid:calendar_id>/remove/": clinic(NO, 302),
    "settings/calendar/": Line(THOSE_WITH_APPOINTMENTS, 200, NO),
    "settings/calendar/make/": Line(THOSE_WITH_APPOINTMENTS, NO, 302),
    "settings/calendar/renew/": Line(THOSE_WITH_APPOINTMENTS, NO, 302),
    "settings/calendar/stop/": Line(THOSE_WITH_APPOINTMENTS, NO, 302),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    with keyring():
        address = f"https://calendar.example.org/{canary(PRIVATE, side)}"
        read = BusyCalendar.objects.create(therapist=therapist, address=address, address_hash=side, host="calendar.example.org")
        return {"feed": make_feed(client, by=client).token, "calendar_id": str(read.pk)}
