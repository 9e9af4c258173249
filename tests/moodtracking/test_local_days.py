"""The right day: instant, local date and zone are kept as written; a day starts at four."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from moodtracking.checking_in import answer
from moodtracking.models import CheckIn
from tests.people import make_client

pytestmark = pytest.mark.django_db
ZONES = [
    "America/Denver",
    "America/New_York",
    "America/St_Johns",
    "Europe/London",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Honolulu",
]


@pytest.mark.parametrize(
    ("local", "day"),
    [
        ("2026-11-24T23:59:00-07:00", "2026-11-24"),
        ("2026-11-25T00:01:00-07:00", "2026-11-24"),
        ("2026-11-25T03:59:00-07:00", "2026-11-24"),
        ("2026-11-25T04:01:00-07:00", "2026-11-25"),
    ],
)
def test_a_check_in_before_four_belongs_to_the_evening_before(
    client: Client, clock: Callable[[str], object], local: str, day: str
) -> None:
    person = make_client(zone="America/Denver")
    clock(local)
    client.force_login(person)
    client.post("/check-in/", {"mood": "1", "key": str(uuid4())})
    assert str(CheckIn.objects.get().local_date) == day


def test_flying_through_nine_zones_and_editing_never_moves_an_old_check_in(
    client: Client, clock: Callable[[str], object]
) -> None:
    person = make_client(zone="America/Denver")
    clock("2026-11-24T23:59:00-07:00")
    client.force_login(person)
    client.post("/check-in/", {"mood": "1", "key": str(uuid4())})
    row = CheckIn.objects.get()
    for zone in ZONES:
        person.zone = zone
        person.save()
        answer(row, "energy", 2, by=person)
        row.refresh_from_db()
        assert (str(row.local_date), row.zone) == ("2026-11-24", "America/Denver")
    assert row.at.isoformat() == "2026-11-25T06:59:00+00:00"


def test_the_same_minute_in_nine_zones_is_kept_in_each_own_day(client: Client, clock: Callable[[str], object]) -> None:
    clock("2026-11-24T12:00:00+00:00")
    for zone in ZONES:
        client.force_login(make_client(zone=zone))
        client.post("/check-in/", {"mood": "1", "key": str(uuid4())})
    days = dict(CheckIn.objects.values_list("zone", "local_date"))
    assert str(days["Asia/Tokyo"]) == "2026-11-24"
    assert str(days["Pacific/Honolulu"]) == "2026-11-23"
    assert str(days["Pacific/Apia"]) == "2026-11-24"
    assert len(days) == len(ZONES)


def test_an_earlier_time_keeps_both_moments(client: Client, clock: Callable[[str], object]) -> None:
    clock("2026-11-24T20:00:00-07:00")
    client.force_login(make_client(zone="America/Denver"))
    client.post("/check-in/", {"mood": "1", "when": "yesterday", "clock": "09:30", "key": str(uuid4())})
    row = CheckIn.objects.get()
    assert row.at.isoformat() == "2026-11-23T16:30:00+00:00"
    assert row.recorded_at.isoformat() == "2026-11-25T03:00:00+00:00"
    assert str(row.local_date) == "2026-11-23"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"when": "today", "clock": "20:01"}, "still ahead"),
        ({"when": "today", "clock": ""}, "Add about what time"),
        ({"when": "today", "clock": "25:00"}, "Enter a time"),
        ({"when": "tomorrow", "clock": "10:00"}, "Pick one of the values shown."),
    ],
)
def test_a_time_that_cannot_be_is_said_beside_the_field(
    client: Client, clock: Callable[[str], object], sent: dict[str, str], words: str
) -> None:
    clock("2026-11-24T20:00:00-07:00")
    client.force_login(make_client(zone="America/Denver"))
    answered = client.post("/check-in/", {"mood": "1", "key": str(uuid4()), **sent})
    assert answered.status_code == 422
    assert words in answered.content.decode()
    assert not CheckIn.objects.exists()


def test_a_time_that_the_spring_change_skipped_is_refused_in_words(client: Client, clock: Callable[[str], object]) -> None:
    clock("2026-03-08T09:00:00-06:00")
    client.force_login(make_client(zone="America/Denver"))
    answered = client.post("/check-in/", {"mood": "1", "when": "today", "clock": "02:30", "key": str(uuid4())})
    assert answered.status_code == 422
    assert "that time was skipped" in answered.content.decode()
