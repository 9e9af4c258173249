"""Push: to known services alone, words that one browser can open, and no dead end when a browser is gone."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.contrib.sessions.models import Session
from django.core import mail
from django.db.models import F
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from koru.people.models import Person
from koru.reminders import pushing
from koru.reminders.devices import Device
from koru.reminders.letting_in import LONGEST, MOST, NoSubscription, Subscription, devices_of, let_in
from koru.reminders.models import Letter, Preferences
from koru.reminders.planning import plan
from koru.reminders.sending import send_due
from koru.sealing.keyring import keyring
from tests.people import make_client, make_clinic

from .letters import due_letter, planned, state
from .push_service import HOST, Browser, Service, encoded, opened, serving
from .test_ceilings import noon_in
from .test_kinds import CLINICAL
from .test_ways import waiting

pytestmark = pytest.mark.django_db
PLACE = "/settings/notes/devices/"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder: Path = tmp_path_factory.mktemp("push")
    with serving(folder) as service:
        yield service


@pytest.fixture
def service(running: Service, monkeypatch: pytest.MonkeyPatch) -> Service:
    running.got.clear()
    monkeypatch.setattr(pushing, "bounds", running.bounds())
    return running


@pytest.fixture
def client() -> Person:
    make_clinic()
    return make_client()


def web_of(person: Person) -> Client:
    web = Client()
    web.force_login(person)
    return web


def letting(person: Person, given: Subscription, web: Client | None = None) -> Client:
    """Somebody lets a browser in, as the page's script does."""
    web = web or web_of(person)
    sent = {"endpoint": given.endpoint, "p256dh": given.p256dh, "auth": given.auth}
    answer = web.post(PLACE, sent)
    assert answer.status_code == 302, answer.content
    return web


def pushed(person: Person, kind: str = "appointment-changed", **fields: Any) -> Letter:
    """A letter that is due, however long ago the test began."""
    fields.setdefault("due_at", timezone.now() - timedelta(minutes=5))
    return due_letter(person, kind, channel="push", **fields)


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


GOOD = Browser().subscription()


@pytest.mark.parametrize(
    "given",
    [
        Subscription(f"http://{HOST}/x", GOOD.p256dh, GOOD.auth),
        Subscription("https://127.0.0.1/x", GOOD.p256dh, GOOD.auth),
        Subscription("https://elsewhere.example.org/x", GOOD.p256dh, GOOD.auth),
        Subscription(f"https://{HOST}.example.com/x", GOOD.p256dh, GOOD.auth),
        Subscription(f"https://{HOST}:8443/x", GOOD.p256dh, GOOD.auth),
        Subscription(f"https://name:word@{HOST}/x", GOOD.p256dh, GOOD.auth),
        Subscription(f"https://{HOST}/" + "x" * LONGEST, GOOD.p256dh, GOOD.auth),
        Subscription(f"https://{HOST}/\u202e", GOOD.p256dh, GOOD.auth),
        Subscription("https://[", GOOD.p256dh, GOOD.auth),
        Subscription(GOOD.endpoint, "", GOOD.auth),
        Subscription(GOOD.endpoint, encoded(b"\x04" + b"1" * 64), GOOD.auth),
        Subscription(GOOD.endpoint, "é", GOOD.auth),
        Subscription(GOOD.endpoint, GOOD.p256dh, encoded(b"short")),
        Subscription(GOOD.endpoint, GOOD.p256dh, ""),
    ],
)
def test_what_is_no_subscription_of_a_known_service_is_refused_in_words(client: Person, given: Subscription) -> None:
    with pytest.raises(NoSubscription):
        given.checked()
    answer = web_of(client).post(PLACE, {"endpoint": given.endpoint, "p256dh": given.p256dh, "auth": given.auth})
    assert answer.status_code == 422
    assert "nothing was turned on" in answer.content.decode()
    assert not Device.objects.exists()


def test_a_browser_that_is_let_in_changes_the_way_of_what_is_on_its_way_and_turning_it_off_brings_it_back(client: Person) -> None:
    plan([planned("check-in", client, due_at=noon_in(2)), planned("session-week", client, due_at=noon_in(3))])
    web = letting(client, Browser().subscription())
    assert waiting(client) == {"check-in": ["push"], "session-week": ["mail"]}
    web.post(f"{PLACE}put-out/", {"device": Device.objects.get().pk})
    assert waiting(client) == {"check-in": ["mail"], "session-week": ["mail"]}


def test_signing_out_there_turns_it_off_and_signing_out_elsewhere_does_not(client: Person, service: Service) -> None:
    here = letting(client, Browser().subscription("/201/here"))
    there = letting(client, Browser().subscription("/201/there"))
    there.post("/accounts/logout/")
    assert Device.objects.count() == 1
    assert devices_of(client).get().session_id == here.session.session_key
    here.post("/accounts/logout/")
    letter = pushed(client, dedupe_key="note:push")
    send_due()
    assert service.got == []
    assert state(letter) == "another way"


def test_a_sign_in_that_has_run_out_shows_no_notes_any_more(client: Person, service: Service) -> None:
    letting(client, Browser().subscription())
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    pushed(client, dedupe_key="note:push")
    send_due()
    assert service.got == []


def test_a_browser_belongs_to_the_last_who_let_it_in(client: Person) -> None:
    browser, other = Browser(), make_client()
    letting(client, browser.subscription())
    letting(client, browser.subscription())
    letting(other, browser.subscription())
    device = Device.objects.get()
    assert device.person == other
    with keyring():
        assert Device.objects.get().endpoint == browser.subscription().endpoint


def test_nobody_turns_off_anothers_device(client: Person) -> None:
    letting(client, Browser().subscription())
    for device in (Device.objects.get().pk, "", "made up"):
        web_of(make_client()).post(f"{PLACE}put-out/", {"device": device})
    assert Device.objects.count() == 1


def test_nobody_fills_the_house_with_devices(client: Person) -> None:
    for number in range(MOST + 2):
        letting(client, Browser().subscription(f"/201/{number}"))
    assert Device.objects.count() == MOST


def test_address_and_keys_are_sealed(client: Person) -> None:
    let_in(client, Session.objects.get(pk=web_of(client).session.session_key), GOOD, by=client)
    raw = Device.objects.values_list("endpoint", "p256dh", "auth").get()
    assert not any(HOST.encode() in bytes(blob) for blob in raw)
    assert Preferences.objects.filter(person=client).exists()


def test_without_a_key_of_the_practice_there_is_no_push(client: Person, settings: Settings) -> None:
    letting(client, Browser().subscription())
    settings.KORU_PUSH_KEY = ""
    assert pushing.public_key() == ""
    plan([planned("check-in", client, due_at=noon_in(2))])
    assert waiting(client) == {"check-in": ["mail"]}
    assert "On your devices" not in web_of(client).get("/settings/notes/").content.decode()


def test_the_worker_keeps_nothing_and_looks_after_no_page() -> None:
    answer = Client().get("/sw.js")
    script = answer.content.decode()
    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-store"
    assert "caches" not in script
    assert '"fetch"' not in script
    assert not CLINICAL.search(script)
