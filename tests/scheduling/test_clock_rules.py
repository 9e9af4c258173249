"""A government changes its clocks: what is booked stays at its instant, and the desk reads whose wall time has moved."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from koru.moments.spans import Span
from koru.people.models import Clinic
from scheduling.cancelling import cancel
from scheduling.clock_rules import read_anew
from scheduling.models import Appointment, StaysAsItIs, WallTold
from scheduling.moving import move
from scheduling.open_times import Wish, open_times
from tests.zone_rules import new_york_as_halifax

from .practice import Practice, at, kind_of

Clock = Callable[[str], time_machine.Traveller]


@pytest.fixture
def new_rules(tmp_path: Path) -> Iterator[Callable[[], None]]:
    with new_york_as_halifax(tmp_path) as come:
        yield come


def test_what_is_booked_keeps_its_instant_and_the_desk_reads_what_has_moved(
    practice: Practice, new_rules: Callable[[], None], client: Client
) -> None:
    made = practice.book(at("2026-12-16 10:00"))
    before = list(Appointment.objects.values())
    assert not list(read_anew(timezone.now()))
    new_rules()
    assert list(Appointment.objects.values()) == before
    (found,) = read_anew(timezone.now())
    assert (found.appointment, found.name) == (made.pk, practice.client.display_name)
    assert (found.was, found.now) == (datetime(2026, 12, 16, 10), datetime(2026, 12, 16, 11))
    client.force_login(practice.staff)
    page = client.get("/desk/").text
    assert "Clock rules have changed" in page
    assert "Wed 16 Dec, 10:00 am: the clock will say 11:00 am" in page
    client.force_login(practice.client)
    assert "11:00 am to 1:30 pm" in client.get(f"/sessions/{made.pk}/").text


def test_moved_or_cancelled_it_is_off_the_list(practice: Practice, new_rules: Callable[[], None]) -> None:
    made = practice.book(at("2026-12-16 10:00"))
    other = practice.book(at("2026-12-21 10:00"))
    WallTold.objects.update(minutes=-240)  # as if they had been placed under other rules
    assert [one.appointment for one in read_anew(timezone.now())] == [made.pk, other.pk]
    move(made, at("2026-12-17 10:00"), by=practice.staff)
    cancel(other, by=practice.client, reason="plans")
    assert not list(read_anew(timezone.now()))


def test_what_is_decided_to_stay_is_off_the_list_until_the_clock_changes_again(practice: Practice, client: Client) -> None:
    made, other = practice.book(at("2026-12-16 10:00")), practice.book(at("2026-12-21 10:00"))
    WallTold.objects.update(minutes=-240)
    client.force_login(practice.staff)
    assert client.get("/desk/").text.count("It stays<") == 2
    for _ in range(2):
        answer = client.post(f"/desk/appointments/{made.pk}/stays/", {"list": "1"}, follow=True)
        assert answer.redirect_chain == [("/desk/", 302)]
        assert answer.text.count("It stays<") == 1
    assert [one.appointment for one in read_anew(timezone.now())] == [other.pk]
    (decided,) = StaysAsItIs.objects.all()
    assert (decided.appointment, decided.by) == (made, practice.staff)
    WallTold.objects.update(minutes=-360)
    assert [one.appointment for one in read_anew(timezone.now())] == [made.pk, other.pk]


def test_only_what_is_ahead_and_only_where_the_clock_differs(practice: Practice, clock: Clock) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    call = practice.book(at("2026-12-03 10:00"), kind="integration")
    Clinic.objects.update(zone="America/Chicago")  # the clinic moves: what is booked was placed by the old clock
    assert {one.zone for one in WallTold.objects.all()} == {"America/New_York"}
    assert not list(read_anew(timezone.now()))
    WallTold.objects.filter(appointment__in=[made, call]).update(minutes=-240)
    assert [one.appointment for one in read_anew(timezone.now())] == [made.pk, call.pk]
    clock("2026-12-02T12:00:00Z")
    assert [one.appointment for one in read_anew(timezone.now())] == [call.pk]


def test_every_change_of_time_or_room_is_told_anew_and_nothing_is_left_behind(practice: Practice) -> None:
    made = practice.book(at("2026-12-16 10:00"))
    assert list(WallTold.objects.values_list("zone", "minutes")) == [("America/New_York", -300)]
    move(made, at("2027-03-17 10:00"), by=practice.staff)
    assert list(WallTold.objects.values_list("zone", "minutes")) == [("America/New_York", -240)]
    practice.room.zone = "Asia/Kathmandu"
    practice.room.save()
    Appointment.objects.filter(pk=made.pk).update(room=practice.room)
    assert list(WallTold.objects.values_list("zone", "minutes")) == [("Asia/Kathmandu", 345)]
    made.delete()
    assert not WallTold.objects.exists()


def test_open_times_are_asked_of_the_clock_anew_each_time(practice: Practice) -> None:
    """Nothing of them is stored: hours are wall times, and a zone of other rules gives other instants at once."""
    wish, day = Wish(kind=kind_of("consultation")), Span(datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 3, tzinfo=UTC))
    first = open_times(wish, day, now=timezone.now())[0].start
    Clinic.objects.update(zone="America/Halifax")
    assert first - open_times(wish, day, now=timezone.now())[0].start == at("2026-12-01 10:00") - at("2026-12-01 09:00")
