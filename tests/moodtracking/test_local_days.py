"""The right day: instant, local date and zone are kept as written; a day starts at four."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from koru.moments.spans import Span, local_day
from koru.reminders.quick_links import signed
from moodtracking.checking_in import answer
from moodtracking.models import CheckIn
from moodtracking.trends import daily_values
from tests.people import make_client, make_clinic
from tests.reminders.letters import due_letter

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


@pytest.mark.parametrize(
    ("local", "day"), [("2026-11-25T03:59:00-07:00", "2026-11-24"), ("2026-11-25T04:01:00-07:00", "2026-11-25")]
)
def test_a_notes_link_counts_for_the_same_day_as_the_page(
    client: Client, clock: Callable[[str], object], local: str, day: str
) -> None:
    person = make_client(zone="America/Denver")
    clock(local)
    note = due_letter(person, "check-in", due_at=timezone.now())
    client.get(f"/check-in/quick/{signed(note.pk)}/")
    client.post("/check-in/quick/", {"mood": "1"})
    assert str(CheckIn.objects.get().local_date) == day


def test_a_second_check_in_adds_and_the_day_says_the_middle_of_both(client: Client, clock: Callable[[str], object]) -> None:
    client.force_login(make_client(zone="America/Denver"))
    for minute, mood in (("09:00", "-1"), ("23:59", "3")):
        clock(f"2026-11-24T{minute}:00-07:00")
        client.post("/check-in/", {"mood": mood, "key": str(uuid4())})
    assert CheckIn.objects.count() == 2
    page = client.get("/trends/").content.decode()
    assert '<th scope="row">24 November</th><td>okay</td><td>2</td>' in page
    assert "The dot shows the middle one" in page


@given(st.sampled_from(ZONES), st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))
def test_each_instant_has_one_day_that_begins_at_four_also_when_clocks_change(name: str, at: datetime) -> None:
    zone, instant = ZoneInfo(name), at.replace(tzinfo=UTC)
    day = local_day(instant, zone)
    assert Span.of_day(day, zone).holds(instant)
    assert not Span.of_day(day - timedelta(days=1), zone).holds(instant)
    assert not Span.of_day(day + timedelta(days=1), zone).holds(instant)


@given(st.lists(st.tuples(st.datetimes(datetime(2026, 2, 1), datetime(2026, 12, 1)), st.integers(-3, 3)), max_size=20))
def test_no_day_without_a_check_in_is_drawn_in_any_zone(told: list[tuple[datetime, int]]) -> None:
    for name in ZONES:
        days = [(local_day(at.replace(tzinfo=UTC), ZoneInfo(name)), float(mood)) for at, mood in told]
        assert {one.day for one in daily_values(days)} == {day for day, _ in days}


def test_a_day_may_begin_at_another_hour_and_what_was_noted_keeps_its_day(client: Client, clock: Callable[[str], object]) -> None:
    client.force_login(make_client(zone="America/Denver"))
    clock("2026-11-25T02:30:00-07:00")
    client.post("/check-in/", {"mood": "1", "key": str(uuid4())})
    assert client.post("/settings/day/", {"day_starts": "02:00"}).status_code == 302
    client.post("/check-in/", {"mood": "2", "key": str(uuid4())})
    days = CheckIn.objects.order_by("recorded_at", "id").values_list("local_date", flat=True)
    assert sorted(map(str, days)) == ["2026-11-24", "2026-11-25"]


@pytest.mark.parametrize("odd", ["", "07:00", "25:00", "٠٤:٠٠", "\x00"])
def test_a_day_begins_at_one_of_the_hours_shown(client: Client, odd: str) -> None:
    make_clinic()
    person = make_client()
    client.force_login(person)
    assert client.post("/settings/day/", {"day_starts": odd}).status_code == 422
    person.refresh_from_db()
    assert f"{person.day_starts:%H:%M}" == "04:00"
