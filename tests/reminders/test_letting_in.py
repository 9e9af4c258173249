"""Letting a browser in and turning it off: known services alone, its owner's yes, its own sign-in."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from pytest_django.fixtures import Settings

from koru.people.consents import has_consent, withdraw_consent
from koru.people.models import Consent, Person
from koru.reminders import pushing
from koru.reminders.devices import Device
from koru.reminders.letting_in import LONGEST, MOST, NoSubscription, Subscription, devices_of, let_in
from koru.reminders.models import Preferences
from koru.reminders.planning import plan
from koru.reminders.sending import send_due
from koru.sealing.keyring import keyring
from tests.people import make_client, make_clinic, make_staff, make_therapist

from .devices import PLACE, letting, pushed, web_of
from .letters import planned, state
from .push_service import HOST, Browser, Service, encoded
from .test_ceilings import noon_in
from .test_ways import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Person:
    make_clinic()
    return make_client()


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


def test_by_letting_in_a_client_agrees_to_the_words_and_by_turning_off_the_last_one_takes_it_back(client: Person) -> None:
    web = letting(client, Browser().subscription("/201/one"))
    letting(client, Browser().subscription("/201/two"), web)
    consent = Consent.objects.get(client=client, kind="push")
    assert "Koru may show short notes on this device." in consent.words
    for device in Device.objects.all():
        assert has_consent(client, "push")
        web.post(f"{PLACE}put-out/", {"device": device.pk})
    assert not has_consent(client, "push")


def test_a_yes_taken_back_at_the_desk_stops_it_at_once(client: Person, service: Service) -> None:
    letting(client, Browser().subscription())
    letter = pushed(client, dedupe_key="note:push")
    withdraw_consent(client, "push", by=make_staff())
    send_due()
    assert service.got == []
    assert state(letter) == "another way"
    assert not devices_of(client).exists()


def test_who_works_here_lets_a_device_in_without_a_consent(service: Service) -> None:
    make_clinic()
    therapist = make_therapist()
    letting(therapist, Browser().subscription())
    letter = pushed(therapist)
    send_due()
    assert state(letter) == "sent"
    assert not Consent.objects.exists()


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
