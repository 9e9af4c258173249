"""The client's first page: one thing first; on the quiet day nothing asks anything."""

from datetime import time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from journaling.models import Entry, ShareWish
from koru.people.models import Person
from koru.today.page import greeting_at
from scheduling.models import Appointment, BookingWish
from tests.care.world import appointment, check_in, make_pair, signed_in, write
from tests.people import make_admin, make_staff, make_therapist

pytestmark = pytest.mark.django_db
QUERIES = 3


def page_of(client: Person) -> str:
    answer = signed_in(client).get("/today/")
    assert answer.status_code == 200
    return answer.content.decode()


def dosing(client: Person, therapist: Person, starts_in: timedelta) -> Appointment:
    row = appointment(client, therapist, timezone.now() + starts_in)
    Appointment.objects.filter(pk=row.pk).update(kind="dosing")
    return row


def test_a_new_client_is_met_with_room_to_write_and_a_next_step() -> None:
    client, _ = make_pair()
    page = page_of(client)
    assert "How are you, right now?" in page
    assert "Nothing is booked." in page
    assert "Who has looked at my record" in page
    assert 'href="/help-now/"' in page


def test_the_prompt_says_why_it_is_offered() -> None:
    client, therapist = make_pair()
    dosing(client, therapist, timedelta(days=3))
    page = page_of(client)
    assert "An invitation to write" in page
    assert "in 3 days" in page


def test_the_way_home_is_asked_until_somebody_is_named() -> None:
    client, therapist = make_pair()
    row = dosing(client, therapist, timedelta(days=3))
    assert "Who takes you home?" in page_of(client)
    row = Appointment.objects.get(pk=row.pk)
    row.way_home, row.way_home_at = "Demo Ash", timezone.now()
    row.save()
    assert "Who takes you home?" not in page_of(client)


def test_from_the_start_until_the_next_morning_nothing_asks_anything() -> None:
    client, therapist = make_pair()
    dosing(client, therapist, timedelta(minutes=-20))
    page = page_of(client)
    assert "Nothing to do now" in page
    assert page.count("<form") == 0 or page.count("<form") == page.count("/accounts/logout/")
    assert "How are you" not in page
    assert 'href="/help-now/"' in page


def test_silence_is_met_with_welcome_and_no_count() -> None:
    client, _ = make_pair()
    check_in(client, timezone.now() - timedelta(days=9))
    page = page_of(client)
    assert "Good to see you. Today is enough." in page
    assert "9 days" not in page


@pytest.mark.parametrize("items", [1, 30])
def test_it_asks_as_often_for_one_as_for_thirty(items: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client, therapist = make_pair()
    now = timezone.now()
    for number in range(items):
        write(client, at=now - timedelta(hours=number))
        check_in(client, now - timedelta(hours=number, minutes=1))
        appointment(client, therapist, now + timedelta(days=number + 1))
    browser = signed_in(client)
    with django_assert_num_queries(QUERIES):
        assert browser.get("/today/").status_code == 200


def test_only_clients_have_a_today() -> None:
    for person in (make_therapist(), make_staff(), make_admin()):
        assert signed_in(person).get("/today/").status_code == 404


def test_deleted_words_are_not_shown_again() -> None:
    client, _ = make_pair()
    entry = write(client, text="A line I took away.")
    Entry.objects.filter(pk=entry.pk).update(deleted_at=timezone.now())
    assert "A line I took away." not in page_of(client)


def test_every_hour_has_its_greeting() -> None:
    hours = (0, 3, 4, 5, 11, 12, 17, 18, 23)
    night, morning, noon, evening = ["Good evening"] * 2, ["Good morning"] * 3, ["Good afternoon"] * 2, ["Good evening"] * 2
    assert [greeting_at(time(hour), time(4)) for hour in hours] == [*night, *morning, *noon, *evening]


@given(st.times(), st.integers(0, 6).map(time))
def test_a_new_day_is_never_met_with_the_evening_before(wall: time, day_starts: time) -> None:
    greeting = greeting_at(wall, day_starts)
    assert (greeting == "Good morning") is (day_starts <= wall < time(12))
    assert (greeting == "Good evening") is (wall < day_starts or wall >= time(18))


def test_what_was_wished_for_too_soon_is_asked_again_when_its_day_is_over() -> None:
    client, therapist = make_pair()
    entry, now = write(client, text="Demo words"), timezone.now()
    asked = {"made_at": now - timedelta(hours=25), "ask_at": now - timedelta(minutes=1)}
    wish = ShareWish.objects.create(entry=entry, level="my_therapist", **asked)
    booking = BookingWish.objects.create(client=client, kind_id="integration", therapist=therapist, place="video", **asked)
    page = page_of(client)
    assert f'<a href="/journal/{entry.pk}/">Look at it again</a>' in page
    assert '<a href="/sessions/">Decide now</a>' in page
    for one in (wish, booking):
        one.ask_at = now + timedelta(hours=1)
        one.save()
    assert "You wanted to decide later" not in page_of(client)


def test_before_a_first_session_a_plan_for_hard_moments_is_offered_until_it_is_let_be() -> None:
    client, therapist = make_pair()
    dosing(client, therapist, timedelta(days=9))
    browser = signed_in(client)
    assert "A plan for hard moments" in browser.get("/today/").content.decode()
    assert browser.post("/safety-plan/looked-through/", {"from": "today"})["Location"] == "/today/"
    assert "A plan for hard moments" not in browser.get("/today/").content.decode()
