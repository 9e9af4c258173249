"""Traps of letters that others fell into (FEATURES.md, traps 7 to 10 and 12), beyond those of tests/scheduling.

7 and 11 as far as appointments go: tests/scheduling/test_traps_of_time.py. 8: tests/faults (messages without a time, kills,
an emptied Valkey). 12 for each room's letters: test_real_letters.py.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from koru.celery import app
from koru.desk.inviting import invite_by_letter
from koru.people.models import Person
from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT
from koru.reminders.recurring import Recurring, plan_next
from koru.reminders.rhythm import Rhythm
from koru.reminders.sending import send_due
from koru.safety.noticing import ask_for_help
from koru.sealing.keyring import keyring
from scheduling.cancelling import cancel
from scheduling.models import Appointment
from scheduling.moving import move
from scheduling.session_day import miss
from scheduling.trusting import Named, ask_somebody
from tests.faults.mail_sink import Sink
from tests.people import make_client, make_clinic
from tests.scheduling.practice import NOON, Practice, at, make_practice

from .letters import due_letter, state
from .test_real_letters import PREFETCH, URL, rows

Clock = Callable[[str], time_machine.Traveller]
STEP = timedelta(minutes=30)


# 7: a failed one that is only logged


@pytest.mark.django_db(transaction=True)
def test_a_refused_letter_stays_due_and_at_last_stands_where_operators_look(settings: Settings, client: Client) -> None:
    make_clinic()
    letter = due_letter(make_client())
    with Sink("451 4.3.0 later") as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 5
        for _ in range(3):
            assert send_due() == 0
            assert state(letter) == "waits"
            assert letter.try_at > timezone.now()
            Letter.objects.update(try_at=timezone.now() - STEP)
        assert client.get("/readyz").json()["letters"] == "letters are waiting longer than five minutes"
        send_due()
    assert state(letter) == "failed: 451 4.3.0"
    assert client.get("/readyz").json()["given_up"] == "1 letters were given up"


@pytest.mark.django_db
def test_whose_account_is_closed_hears_no_more_of_anything() -> None:
    make_clinic()
    person = make_client()
    letters = [due_letter(person), due_letter(person, "session-week"), due_letter(person, "check-in")]
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert send_due() == 0
    assert {state(one) for one in letters} == {"account closed"}
    assert mail.outbox == []


# 9: the scheduler at the clock change


def test_the_beat_counts_seconds_in_utc_and_knows_no_hour_of_any_wall() -> None:
    assert str(app.conf.timezone) == "UTC"
    assert app.conf.beat_schedule["tick"]["schedule"] == 60
    assert all(isinstance(one["schedule"], float) for one in app.conf.beat_schedule.values())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/New_York", "2027-03-14", 23),
        ("America/New_York", "2026-11-01", 25),
        ("Europe/Berlin", "2027-03-28", 23),
        ("Australia/Lord_Howe", "2027-04-04", 24.5),
    ],
)
def test_through_the_day_of_a_clock_change_each_local_hour_comes_exactly_once(
    clock: Clock, zone: str, day: str, hours: float
) -> None:
    there = ZoneInfo(zone)
    midnight = datetime.fromisoformat(day).replace(tzinfo=there).astimezone(UTC)
    now, end = midnight - timedelta(minutes=5), midnight + timedelta(hours=hours)
    clock(now.isoformat())
    person = make_client(zone=zone)
    things = [Recurring("prompt-ready", person, uuid4(), Rhythm(time(hour)), context={"path": "/"}) for hour in range(9, 20, 2)]
    things += [Recurring("security", person, uuid4(), Rhythm(time(hour)), context={"path": "/"}) for hour in range(24)]
    while now < end:
        clock(now.isoformat())
        plan_next(things, now)
        Letter.objects.filter(UNSENT, due_at__lte=now).update(handed_at=now, sent_at=now)
        now += STEP
    went = Letter.objects.filter(kind="security", sent_at__isnull=False, due_at__gte=midnight, due_at__lt=end, channel="mail")
    assert went.count() == went.values("about").distinct().count() == 24


# 10: a letter for a deed that was rolled back, or none for one that was kept

DEEDS: dict[str, Callable[[Practice, Appointment], object]] = {
    "book": lambda practice, made: practice.book(at("2026-12-21 10:00"), "integration"),
    "move": lambda practice, made: move(made, at("2026-12-18 10:00"), by=practice.client),
    "cancel": lambda practice, made: cancel(made, by=practice.client, reason="plans"),
    "miss": lambda practice, made: miss(made, by=practice.therapist),
    "name somebody": lambda practice, made: ask_somebody(made, Named("Demo Lark", "lark@example.org"), by=practice.client),
    "invite": lambda practice, made: invite_by_letter("a@example.org", "Demo Fern", by=practice.staff, zone="UTC"),
    "ask for help": lambda practice, made: ask_for_help(practice.client, by=practice.client),
}


def outbox() -> list[tuple[object, ...]]:
    return sorted(Letter.objects.values_list("dedupe_key", "due_at", "withdrawn_why", "not_after"), key=str)


@pytest.mark.django_db
@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_that_fails_after_its_last_write_leaves_the_outbox_as_it_was(
    name: str, clock: Clock, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    clock(NOON)
    practice = make_practice()
    made = practice.book(at("2026-12-16 10:00"))
    if name == "miss":
        clock(at("2026-12-16 10:30").isoformat())
    before = outbox()

    @transaction.atomic
    def fails() -> None:
        DEEDS[name](practice, made)
        raise RuntimeError("after the last write")

    with keyring(), django_capture_on_commit_callbacks() as told, pytest.raises(RuntimeError):
        fails()
    assert (outbox(), told) == (before, [])
    with keyring():
        DEEDS[name](practice, Appointment.objects.get(pk=made.pk))
    assert outbox() != before, "kept, its letters are there at once"


# 12: mail scanners click


@pytest.mark.django_db
@pytest.mark.parametrize("headers", PREFETCH)
def test_a_scanner_that_opens_each_link_of_a_mail_of_several_changes_nothing(headers: dict[str, str]) -> None:
    make_clinic()
    person = make_client()
    for kind in ("session-week", "measure-due", "check-in"):
        due_letter(person, kind, asked=True)
    assert send_due() == 3
    (message,) = mail.outbox
    links = set(URL.findall(f"{message.body} {message.extra_headers['List-Unsubscribe']}"))
    assert len([one for one in links if "/reminders/stop/" in one]) == 4, "each its own, and one for all"
    before = rows()
    for link in sorted(links):
        for method in (Client().get, Client().head):
            assert method(link.rstrip(".>"), headers=headers).status_code in {200, 302, 404}, link
    assert rows() == before
