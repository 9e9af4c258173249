"""The desk's day in a large practice: 40 therapists with hours, each with three appointments, beside the bare view."""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateRange

from koru.moments.spans import Span
from koru.moments.walltime import instant_of
from koru.people.models import Person
from scheduling.models import Appointment, AvailabilityRule
from tests.people import make_client, make_clinic, make_room, make_staff, make_therapist

from .measuring import Result
from .pages import beside_bare

THERAPISTS = 40
STARTS = (time(9), time(12), time(15))
ZONE = ZoneInfo("America/New_York")


def desk_day() -> Result:
    """120 appointments in 40 columns, with tasks and requests, as the desk opens it in the morning."""
    staff, on = practice()
    return beside_bare("desk-day", staff, f"/desk/?day={on}", 0.04)


@cache
def practice() -> tuple[Person, date]:
    make_clinic()
    on = datetime.now(ZONE).date() + timedelta(days=7)
    for _ in range(THERAPISTS):
        therapist, room = make_therapist(), make_room()
        AvailabilityRule.objects.create(
            therapist=therapist, weekday=on.isoweekday(), opens=time(9), closes=time(18), valid=DateRange(date(2020, 1, 1), None)
        )
        for start in STARTS:
            span = Span.lasting(instant_of(on, start, ZONE), 150)
            Appointment.objects.create(
                kind_id="dosing",
                client=make_client(),
                therapist=therapist,
                room=room,
                place="room",
                during=span.range,
                before=15,
                after=15,
                padded=span.padded(15, 15).range,
            )
    return make_staff(), on
