"""What was around in words of one's own: offered again, kept once, sealed, and replaced by what the page shows."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from koru.people.models import Person
from moodtracking.models import CheckIn
from tests.moodtracking.days import ago, told
from tests.people import make_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_client(zone="America/Denver")


@pytest.fixture
def signed_in(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def test_words_of_before_are_offered_the_most_used_first(signed_in: Client, person: Person) -> None:
    for back, words in enumerate(("lake walk", "choir\nlake walk", "")):
        told(person, own_tags=words, at=ago(days=back))
    told(make_client(), own_tags="somebody else's")
    page = signed_in.get("/check-in/").content.decode()
    assert page.index('value="lake walk"') < page.index('value="choir"')
    assert "somebody else" not in page
    assert 'value="lake walk" checked' not in page


def test_nothing_is_offered_before_the_first(signed_in: Client) -> None:
    assert "In your own words" not in signed_in.get("/check-in/").content.decode()


def test_ticked_and_typed_are_kept_once_each(signed_in: Client) -> None:
    sent = {"key": str(uuid4()), "mood": "1", "again": ["lake walk", "choir"], "own_tags": "Lake Walk, tea;tea"}
    assert signed_in.post("/check-in/", sent).status_code == 302
    assert CheckIn.objects.get().own_words == ["lake walk", "choir", "tea"]


def test_changing_one_shows_its_words_ticked_and_unticking_takes_them_out(signed_in: Client, person: Person) -> None:
    row = told(person, own_tags="lake walk\nchoir")
    page = signed_in.get(f"/check-in/{row.pk}/edit/").content.decode()
    assert page.count('value="lake walk" checked') == 1
    signed_in.post("/check-in/", {"key": str(row.key), "mood": "1", "again": "choir", "own_tags": ""})
    row.refresh_from_db()
    assert row.own_words == ["choir"]


def test_a_wrong_answer_keeps_ticks_and_words(signed_in: Client) -> None:
    answered = signed_in.post("/check-in/", {"mood": "9", "again": "lake walk", "own_tags": "tea"})
    page = answered.content.decode()
    assert answered.status_code == 422
    assert 'value="lake walk" checked' in page
    assert 'value="tea"' in page


@pytest.mark.parametrize("odd", ["\x00", "x" * 100_000, "مرحبا", "🌿\u200d🌊", "<b>tea</b>", "a\nb", " , ;"])
def test_odd_words_are_kept_or_told(signed_in: Client, odd: str) -> None:
    for sent in ({"again": odd}, {"own_tags": odd}):
        answered = signed_in.post("/check-in/", {"key": str(uuid4()), "mood": "1", **sent})
        assert answered.status_code in (302, 422)
    assert "<b>tea" not in signed_in.get("/check-in/").content.decode()


def test_they_are_sealed(person: Person) -> None:
    told(person, own_tags="a very rare word")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row_to_json(c)::text, '') FROM moodtracking_checkin c")
        assert "rare" not in str(cursor.fetchone())
