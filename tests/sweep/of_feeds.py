"""The addresses of private calendar feeds: their lines of the matrix, and one feed a side."""

from koru.people.models import Person
from koru.sealing.keyring import keyring
from scheduling.feeding import make_feed

from .lines import CLIENT, DESK, NO, THERAPIST, Line, anyone

THOSE_WITH_APPOINTMENTS = frozenset({CLIENT, DESK, THERAPIST})

LINES: dict[str, Line] = {
    "calendar/<str:feed>.ics": anyone(200, NO),
    "settings/calendar/": Line(THOSE_WITH_APPOINTMENTS, 200, NO),
    "settings/calendar/make/": Line(THOSE_WITH_APPOINTMENTS, NO, 302),
    "settings/calendar/renew/": Line(THOSE_WITH_APPOINTMENTS, NO, 302),
    "settings/calendar/stop/": Line(THOSE_WITH_APPOINTMENTS, NO, 302),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    with keyring():
        return {"feed": make_feed(client, by=client).token}
