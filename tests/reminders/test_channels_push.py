"""Push: to known services alone, words that one browser can open, and no dead end when a browser is gone."""

import base64
import json
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.core import mail
from django.db.models import F
from django.test import Client
from django.utils import timezone

from koru.people.models import Clinic, Person
from koru.reminders import pushing
from koru.reminders.devices import Device
from koru.reminders.kinds import load
from koru.reminders.models import Letter
from koru.reminders.sending import send_due
from tests.people import make_client, make_clinic

from .devices import letting, pushed
from .letters import EVERYTHING, due_letter, state
from .push_service import HOST, Browser, Service, encoded, opened
from .test_kinds import CLINICAL

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Person:
    make_clinic()
    return make_client()


def test_the_words_open_in_that_browser_alone_and_say_nothing_clinical(client: Person, service: Service) -> None:
    browser, other = Browser(), Browser()
    letting(client, browser.subscription())
    letter = pushed(client, not_after=timezone.now() + timedelta(hours=2))
    assert send_due() == 1
    assert state(letter) == "sent"
    [got] = service.got
    told = json.loads(browser.opened(got.body))
    assert told == {"title": "Koru", "body": "Your appointment has changed", "path": "/sessions/", "tag": str(letter.pk)}
    assert not CLINICAL.search(f"{told['title']} {told['body']}")
    with pytest.raises(InvalidTag):
        other.opened(got.body)
    assert not mail.outbox


@pytest.mark.parametrize("name", sorted(one.name for one in load().values() if "push" in one.channels))
def test_whatever_is_pushed_shows_a_neutral_line(client: Person, name: str) -> None:
    for variant in ("", *load()[name].variants):
        letter = due_letter(client, name, channel="push", context={**EVERYTHING, "variant": variant})
        told = json.loads(pushing.payload(letter, Clinic.objects.get(), timezone.now()))
        assert not CLINICAL.search(f"{told['title']} {told['body']}"), told
        assert len(told["body"]) < 80
        assert told["path"].startswith("/")


def test_our_opening_of_it_is_that_of_the_standard() -> None:
    """The worked example of RFC 8291, section 5."""
    body = (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
    number = int.from_bytes(base64.urlsafe_b64decode("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94="))
    key, secret = ec.derive_private_key(number, ec.SECP256R1()), base64.urlsafe_b64decode("BTBZMqHH6r4Tts7J_aSIgg==")
    assert opened(base64.urlsafe_b64decode(body + "=="), key, secret) == b"When I grow up, I want to be a watermelon"


def test_the_service_learns_who_we_are_and_how_long_to_keep_it(client: Person, service: Service) -> None:
    letting(client, Browser().subscription())
    letter = pushed(client, not_after=timezone.now() + timedelta(hours=2))
    send_due()
    headers = service.got[0].headers
    assert 7100 < int(headers["ttl"]) <= 7200
    assert headers["topic"] == encoded(letter.pk.bytes)
    assert (headers["content-encoding"], headers["urgency"]) == ("aes128gcm", "normal")
    token, key = (part.strip().partition("=")[2] for part in headers["authorization"].removeprefix("vapid ").split(","))
    head, claims, signature = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert (said["aud"], said["sub"]) == (f"https://{HOST}", "mailto:koru@demo.example.org")
    assert 0 < said["exp"] - timezone.now().timestamp() < 24 * 3600
    assert key == pushing.public_key()
    raw = base64.urlsafe_b64decode(signature + "==")
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.urlsafe_b64decode(key + "=="))
    point.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))


@pytest.mark.parametrize("status", ["404", "410"])
def test_a_browser_that_is_gone_is_forgotten_and_its_letter_comes_by_mail(client: Person, service: Service, status: str) -> None:
    letting(client, Browser().subscription(f"/{status}/one"))
    letter = pushed(client, dedupe_key="note:push")
    send_due()
    assert not Device.objects.exists()
    assert state(letter) == "another way"
    Letter.objects.update(try_at=F("due_at"))
    send_due()
    assert [message.subject for message in mail.outbox] == ["Your appointment has changed"]


def test_one_browser_of_two_is_enough(client: Person, service: Service) -> None:
    letting(client, Browser().subscription("/410/gone"))
    letting(client, Browser().subscription("/201/here"))
    letter = pushed(client)
    send_due()
    assert state(letter) == "sent"
    assert Device.objects.count() == 1


@pytest.mark.parametrize("how", ["503", "429", "500", "302", "413"])
def test_a_service_that_fails_is_tried_after_one_five_and_twenty_five_minutes_then_mail_stands_in(
    client: Person, service: Service, how: str
) -> None:
    letting(client, Browser().subscription(f"/{how}/one"))
    letter = pushed(client, dedupe_key="note:push")
    waits = []
    for _ in range(3):
        send_due()
        letter.refresh_from_db()
        waits.append(round((letter.try_at - timezone.now()).total_seconds() / 60))
        assert letter.handed_at is None
        Letter.objects.update(try_at=F("due_at"))
    send_due()
    assert waits == [1, 5, 25]
    assert state(letter) == f"failed: {how}"
    assert len(service.got) == 4
    assert [row.channel for row in Letter.objects.filter(sent_at=None, failed_at=None)] == ["mail"]


@pytest.mark.parametrize("how", ["hang", "drip"])
def test_a_service_that_hangs_is_left_in_time_and_holds_up_one_letter(
    client: Person, running: Service, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(pushing, "bounds", running.bounds(seconds=0.5))
    running.got.clear()
    letting(client, Browser().subscription(f"/{how}/one"))
    first, second = pushed(client, due_at=timezone.now() - timedelta(minutes=9)), pushed(client)
    by_mail = due_letter(client, due_at=timezone.now() - timedelta(minutes=5))
    assert send_due() == 1
    assert (state(first), state(second), state(by_mail)) == ("waits", "waits", "sent")
    first.refresh_from_db()
    assert first.handed_at
    assert len(running.got) == 1


def test_an_address_that_leads_into_a_private_network_is_not_asked(
    client: Person, running: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pushing, "bounds", running.bounds(may_connect=pushing.bounds().may_connect))
    running.got.clear()
    letting(client, Browser().subscription())
    pushed(client, dedupe_key="note:push")
    send_due()
    assert running.got == []
    assert not Device.objects.exists()


def test_the_worker_keeps_nothing_and_looks_after_no_page() -> None:
    answer = Client().get("/sw.js")
    script = answer.content.decode()
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-store"
    assert "caches" not in script
    assert '"fetch"' not in script
    assert not CLINICAL.search(script)
