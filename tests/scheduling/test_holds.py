"""A time that is held: nobody else can have it for ten minutes, it is nothing to anybody else, and it never stands longer."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client

from koru.moments.spans import Span
from koru.people.models import Person
from koru.privacy.looks import looks_at
from koru.reminders.models import Hush, Letter
from koru.sealing.keyring import keyring
from scheduling.booking import Asked
from scheduling.holding import hold, hold_longer, let_go
from scheduling.models import Appointment, AppointmentChange
from scheduling.moving import move
from scheduling.open_times import Wish, open_times
from scheduling.refusals import NotOffered, TimeTaken
from tests.people import ally, cleared, make_client

from .practice import LONG_AGO, Practice, at, kind_of

TEN = at("2026-12-01 10:00")
NOW = at("2026-11-24 12:00")
Clock = Callable[[str], time_machine.Traveller]


def asked(practice: Practice, kind: str = "dosing", client: Person | None = None) -> Asked:
    place = "room" if kind == "dosing" else "video"
    return Asked(kind=kind_of(kind), therapist=practice.therapist, place=place, client=client or practice.client)


def held(
    practice: Practice, start: datetime = TEN, kind: str = "dosing", by: Person | None = None, way_home: str = ""
) -> Appointment:
    with keyring():
        return hold(asked(practice, kind), start, by=by or practice.client, way_home=way_home)


@pytest.fixture
def other(practice: Practice) -> Person:
    person = cleared(make_client(), date(2027, 12, 31))
    ally(person, practice.therapist, since=LONG_AGO)
    return person


def test_for_ten_minutes_nobody_else_can_have_it(practice: Practice, other: Person, clock: Clock) -> None:
    mine = held(practice)
    assert mine.held_until == NOW + timedelta(minutes=10)
    with pytest.raises(TimeTaken) as refused:
        practice.book(TEN, by=other, client=other)
    assert len(refused.value.nearest) == 3
    clock("2026-11-24T17:10:00Z")
    assert practice.book(TEN, by=other, client=other).state == "booked"
    assert not Appointment.objects.filter(state="held").exists()


def test_booking_makes_the_very_row_the_appointment(practice: Practice) -> None:
    mine = held(practice)
    made = practice.book(TEN, way_home="Demo Lark")
    assert (made.pk, made.room_id) == (mine.pk, mine.room_id)
    made = Appointment.objects.get()
    assert (made.state, made.held_until, made.way_home) == ("booked", None, "Demo Lark")
    assert Letter.objects.filter(about=made.pk, kind="appointment-booked").count() == 1


def test_a_hold_writes_to_nobody_and_is_in_no_calendar(practice: Practice, client: Client) -> None:
    mine = held(practice)
    assert not Letter.objects.exists()
    assert not Hush.objects.exists()
    assert not AppointmentChange.objects.exists()
    client.force_login(practice.client)
    assert client.get(f"/sessions/{mine.pk}/").status_code == 404
    assert client.get(f"/sessions/{mine.pk}/calendar.ics").status_code == 404
    assert "1 December" not in client.get("/sessions/").content.decode()
    assert "1 December" not in client.get("/today/").content.decode()


def test_one_holds_one_time_and_another_takes_its_place(practice: Practice) -> None:
    held(practice)
    held(practice, at("2026-12-02 10:00"))
    assert Appointment.objects.get().starts == at("2026-12-02 10:00")


def test_a_time_that_cannot_be_had_leaves_what_was_held(practice: Practice) -> None:
    first = held(practice)
    with pytest.raises(NotOffered):
        held(practice, at("2026-12-02 10:10"))
    assert Appointment.objects.get() == first


def test_the_same_again_goes_on_to_the_same_moment(practice: Practice, clock: Clock) -> None:
    first = held(practice)
    clock("2026-11-24T17:05:00Z")
    again = held(practice, way_home="Demo Lark")
    assert (again.pk, again.held_until) == (first.pk, first.held_until)
    assert Appointment.objects.get().way_home == "Demo Lark"


def test_it_is_lengthened_once(practice: Practice, clock: Clock) -> None:
    assert hold_longer(by=practice.client) is None
    held(practice)
    clock("2026-11-24T17:08:00Z")
    for _ in range(2):
        longer = hold_longer(by=practice.client)
        assert longer
        assert longer.held_until == NOW + timedelta(minutes=20)
    clock("2026-11-24T17:21:00Z")
    assert hold_longer(by=practice.client) is None


def test_it_is_let_go_by_who_holds_it_and_a_late_word_frees_no_newer_one(practice: Practice, other: Person) -> None:
    first = held(practice)
    let_go(first.pk, by=other)
    assert Appointment.objects.count() == 1
    second = held(practice, at("2026-12-02 10:00"))
    let_go(first.pk, by=practice.client)
    assert Appointment.objects.get() == second
    let_go(second.pk, by=practice.client)
    let_go(second.pk, by=practice.client)
    assert not Appointment.objects.exists()


def test_what_is_booked_is_never_let_go_as_a_hold(practice: Practice) -> None:
    made = practice.book(TEN)
    let_go(made.pk, by=practice.client)
    assert Appointment.objects.get().state == "booked"


def test_ones_own_hold_stands_in_nobodys_way_but_others(practice: Practice, other: Person) -> None:
    held(practice)
    for who, expected in ((practice.client, True), (other, False)):
        wish = Wish(kind=kind_of("dosing"), by=who, client=who, therapists=(practice.therapist.pk,))
        starts = [one.start for one in open_times(wish, Span(TEN, TEN + timedelta(minutes=1)), now=NOW)]
        assert (TEN in starts) is expected


def test_booking_or_moving_elsewhere_lets_the_hold_go(practice: Practice) -> None:
    made = practice.book(at("2026-12-03 10:00"))
    held(practice)
    move(made, at("2026-12-01 11:00"), by=practice.client)
    assert Appointment.objects.get().starts == at("2026-12-01 11:00")
    held(practice, at("2026-12-08 10:00"))
    practice.book(at("2026-12-09 10:00"))
    assert not Appointment.objects.filter(state="held").exists()


def test_an_expired_hold_is_in_no_deeds_way(practice: Practice, other: Person, clock: Clock) -> None:
    made = practice.book(at("2026-12-03 10:00"))
    held(practice, by=practice.staff)
    clock("2026-11-24T17:10:00Z")
    assert move(made, TEN, by=practice.client).starts == TEN
    held(practice, at("2026-12-04 10:00"), by=practice.staff)
    clock("2026-11-24T17:20:01Z")
    with keyring():
        assert hold(asked(practice, client=other), at("2026-12-04 10:00"), by=other)


def test_the_desk_holds_for_a_client_who_sees_that_it_did(practice: Practice) -> None:
    mine = held(practice, by=practice.staff)
    assert (str(mine.pk), "time held") in [(look.about, look.act) for look in looks_at(practice.client)]
    made = practice.book(TEN, by=practice.staff)
    assert made.pk == mine.pk


def test_nobody_holds_what_they_may_not_book(practice: Practice, other: Person) -> None:
    with pytest.raises(Http404):
        held(practice, by=other)
    with pytest.raises(Http404):
        held(practice, kind="closing")


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"booked_by": None}, "a_hold_is_somebodys_and_short"),
        ({"held_until": NOW + timedelta(minutes=21)}, "a_hold_is_somebodys_and_short"),
        ({"held_until": None}, "a_hold_has_an_end"),
    ],
)
def test_the_database_keeps_a_hold_short_and_somebodys(practice: Practice, changed: dict[str, object], rule: str) -> None:
    held(practice)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Appointment.objects.update(**changed)


def test_the_database_keeps_two_holds_from_one_person(practice: Practice) -> None:
    held(practice)
    made = practice.book(at("2026-12-03 10:00"), by=practice.staff)
    with pytest.raises(IntegrityError, match="one_hold_a_person"), transaction.atomic():
        Appointment.objects.filter(pk=made.pk).update(state="held", held_until=NOW, booked_at=NOW, booked_by=practice.client)


def test_a_key_of_before_answers_though_something_else_is_held(practice: Practice) -> None:
    key = uuid4()
    made = practice.book(at("2026-12-03 10:00"), key=key)
    held(practice)
    assert practice.book(at("2026-12-03 10:00"), key=key) == made
    assert Appointment.objects.filter(state="held").exists()
