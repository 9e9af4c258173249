"""Texts: to a number that was said yes for, by day, one a day and three a week; and what a provider's answers mean."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from pytest_django.fixtures import Settings

from koru.people.consents import withdraw_consent
from koru.people.models import Person
from koru.reminders import text_providers
from koru.reminders.models import Letter
from koru.reminders.numbers import stop_texts
from koru.reminders.sending import send_due
from koru.reminders.text_numbers import Texted, TextNumber, reachable
from koru.reminders.text_providers import Kept
from tests.people import make_client, make_clinic, make_staff

from .letters import due_letter, state
from .phones import NIGHT, NUMBER, texted, with_number
from .push_service import HOST, Service

pytestmark = pytest.mark.django_db
Sink = Callable[[], list[Kept]]


def ahead(person: Person) -> dict[str, list[str]]:
    """By kind, the channels of what is still to come."""
    found: dict[str, list[str]] = {}
    for row in Letter.objects.waiting().filter(to=person).order_by("channel"):
        found.setdefault(row.kind, []).append(row.channel)
    return found


@pytest.fixture
def client() -> Person:
    make_clinic()
    return with_number(make_client())


@pytest.fixture
def provider(running: Service, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Service]:
    """A provider on this machine that answers as the path says: /202/x takes it, /404/x knows no such number."""

    def answering(how: str, **changed: object) -> Service:
        running.got.clear()
        settings.KORU_TEXTS_URL, settings.KORU_TEXTS_SECRET = f"https://{HOST}/{how}/texts", "a-secret-of-the-provider"
        monkeypatch.setattr(text_providers, "bounds", running.bounds(**changed))
        return running

    return answering


def test_a_letter_goes_as_one_line_with_a_short_link(client: Person, sink: Sink) -> None:
    letter = texted(client)
    assert send_due() == 1
    assert state(letter) == "sent"
    [got] = sink()
    assert got.to == NUMBER
    assert got.words.startswith("Koru: tomorrow ")
    assert "https://koru.example.org/t/" in got.words
    assert not mail.outbox


def test_a_provider_gets_number_words_secret_and_the_letters_own_key(client: Person, provider: Callable[[str], Service]) -> None:
    service, letter = provider("202"), texted(client)
    send_due()
    assert state(letter) == "sent"
    [got] = service.got
    assert json.loads(got.body).keys() == {"to", "text"}
    assert json.loads(got.body)["to"] == NUMBER
    assert got.headers["authorization"] == "Bearer a-secret-of-the-provider"
    assert UUID(got.headers["idempotency-key"]) == letter.pk
    assert got.headers["content-type"] == "application/json"


@pytest.mark.parametrize("how", ["503", "429", "500", "302", "401"])
def test_a_provider_that_fails_is_tried_three_times_more_then_mail_stands_in(
    client: Person, provider: Callable[[str], Service], how: str
) -> None:
    service, letter = provider(how), texted(client, dedupe_key="note:text")
    for _ in range(4):
        send_due()
        letter.refresh_from_db()
        assert letter.handed_at is None
        Letter.objects.update(try_at=F("due_at"))
    assert state(letter) == f"failed: text {how}"
    assert len(service.got) == 4
    assert ahead(client) == {"session-tomorrow": ["mail"]}
    assert reachable().exists()


def test_what_a_provider_finds_odd_is_not_tried_again_and_comes_by_mail(
    client: Person, provider: Callable[[str], Service]
) -> None:
    service, letter = provider("422"), texted(client, dedupe_key="note:text")
    send_due()
    assert state(letter) == "failed: text 422"
    assert ahead(client) == {"session-tomorrow": ["mail"]}
    assert len(service.got) == 1


@pytest.mark.parametrize("how", ["404", "410"])
def test_a_number_that_is_not_known_is_tried_no_more_and_all_notes_come_by_mail(
    client: Person, provider: Callable[[str], Service], how: str
) -> None:
    provider(how)
    letter, other = (
        texted(client, dedupe_key="note:text"),
        texted(client, due_at=timezone.now() + timedelta(hours=23)),
    )  # one a day
    send_due()
    assert [state(letter), state(other)] == ["another way", "another way"]
    assert ahead(client) == {"session-tomorrow": ["mail", "mail"]}
    assert TextNumber.objects.get().not_reached_at
    assert not reachable().exists()


@pytest.mark.parametrize("how", ["hang", "drip"])
def test_a_provider_that_hangs_is_left_in_time_and_holds_up_one_letter(
    client: Person, provider: Callable[..., Service], how: str
) -> None:
    service = provider(how, seconds=0.5)
    first = texted(client, due_at=timezone.now() - timedelta(minutes=9))
    second, by_mail = texted(with_number(make_client())), due_letter(client, due_at=timezone.now() - timedelta(minutes=5))
    assert send_due() == 1
    assert (state(first), state(second), state(by_mail)) == ("waits", "waits", "sent")
    first.refresh_from_db()
    assert first.handed_at
    assert len(service.got) == 1


def test_a_repeat_says_the_same_under_the_same_key(client: Person, provider: Callable[..., Service]) -> None:
    service, _ = provider("hang", seconds=0.5), texted(client)
    send_due()
    [first] = service.got
    provider("202")
    Letter.objects.update(try_at=F("due_at"))
    assert send_due() == 1
    [again] = service.got
    assert (again.body, again.headers["idempotency-key"]) == (first.body, first.headers["idempotency-key"])


def test_a_provider_in_a_private_network_is_not_asked(client: Person, provider: Callable[..., Service]) -> None:
    service = provider("202", may_connect=text_providers.bounds().may_connect)
    letter = texted(client)
    send_due()
    assert state(letter) == "waits"
    assert service.got == []


def test_at_night_a_text_waits_for_the_morning(sink: Sink) -> None:
    make_clinic()
    client = with_number(make_client(), hour=NIGHT)
    letter = texted(client, "appointment-changed")
    send_due()
    letter.refresh_from_db()
    assert state(letter) == "waits"
    assert letter.try_at.astimezone(letter.clock).hour == 8
    assert not sink()


def test_what_would_come_too_late_in_the_morning_comes_by_mail_now(sink: Sink) -> None:
    make_clinic()
    client = with_number(make_client(), hour=NIGHT)
    starts = timezone.now() + timedelta(hours=5, minutes=30)
    letter = texted(client, "appointment-changed", not_after=starts, dedupe_key="note:text")
    send_due()
    assert state(letter) == "too late"
    assert ahead(client) == {"appointment-changed": ["mail"]}
    assert not sink()


def test_the_second_of_a_day_and_the_fourth_of_a_week_come_by_mail(client: Person, sink: Sink) -> None:
    sent = [texted(client, dedupe_key=f"{n}:text") for n in range(2)]
    send_due()
    assert sorted(state(one) for one in sent) == ["sent", "too many texts"]
    assert ahead(client) == {"session-tomorrow": ["mail"]}
    assert len(sink()) == 1
    now = timezone.now()
    for back in (1, 3):
        texted(
            client, handed_at=now - timedelta(days=back), sent_at=now - timedelta(days=back), due_at=now - timedelta(days=back)
        )
    Letter.objects.filter(handed_at__gt=now - timedelta(hours=1)).update(handed_at=now - timedelta(days=2))
    Texted.objects.all().delete()
    fourth = texted(client)
    send_due()
    assert state(fourth) == "too many texts"


def test_the_more_important_of_a_day_is_the_one_that_goes(client: Person, sink: Sink) -> None:
    less = texted(client, "meeting-tomorrow", due_at=timezone.now() - timedelta(minutes=9), dedupe_key="less:text")
    more = texted(client, "appointment-changed")
    send_due()
    assert (state(less), state(more)) == ("too many texts", "sent")
    assert len(sink()) == 1


def test_the_database_holds_one_text_a_day(client: Person) -> None:
    today, until = timezone.now().date(), timezone.now()
    Texted.objects.create(letter=texted(client), person=client, day=today, link_hash="a", until=until)
    with pytest.raises(IntegrityError), transaction.atomic():
        Texted.objects.create(letter=texted(client), person=client, day=today, link_hash="b", until=until)
    Texted.objects.create(letter=texted(client), person=client, day=None, link_hash="c", until=until)


def test_a_text_that_surely_did_not_arrive_leaves_the_day_free(client: Person, provider: Callable[[str], Service]) -> None:
    provider("422")
    texted(client)
    send_due()
    provider("202")
    second = texted(client)
    send_due()
    assert state(second) == "sent"


def test_after_stop_what_is_on_its_way_takes_another_way(client: Person, sink: Sink) -> None:
    letter = texted(client, "session-today", due_at=timezone.now() + timedelta(hours=2), dedupe_key="note:text")
    stop_texts(client, by=client)
    assert state(letter) == "another way"
    assert ahead(client) == {"session-today": ["mail"]}
    late = texted(client, dedupe_key="late:text")
    send_due()
    assert state(late) == "another way"
    assert not sink()


def test_a_yes_taken_back_at_the_desk_stops_it_at_once(client: Person, sink: Sink) -> None:
    letter = texted(client, dedupe_key="note:text")
    withdraw_consent(client, "sms", by=make_staff())
    send_due()
    assert state(letter) == "another way"
    assert not sink()


def test_a_mail_that_had_made_room_for_a_text_comes_back_when_the_text_can_not_go(
    client: Person, provider: Callable[[str], Service]
) -> None:
    provider("422")
    texted(client, dedupe_key="note:text")
    away = due_letter(
        client, "session-tomorrow", withdrawn_at=timezone.now(), withdrawn_why="another way", dedupe_key="note:mail"
    )
    send_due()
    assert state(away) == "waits"


def test_without_a_provider_nobody_is_reached_by_text(client: Person, settings: Settings) -> None:
    settings.KORU_TEXTS_URL = ""
    letter = texted(client)
    assert send_due() == 0
    assert state(letter) == "waits"
