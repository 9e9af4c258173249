"""The long form: real workers and a beat killed fifty times in two thousand letters, and Valkey emptied in the middle."""

import random
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from uuid import UUID

import pytest
from celery import Celery
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
from .telling import tell
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


class Running:
    """Two workers and a beat, any of which may be killed outright and is started anew."""

    def __init__(self, folder: Path, given: dict[str, str]) -> None:
        self.folder, self.given = folder, given
        self.commands = [WORKER, WORKER, [*BEAT, "--schedule", str(folder / "beat")]]
        self.processes = [self.start(number) for number in range(len(self.commands))]

    def start(self, number: int) -> subprocess.Popen[bytes]:
        return started(self.commands[number], self.given, self.folder / f"{number}.log")

    def kill(self, number: int) -> None:
        self.processes[number].kill()
        self.processes[number].wait()

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for number in range(len(self.commands)):
            self.kill(number)


def test_fifty_kills_of_workers_and_beat_and_an_emptied_valkey_lose_nothing(poster: Celery, tmp_path: Path) -> None:
    make_clinic()
    letters = some_letters(LETTERS)
    chance, cancelled, taken_back = random.Random(11), set[UUID](), set[UUID]()
    began = time.monotonic()
    with Sink(takes=0.004) as sink, valkey_running(tmp_path):
        given = surroundings(sink.port, tmp_path, REDIS_URL=home.valkey_url(tmp_path))
        with Running(tmp_path, given) as running:
            for kill in range(KILLS):
                for letter in chance.sample(letters, 3):
                    cancelled.add(letter.pk)
                    taken_back |= {letter.pk} if withdraw(letter.about, "cancelled") else set()
                some_more(sink, poster, chance)
                if kill == KILLS // 2:
                    Redis.from_url(home.valkey_url(tmp_path)).flushall()
                doomed = chance.choice((0, 0, 1, 1, 2))
                running.kill(doomed)
                running.processes[doomed] = running.start(doomed)
            left = waiting()
            ticks_until(poster, lambda: waiting() == 0)
    together = Letter.objects.filter(sent_at__isnull=False, mail_id__isnull=False).count()
    found = {"letters": LETTERS, "kills": KILLS, "left": left, "mails": len(sink.ids), "repeats": sink.repeats}
    tell("fifty kills", **found, together=together, seconds=round(time.monotonic() - began))
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
