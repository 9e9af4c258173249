"""The long form: real workers and a beat killed fifty times in two thousand letters, and Valkey emptied in the middle."""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from celery import Celery
from django.db.models import Count, Q
from pytest_django.fixtures import Settings
from redis import Redis

from koru.reminders import poking
from koru.reminders.models import Letter
from koru.reminders.planning import withdraw
from koru.settings.addresses import broker
from koru.stack import home
from tests.people import make_clinic

from .mail_sink import Sink
from .processes import started, surroundings
from .test_letters_and_kills import nothing_lost, some_letters, waiting
from .test_letters_and_valkey import TICK, WORKER, valkey_running

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
BEAT = ["-m", "celery", "-A", "koru.celery", "beat", "--loglevel", "warning", "--pidfile", ""]
LETTERS, KILLS, PATIENCE = 2000, 50, 300


@pytest.fixture
def poster(settings: Settings, tmp_path: Path) -> Iterator[Celery]:
    settings.KORU_BROKER = broker(home.valkey_url(tmp_path))
    poking.poster.cache_clear()
    yield poking.poster()
    poking.poster.cache_clear()


def test_fifty_kills_of_workers_and_beat_and_an_emptied_valkey_lose_nothing(poster: Celery, tmp_path: Path) -> None:
    make_clinic()
    letters = some_letters(LETTERS)
    chance, cancelled, taken_back = random.Random(11), set[UUID](), set[UUID]()
    began = time.monotonic()
    with Sink(takes=0.004) as sink, valkey_running(tmp_path):
        given = surroundings(sink.port, tmp_path, REDIS_URL=home.valkey_url(tmp_path))
        commands = [WORKER, WORKER, [*BEAT, "--schedule", str(tmp_path / "beat")]]
        running = [started(words, given, tmp_path / f"{number}.log") for number, words in enumerate(commands)]
        for kill in range(KILLS):
            for letter in chance.sample(letters, 3):
                cancelled.add(letter.pk)
                taken_back |= {letter.pk} if withdraw(letter.about, "cancelled") else set()
            some_more(sink, poster, chance)
            if kill == KILLS // 2:
                Redis.from_url(home.valkey_url(tmp_path)).flushall()
            doomed = chance.choice((0, 0, 1, 1, 2))
            running[doomed].kill()
            running[doomed].wait()
            running[doomed] = started(commands[doomed], given, tmp_path / f"{doomed}.log")
        left = waiting()
        ticks_until(poster, lambda: waiting() == 0)
        for process in running:
            process.kill()
            process.wait()
    copies = {"letters": LETTERS, "kills": KILLS, "left at the last kill": left, "mails": len(sink.ids), "repeats": sink.repeats}
    together = Letter.objects.exclude(mail_id=None).aggregate(went=Count("pk", filter=Q(sent_at__isnull=False)))
    sys.stdout.write(json.dumps({**copies, "went together": together["went"], "seconds": round(time.monotonic() - began)}) + "\n")
    assert left, "the kills came too late to matter"
    assert nothing_lost(sink, cancelled, taken_back)
    assert sink.repeats <= KILLS


def some_more(sink: Sink, poster: Celery, chance: random.Random) -> None:
    """Until some letters further, while a second beat strikes; and some milliseconds into the next."""
    enough = len(sink.ids) + chance.randint(1, 20)
    ticks_until(poster, lambda: len(sink.ids) >= enough or waiting() == 0)
    time.sleep(chance.random() * 0.02)


def ticks_until(poster: Celery, holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        poster.send_task(TICK)
        time.sleep(0.3)
