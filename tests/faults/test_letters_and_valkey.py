"""Valkey, beats and clocks that misbehave: PostgreSQL keeps what is due, each letter goes once."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from celery import Celery
from django.db import transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from koru.reminders import poking
from koru.reminders.models import Letter, Tick
from koru.reminders.planning import plan
from koru.reminders.sending import send_due
from koru.settings.addresses import broker
from koru.stack import for_tests, home
from koru.stack.embedded import valkey
from tests.people import make_client, make_clinic
from tests.reminders.letters import due_letter, planned

from .mail_sink import Sink
from .processes import running, surroundings

WORKER = ["-m", "celery", "-A", "koru.celery", "worker", "--pool", "solo", "--loglevel", "warning", "--without-mingle"]
TICK = "koru.reminders.tasks.tick"


@pytest.fixture
def poster(settings: Settings, tmp_path: Path) -> Iterator[Celery]:
    """Sends to a Valkey of the test's own, which may be stopped."""
    settings.KORU_BROKER = broker(home.valkey_url(tmp_path))
    poking.poster.cache_clear()
    yield poking.poster()
    poking.poster.cache_clear()


@contextmanager
def valkey_running(folder: Path) -> Iterator[None]:
    server = valkey(folder)
    for_tests.start(server, folder)
    try:
        yield
    finally:
        for_tests.stop(server, folder / f"{server.name}.pid")


def eventually(holds: Callable[[], bool], patience: float = 40) -> None:
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)


def all_sent() -> bool:
    return not Letter.objects.filter(sent_at=None).exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_real_workers_send_at_once_and_catch_up_after_valkey_was_away(
    poster: Celery, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    make_clinic()
    person = make_client()
    with Sink() as sink:
        given = surroundings(sink.port, tmp_path, REDIS_URL=home.valkey_url(tmp_path))
        with running(WORKER, given, tmp_path / "worker.log"):
            with valkey_running(tmp_path):
                with transaction.atomic():
                    plan([planned("appointment-booked", person)])
                eventually(all_sent)
            plan([planned("appointment-changed", person), planned("appointment-booked", person)])
            assert "Valkey is away" in caplog.text
            with valkey_running(tmp_path):
                for _ in range(2):  # two beats
                    poster.send_task(TICK)
                eventually(all_sent)
                eventually(Tick.objects.exists)
    assert (len(sink.ids), sink.repeats) == (3, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong_by", [timedelta(days=1), timedelta(days=-1)])
def test_a_worker_with_a_wrong_clock_sends_what_is_due_by_the_database_once_and_nothing_else(wrong_by: timedelta) -> None:
    make_clinic()
    person = make_client()
    due_letter(person)
    early = due_letter(person, due_at=timezone.now() + timedelta(hours=2))
    with time_machine.travel(timezone.now() + wrong_by):
        assert (send_due(), send_due()) == (1, 0)
    assert send_due() == 0
    early.refresh_from_db()
    assert early.handed_at is None


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_fails_after_its_last_write_leaves_no_letter() -> None:
    person = make_client()

    def deed() -> None:
        with transaction.atomic():
            plan([planned("appointment-booked", person)])
            raise RuntimeError("after the last write")

    with pytest.raises(RuntimeError):
        deed()
    assert not Letter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_frozen_valkey_costs_a_deed_a_few_seconds_and_loses_nothing(
    poster: Celery, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    person = make_client()
    with valkey_running(tmp_path):
        poking.poke()  # a connection that is open already
        number = int((tmp_path / "valkey.pid").read_text())
        os.kill(number, signal.SIGSTOP)
        try:
            began = time.monotonic()
            plan([planned("appointment-booked", person)])
            took = time.monotonic() - began
        finally:
            os.kill(number, signal.SIGCONT)
    assert took < 6
    assert "Valkey is away" in caplog.text
    assert Letter.objects.count() == 1
