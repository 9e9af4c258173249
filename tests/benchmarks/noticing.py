"""Looking back over three years of daily check-ins, and keeping one more."""

from datetime import timedelta
from functools import cache
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from koru.moments.spans import Span
from koru.people.models import Person
from koru.sealing.keyring import keyring
from moodtracking.checking_in import check_in
from moodtracking.given import Given
from moodtracking.models import CheckIn
from scheduling.models import Appointment
from tests.people import make_client, make_room, make_therapist

from .measuring import Result, at_most, in_turns
from .pages import beside_bare
from .world import pair

DAYS = 3 * 365
ROUNDS = 60
TAGS = ("outside", "family", "rested", "worked", "stressed")
RAW = """
    INSERT INTO moodtracking_checkin
      (id, client_id, kind, at, recorded_at, zone, local_date, answers, tags, still_there, own_tags, note, note_share,
       item_set_version, key)
    VALUES (%s, %s, 'daily', now(), now(), 'America/New_York', current_date, '{"mood": 1, "energy": 2, "tension": 1}', '{}', '{}',
            '', '', 'only_me', 'daily.v1', %s)
"""


@cache
def three_years() -> Person:
    """A client with one check-in a day and a dosing session every three months."""
    pair()  # the clinic, and somebody besides
    client = make_client()
    now = timezone.now()
    CheckIn.objects.bulk_create(_check_in(client, back) for back in range(DAYS))
    therapist, room = make_therapist(), make_room()
    for back in range(30, DAYS, 90):
        span = Span.lasting(now - timedelta(days=back), 150)
        Appointment.objects.create(
            kind_id="dosing", client=client, therapist=therapist, room=room, place="room", during=span.range, before=15, after=30,
            padded=span.padded(15, 30).range, state="met", started_at=span.start, ended_at=span.end,
        )  # fmt: skip
    return client


def _check_in(client: Person, back: int) -> CheckIn:
    at = timezone.now() - timedelta(days=back, minutes=1)
    answers = {"mood": back * 7 % 11 % 7 - 3, "energy": back * 5 % 7 % 5, "tension": back * 3 % 8 % 5}
    return CheckIn(
        client=client, at=at, recorded_at=at, zone=client.zone, local_date=at.date(), answers=answers,
        tags=[TAGS[back * 3 % 5]], item_set_version="daily.v1", key=uuid4(),
    )  # fmt: skip


def trends_page() -> tuple[Result, ...]:
    """As it opens, and with all of it drawn."""
    opened = beside_bare("trends-page", three_years(), "/trends/", 0.3)
    return opened, beside_bare("trends-all", three_years(), "/trends/?days=all", 0.3)


def submit() -> Result:
    """A check-in kept by its deed, beside the bare row."""
    client, given = three_years(), Given({"mood": 1, "energy": 2, "tension": 1})

    def raw() -> None:
        with connection.cursor() as cursor:
            cursor.execute(RAW, [uuid4(), client.pk, uuid4()])

    with keyring():
        kept, bare = in_turns(lambda: check_in(given, by=client, key=uuid4()), raw, ROUNDS)
    return at_most("check-in", "ms", kept * 1000, bare * 1000, 20.0)
