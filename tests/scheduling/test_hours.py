"""Hours: a therapist's own, the desk's for everybody; what is booked stays booked and is listed."""

from datetime import date, time

import pytest
from django.test import Client

from scheduling.hours import end_weekly
from scheduling.models import AvailabilityException, AvailabilityRule
from tests.people import make_client, make_therapist

from .practice import Practice, at, queries

WEEKLY = {"weekday": "2", "opens": "18:00", "closes": "20:00", "starting": "2026-11-24", "until": ""}
AWAY = {"what": "away", "on": "2026-12-01", "opens": "", "closes": ""}


@pytest.fixture
def own(practice: Practice, client: Client) -> Client:
    client.force_login(practice.therapist)
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


def test_a_day_away_takes_times_and_lists_what_is_booked(practice: Practice, own: Client) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    page = own.post(f"/hours/{practice.therapist.pk}/days/", AWAY, follow=True).content.decode()
    assert "Booked outside these hours" in page
    assert "Tuesday 1 December, 10:00 am" in page
    made.refresh_from_db()
    assert made.state == "booked"
    day = AvailabilityException.objects.get()
    page = own.post(f"/hours/days/{day.pk}/remove/", follow=True).content.decode()
    assert "Booked outside these hours" not in page
    assert own.post(f"/hours/days/{day.pk}/remove/").status_code == 404


@pytest.mark.parametrize(
    ("path", "form", "words"),
    [
        ("weekly", WEEKLY | {"closes": "17:00"}, "The end comes after the start."),
        ("weekly", WEEKLY | {"until": "2026-11-01"}, "The end comes after the start."),
        ("weekly", WEEKLY | {"weekday": "8"}, "Pick one of the values shown."),
        ("weekly", WEEKLY | {"opens": "25:00"}, "Enter a time"),
        ("weekly", {}, "From: please give a time"),
        ("days", AWAY | {"opens": "10:00"}, "Give both times"),
        ("days", AWAY | {"what": "extra"}, "need a start and an end"),
        ("days", AWAY | {"on": "2026-02-30"}, "Enter a date that exists"),
    ],
)
def test_what_is_odd_is_said_and_kept(practice: Practice, own: Client, path: str, form: dict[str, str], words: str) -> None:
    before = AvailabilityRule.objects.count()
    answer = own.post(f"/hours/{practice.therapist.pk}/{path}/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert all(value in page for value in form.values())
    assert (AvailabilityRule.objects.count(), AvailabilityException.objects.count()) == (before, 0)


def test_nobody_sets_anothers_hours_but_the_desk(practice: Practice, client: Client) -> None:
    rule = AvailabilityRule.objects.filter(therapist=practice.therapist)[0]
    paths = {f"/hours/{practice.therapist.pk}/weekly/": WEEKLY, f"/hours/{practice.therapist.pk}/days/": AWAY}
    for person, status in ((make_therapist(), 404), (make_client(), 404), (practice.staff, 302)):
        client.force_login(person)
        assert [client.post(path, form).status_code for path, form in paths.items()] == [status, status]
        assert client.post(f"/hours/weekly/{rule.pk}/end/").status_code == status


def test_the_desk_chooses_a_person_and_can_close_the_clinic_for_a_day(practice: Practice, client: Client) -> None:
    client.force_login(practice.staff)
    assert practice.therapist.display_name in client.get("/desk/hours/").content.decode()
    assert client.get(f"/desk/hours/?therapist={practice.staff.pk}").status_code == 404
    assert client.get("/desk/hours/?therapist=x").status_code == 404
    client.post(f"/hours/{practice.therapist.pk}/days/", AWAY | {"everybody": "on"})
    assert AvailabilityException.objects.get().therapist is None


def test_ended_hours_are_gone_from_that_day_and_twice_is_as_once(practice: Practice) -> None:
    rule = AvailabilityRule.objects.filter(therapist=practice.therapist)[0]
    for _ in range(2):
        end_weekly(rule, date(2026, 12, 1), by=practice.therapist)
    rule.refresh_from_db()
    assert rule.last_day == date(2026, 11, 30)
    end_weekly(rule, date(2019, 1, 1), by=practice.therapist)
    assert not AvailabilityRule.objects.filter(pk=rule.pk).exists()


def test_the_page_asks_as_much_for_thirty_rules_as_for_one(practice: Practice, own: Client) -> None:
    counts = []
    for _ in range(2):
        counts.append(queries(own, "/care/availability/"))
        for minute in range(30):
            AvailabilityRule.objects.create(
                therapist=practice.therapist, weekday=1, opens=time(1, minute), closes=time(2), valid=(date(2020, 1, 1), None)
            )
    assert counts[0] == counts[1]
