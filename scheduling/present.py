"""Who is there on a day, whatever is booked: by the very hours that open times are cut from."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection

from .queries import query

PRESENT = query("present")


def present_on(day: date) -> dict[UUID, list[tuple[datetime, datetime]]]:
    """The stretches of a clinic's day in which each therapist is there; who isn't there at all is left out. One query."""
    found: dict[UUID, list[tuple[datetime, datetime]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(PRESENT, {"day": day})
        for therapist, start, end in cursor.fetchall():
            found.setdefault(therapist, []).append((start, end))
    return found
