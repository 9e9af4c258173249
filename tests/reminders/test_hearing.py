"""STOP, START and HELP: from a telephone, by the provider's signed word, by the link in a text; and a text that came back."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from koru.people.models import Person
from koru.reminders.heard_views import MOST_OF_ONE, SKEW, sign
from koru.reminders.hearing import STARTS, STOPS, hear
from koru.reminders.models import Letter
from koru.reminders.numbers import stop_texts
from koru.reminders.sending import send_due
from koru.reminders.text_numbers import SignedWord, Texted, reachable
from koru.reminders.text_providers import Kept
from tests.people import make_client, make_clinic

from .letters import state
from .phones import NUMBER, texted, with_number

pytestmark = pytest.mark.django_db
Sink = Callable[[], list[Kept]]
UNKNOWN = "+12125550199"


@pytest.fixture
def client() -> Person:
    cache.clear()
    make_clinic()
    return with_number(make_client())


def told(said: Any, seconds: float = 0, signature: str = "") -> Any:
    body, at = json.dumps(said).encode(), int(timezone.now().timestamp() + seconds)
    shown = f"t={at},v1={signature or sign(at, body)}"
    return Client().post("/texts/heard/", body, content_type="application/json", headers={"Koru-Signature": shown})


@pytest.mark.parametrize("word", [*sorted(STOPS), "stop", " Stop. ", "STOP please", "“stop”"])
def test_any_word_that_means_stop_acts_at_once(client: Person, word: str) -> None:
    letter = texted(client, "session-today", due_at=timezone.now() + timedelta(hours=2), dedupe_key="note:text")
    assert told({"from": NUMBER, "text": word}).json()["reply"].startswith("Koru: texts have ended")
    assert not reachable().exists()
    assert state(letter) == "another way"


@pytest.mark.parametrize("words", ["Cancel my appointment please", "When does it end?", "", "😀", "I can't stop crying"])
def test_anything_else_is_answered_and_changes_nothing(client: Person, words: str) -> None:
    said = told({"from": NUMBER, "text": words}).json()["reply"]
    assert said.startswith("Koru: nobody reads answers here. Call ")
    assert "in danger call 911" in said
    assert reachable().exists()


@pytest.mark.parametrize("words", ["STOP", "START", "HELP", "hello"])
def test_an_unknown_number_is_answered_as_a_known_one(client: Person, words: str) -> None:
    answers = [told({"from": number, "text": words}) for number in (NUMBER, UNKNOWN, "not a number", "")]
    assert len({(one.status_code, one.content) for one in answers}) == 1


def test_start_brings_texts_back_after_stop_alone(client: Person) -> None:
    for word in sorted(STARTS):
        told({"from": NUMBER, "text": "STOP"})
        told({"from": NUMBER, "text": word})
        assert reachable().exists()


def test_one_telephone_of_two_people_stops_for_both(client: Person) -> None:
    with_number(make_client())
    hear(NUMBER, "STOP")
    assert not reachable().exists()


@pytest.mark.parametrize(
    "said", [[], "STOP", {}, {"text": "STOP"}, {"from": 1, "text": "STOP"}, {"from": NUMBER, "text": ["STOP"]}]
)
def test_what_is_no_word_of_a_provider_is_refused(client: Person, said: Any) -> None:
    assert told(said).status_code == 400
    assert reachable().exists()


def test_without_its_signature_nothing_is_heard(client: Person, settings: Settings) -> None:
    stop = {"from": NUMBER, "text": "STOP"}
    late = 2 * SKEW.total_seconds()
    assert [told(stop, signature="0" * 64).status_code, told(stop, late).status_code, told(stop, -late).status_code] == [400] * 3
    assert Client().post("/texts/heard/", json.dumps(stop), content_type="application/json").status_code == 400
    settings.KORU_TEXTS_SIGNING = ""
    assert told(stop).status_code == 400
    assert reachable().exists()


def test_a_word_is_heard_once(client: Person) -> None:
    body, at = json.dumps({"from": NUMBER, "text": "STOP"}).encode(), int(timezone.now().timestamp())
    headers = {"Koru-Signature": f"t={at},v1={sign(at, body)}"}
    first = Client().post("/texts/heard/", body, content_type="application/json", headers=headers)
    hear(NUMBER, "START")
    again = Client().post("/texts/heard/", body, content_type="application/json", headers=headers)
    assert ("reply" in first.json(), again.json()) == (True, {})
    assert reachable().exists()
    assert SignedWord.objects.count() == 1


def test_one_number_does_not_flood_it(client: Person) -> None:
    found = [told({"from": UNKNOWN, "text": f"{n}"}).status_code for n in range(MOST_OF_ONE + 1)]
    assert found == [200] * MOST_OF_ONE + [429]


def test_a_text_that_came_back_comes_by_mail_and_its_number_is_tried_no_more(client: Person, sink: Sink) -> None:
    letter = texted(client, dedupe_key="note:text")
    send_due()
    for _ in range(2):
        assert told({"not_reached": str(letter.pk)}).json() == {}
    assert told({"not_reached": str(uuid4())}).json() == {}
    letter.refresh_from_db()
    assert letter.bounced_at
    assert not reachable().exists()
    assert [row.channel for row in Letter.objects.waiting()] == ["mail"]


def link_in(sink: Sink) -> str:
    return next(word for word in sink()[0].words.split() if word.startswith("http")).removeprefix(configured.KORU_PUBLIC_URL)


def test_the_link_in_a_text_asks_by_get_and_stops_by_post_without_signing_in(client: Person, sink: Sink) -> None:
    texted(client)
    send_due()
    path = link_in(sink)
    assert len(configured.KORU_PUBLIC_URL + path) <= 41
    for _ in range(2):
        page = Client().get(path)
        assert 'href="/sessions/"' in page.text
        assert reachable().exists()
    assert "no-store" in page["Cache-Control"]
    assert Client().post(path, follow=True).text.count("<h1>Texts have stopped</h1>") == 1
    assert not reachable().exists()
    assert client.display_name not in page.text


def test_a_link_that_was_made_up_or_is_old_opens_nothing(client: Person, sink: Sink) -> None:
    texted(client)
    send_due()
    path = link_in(sink)
    assert Client().get("/t/AAAAAAAAAAA/").status_code == 404
    Texted.objects.update(until=timezone.now())
    assert [Client().get(path).status_code, Client().post(path).status_code] == [404, 404]
    assert reachable().exists()


def test_the_sink_is_read_and_answered_in_the_demo_alone(client: Person, sink: Sink, settings: Settings) -> None:
    web = Client()
    answer = {"from": NUMBER, "text": "STOP"}
    assert [web.get("/demo/texts/").status_code, web.post("/demo/texts/answer/", answer).status_code] == [404, 404]
    settings.KORU_DEMO = True
    assert "No text yet." in web.get("/demo/texts/").text
    texted(client)
    send_due()
    assert NUMBER in web.get("/demo/texts/").text
    assert "Koru: texts have ended" in web.post("/demo/texts/answer/", answer, follow=True).text
    assert not reachable().exists()


def test_a_person_who_has_left_is_led_nowhere(client: Person, sink: Sink) -> None:
    texted(client)
    send_due()
    client.is_active = False
    client.save(update_fields=["is_active"])
    assert Client().get(link_in(sink)).status_code == 404
    assert stop_texts(client, by=client)
