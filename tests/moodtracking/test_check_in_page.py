"""The page of a check-in, as somebody posts to it."""

from uuid import uuid4

import pytest
from django.test import Client

from moodtracking.models import CheckIn
from tests.moodtracking.days import ago, told
from tests.people import make_admin, make_client, make_staff, make_therapist

pytestmark = pytest.mark.django_db
PAGE = "/check-in/"


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(make_client(zone="America/Denver"))
    return client


def test_three_taps_are_kept_and_what_was_skipped_is_absent(signed_in: Client) -> None:
    answered = signed_in.post(PAGE, {"mood": "1", "energy": "2", "tension": "0", "key": str(uuid4())})

    row = CheckIn.objects.get()
    assert answered["Location"] == f"/check-in/{row.pk}/"
    assert row.answers == {"mood": 1, "energy": 2, "tension": 0}
    assert (row.zone, row.item_set_version, row.note_share) == ("America/Denver", "daily.v1", "only_me")


def test_the_page_opens_and_shows_what_was_kept(signed_in: Client) -> None:
    assert signed_in.get(PAGE).status_code == 200
    kept = signed_in.post(PAGE, {"mood": "-1", "key": str(uuid4())}, follow=True)
    assert "a bit low" in kept.content.decode()
    assert "Saved." in kept.content.decode()


@pytest.mark.parametrize("odd", ["٣", "1e9", "NaN", "4", "-4", "1.5", "0x1", " ", "one", "٣" * 100_000])
def test_a_value_off_the_scale_is_refused_in_words_and_nothing_is_lost(signed_in: Client, odd: str) -> None:
    sent = {"mood": odd, "energy": "2", "note": "Walked by the river", "key": str(uuid4())}
    answered = signed_in.post(PAGE, sent)

    page = answered.content.decode()
    assert answered.status_code == 422
    assert "Pick one of the values shown." in page
    assert "Walked by the river" in page
    assert "Error:" in page
    assert not CheckIn.objects.exists()


def test_odd_characters_are_left_out_of_the_note_and_the_rest_is_kept(signed_in: Client) -> None:
    body = "mood=1&note=a%00b%ED%A0%80c%F0%9F%8C%BF+%D7%A9%D7%9C%D7%95%D7%9D&key=x"
    signed_in.post(PAGE, body, content_type="application/x-www-form-urlencoded")
    note = CheckIn.objects.get().note
    assert "\x00" not in note
    assert note.endswith("c🌿 שלום")


@pytest.mark.parametrize("odd", ["14.5", "-1", "7.25", "1e1", "NaN", "inf"])
def test_hours_of_sleep_are_halves_up_to_fourteen(signed_in: Client, odd: str) -> None:
    answered = signed_in.post(PAGE, {"sleep_hours": odd, "key": str(uuid4())})
    assert answered.status_code == 422
    assert "Pick one of the values shown." in answered.content.decode()


def test_a_double_submit_is_one_check_in(signed_in: Client) -> None:
    sent = {"mood": "1", "key": str(uuid4())}
    signed_in.post(PAGE, sent)
    signed_in.post(PAGE, sent)
    assert CheckIn.objects.count() == 1


def test_an_empty_page_says_that_one_tap_is_enough(signed_in: Client) -> None:
    answered = signed_in.post(PAGE, {"key": str(uuid4())})
    assert answered.status_code == 422
    assert "One tap is enough" in answered.content.decode()
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("make", [make_therapist, make_staff, make_admin])
def test_nobody_but_a_client_checks_in(client: Client, make: type) -> None:
    client.force_login(make())
    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize(("days", "said"), [(1, False), (3, False), (4, True), (40, True)])
def test_after_three_silent_days_today_is_enough(client: Client, days: int, said: bool) -> None:
    person = make_client()
    told(person, at=ago(days=days))
    client.force_login(person)
    assert ("Today is enough." in client.get(PAGE).content.decode()) is said


def test_before_the_first_check_in_nobody_is_welcomed_back(signed_in: Client) -> None:
    assert "Today is enough." not in signed_in.get(PAGE).content.decode()
