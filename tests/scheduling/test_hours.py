"""Hours: a therapist's own, the desk's for everybody, a room's and the clinic's; what is booked stays booked and is listed."""

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from koru.people.models import ClosedDay
from koru.safety.working_time import clinic_hours
from scheduling.hours import add_days, add_weekly, end_weekly
from scheduling.models import AvailabilityException, AvailabilityRule
from tests.people import make_client, make_room, make_therapist

from .practice import ALWAYS, NEW_YORK, Practice, at, queries

WEEKLY = {"weekday": "2", "opens": "18:00", "closes": "20:00", "starting": "2026-11-24", "until": ""}
AWAY = {"what": "away", "on": "2026-12-01", "last": "", "opens": "", "closes": ""}


@pytest.fixture
def own(practice: Practice, client: Client) -> Client:
    client.force_login(practice.therapist)
    return client


@pytest.fixture
def desk(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.staff)
    return client


def test_weekly_hours_open_times_from_their_day_on(practice: Practice, own: Client) -> None:
    path = f"/hours/{practice.therapist.pk}/weekly/"
    assert own.post(path, WEEKLY, follow=True).status_code == 200
    assert own.post(path, WEEKLY).status_code == 302
    assert AvailabilityRule.objects.filter(opens=time(18)).count() == 1
    assert practice.book(at("2026-12-01 18:00"), kind="integration")


def test_hours_without_a_last_day_are_listed_and_past_ones_are_not(practice: Practice, own: Client) -> None:
    rule = AvailabilityRule.objects.filter(weekday=3).get()
    rule.valid = (date(2020, 1, 1), date(2026, 11, 24))
    rule.save()
    page = own.get("/care/availability/").content.decode()
    assert page.count("9:00 am to 5:00 pm") == 6


def test_a_last_day_is_its_last_day(practice: Practice, own: Client) -> None:
    own.post(f"/hours/{practice.therapist.pk}/weekly/", WEEKLY | {"until": "2026-12-01"})
    assert AvailabilityRule.objects.get(opens=time(18)).last_day == date(2026, 12, 1)
    assert "1 December" in own.get("/care/availability/").content.decode()


def test_days_in_a_row_are_one_line_and_go_together(practice: Practice, own: Client) -> None:
    own.post(f"/hours/{practice.therapist.pk}/days/", AWAY | {"on": "2026-12-30", "last": "2027-01-02"})
    assert AvailabilityException.objects.count() == 4
    page = own.get("/care/availability/").content.decode()
    assert "Wednesday 30 December to Saturday 2 January" in page
    days = list(AvailabilityException.objects.values_list("pk", flat=True))
    for _ in range(2):
        assert own.post(f"/hours/{practice.therapist.pk}/days/remove/", {"day": days}).status_code == 302
    assert not AvailabilityException.objects.exists()


def test_away_from_an_hour_on_is_to_the_end_of_the_day(practice: Practice, own: Client) -> None:
    own.post(f"/hours/{practice.therapist.pk}/days/", AWAY | {"opens": "12:00"})
    assert "from 12:00 pm on" in own.get("/care/availability/").content.decode()
    assert practice.book(at("2026-12-01 11:00"), "integration")
    with pytest.raises(Exception, match="open times"):
        practice.book(at("2026-12-01 15:00"), "integration")


@pytest.mark.parametrize(
    ("path", "form", "words"),
    [
        ("weekly", WEEKLY | {"closes": "17:00"}, "The end comes after the start."),
        ("weekly", WEEKLY | {"until": "2026-11-01"}, "The end comes after the start."),
        ("weekly", WEEKLY | {"weekday": "8"}, "Pick one of the values shown."),
        ("weekly", WEEKLY | {"opens": "25:00"}, "Enter a time"),
        ("weekly", {}, "From: please give a time"),
        ("days", AWAY | {"closes": "10:00"}, "Give a start too"),
        ("days", AWAY | {"what": "extra"}, "need a start and an end"),
        ("days", AWAY | {"on": "2026-02-30"}, "Enter a date that exists"),
        ("days", AWAY | {"last": "2026-11-30"}, "The end comes after the start."),
        ("days", AWAY | {"last": "2036-11-30"}, "At most a year at once."),
        ("week", {"starting": "2026-11-23"}, "Hours change from today on"),
        ("week", {"starting": "2026-12-01", "until": "2026-11-30"}, "The end comes after the start."),
        ("week", {"starting": "2026-12-01", "at": "9-0900-0930"}, "Pick half hours"),
        ("week", {"starting": "2026-12-01", "at": "1-0930-0900"}, "Pick half hours"),
        ("week", {"starting": "2026-12-01", "at": "1-0960-1000"}, "Pick half hours"),
        ("weekly", WEEKLY | {"until": "9999-12-31"}, "Give a day of this century"),
        ("days", AWAY | {"on": "9999-12-31"}, "Give a day of this century"),
        ("week", {"starting": "2026-12-01", "until": "9999-12-31"}, "Give a day of this century"),
        ("week", {"starting": "2026-12-01", "at": "nine"}, "Pick half hours"),
    ],
)
def test_what_is_odd_is_said_and_kept(practice: Practice, own: Client, path: str, form: dict[str, str], words: str) -> None:
    before = AvailabilityRule.objects.count()
    answer = own.post(f"/hours/{practice.therapist.pk}/{path}/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert all(value in page for name, value in form.items() if name != "at")
    assert (AvailabilityRule.objects.count(), AvailabilityException.objects.count()) == (before, 0)


def test_nobody_sets_anothers_hours_but_the_desk(practice: Practice, client: Client) -> None:
    rule = AvailabilityRule.objects.filter(therapist=practice.therapist)[0]
    key = practice.therapist.pk
    paths = {f"/hours/{key}/weekly/": WEEKLY, f"/hours/{key}/days/": AWAY, f"/hours/{key}/days/remove/": {}}
    week = {"starting": "2026-12-01", "at": "1-0900-0930"}
    for person, status in ((make_therapist(), 404), (make_client(), 404), (practice.staff, 302)):
        client.force_login(person)
        answers = [client.post(path, form).status_code for path, form in (paths | {f"/hours/{key}/week/": week}).items()]
        assert answers == [status] * 4
        assert client.post(f"/hours/weekly/{rule.pk}/end/").status_code == status


def test_a_therapist_sets_no_rooms_and_no_clinics_hours(practice: Practice, own: Client) -> None:
    for key in (practice.room.pk, practice.clinic.pk):
        for path, form in (("weekly", WEEKLY), ("days", AWAY), ("days/remove", {}), ("week", {"starting": "2026-12-01"})):
            assert own.post(f"/hours/{key}/{path}/", form).status_code == 404


def test_the_desk_chooses_a_person_a_room_or_the_clinic(practice: Practice, desk: Client) -> None:
    assert practice.therapist.display_name in desk.get("/desk/hours/").content.decode()
    for known, words in ((practice.room.pk, "always open"), (practice.clinic.pk, "No closed day ahead")):
        assert words in desk.get(f"/desk/hours/?of={known}").content.decode()
    for odd in (practice.staff.pk, practice.client.pk, "x"):
        assert desk.get(f"/desk/hours/?of={odd}").status_code == 404
    assert desk.post(f"/hours/{practice.clinic.pk}/week/", {"starting": "2026-12-01"}).status_code == 404
    assert desk.post(f"/hours/{practice.clinic.pk}/weekly/", WEEKLY).status_code == 404


def test_a_closed_day_is_said_once_for_answering_and_for_booking(practice: Practice, desk: Client, own: Client) -> None:
    form = {"name": "Winter holiday", "on": "2026-12-01", "last": "2026-12-02", "opens": "", "closes": ""}
    assert desk.post(f"/hours/{practice.clinic.pk}/days/", form).status_code == 302
    assert ClosedDay.objects.count() == 2
    assert clinic_hours().windows(date(2026, 12, 1)) == []
    assert "Winter holiday, all day" in own.get("/care/availability/").content.decode()
    with pytest.raises(Exception, match="open times"):
        practice.book(at("2026-12-01 10:00"))
    days = list(ClosedDay.objects.values_list("pk", flat=True))
    assert desk.post(f"/hours/{practice.clinic.pk}/days/remove/", {"day": days}).status_code == 302
    assert practice.book(at("2026-12-01 10:00"))


def test_a_clinic_closed_from_noon_answers_in_the_morning(practice: Practice) -> None:
    add_days(None, "away", date(2026, 12, 1), date(2026, 12, 1), by=practice.staff, opens=time(12))
    (window,) = clinic_hours().windows(date(2026, 12, 1))
    assert [end.astimezone(NEW_YORK).time() for end in (window.start, window.end)] == [time(9), time(12)]
    add_days(None, "away", date(2026, 12, 1), date(2026, 12, 1), by=practice.staff, opens=time(9, 30), closes=time(10))
    assert len(clinic_hours().windows(date(2026, 12, 1))) == 2
    assert practice.book(at("2026-12-01 10:00"), "integration")


def test_a_room_with_hours_is_open_in_these_alone_and_one_without_always(practice: Practice) -> None:
    add_weekly(practice.room, 2, time(9), time(17), date(2026, 11, 24), by=practice.staff)
    assert practice.book(at("2026-12-01 10:00"))
    with pytest.raises(Exception, match="open times"):
        practice.book(at("2026-12-04 10:00"))
    make_room()
    assert practice.book(at("2026-12-04 10:00"))


def test_hours_are_of_one_person_or_one_room(practice: Practice) -> None:
    for whose in ({}, {"therapist": practice.therapist, "room": practice.room}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AvailabilityRule.objects.create(**whose, weekday=1, opens=time(9), closes=time(10), valid=ALWAYS)
        with pytest.raises(IntegrityError), transaction.atomic():
            AvailabilityException.objects.create(**whose, what="away", on=date(2026, 12, 1))


def test_ended_hours_are_gone_from_that_day_and_twice_is_as_once(practice: Practice) -> None:
    rule = AvailabilityRule.objects.filter(therapist=practice.therapist)[0]
    for _ in range(2):
        end_weekly(rule, date(2026, 12, 1), by=practice.therapist)
    rule.refresh_from_db()
    assert rule.last_day == date(2026, 11, 30)
    end_weekly(rule, date(2019, 1, 1), by=practice.therapist)
    assert not AvailabilityRule.objects.filter(pk=rule.pk).exists()


def test_the_page_asks_as_much_for_thirty_rules_as_for_one(practice: Practice, own: Client, desk: Client) -> None:
    counts = []
    for number in range(2):
        counts.append((queries(own, "/care/availability/"), queries(desk, f"/desk/hours/?of={practice.therapist.pk}")))
        for minute in range(30):
            AvailabilityRule.objects.create(
                therapist=practice.therapist, weekday=1, opens=time(1, minute), closes=time(2), valid=ALWAYS
            )
            make_therapist()
            add_days(practice.therapist, "away", date(2027, 1 + number, 1 + minute // 2), date(2027, 3, 1), by=practice.staff)
    assert counts[0] == counts[1]
