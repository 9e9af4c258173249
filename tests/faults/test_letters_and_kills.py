"""Workers that are killed outright: nothing lost, repeats known by their Message-ID, nothing withdrawn ever delivered."""

import random
import time
from collections.abc import Iterable
from datetime import time as time_of_day
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db.models import F
from django.utils import timezone

from koru.reminders.choices import set_quiet_hours
from koru.reminders.models import Letter
from koru.reminders.planning import withdraw
from koru.reminders.stop_points import POINTS
from tests.people import make_client, make_clinic
from tests.reminders.letters import EVERYTHING, due_letter
from tests.stack.running import until

from .mail_sink import Sink
from .processes import ROOT, remind_once, running, started, surroundings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
LETTERS, ROUNDS, DOOMED = 500, 5, 2
WORKER = [str(ROOT / "tests" / "faults" / "letter_worker.py")]


def message_ids(letters: Iterable[Letter]) -> set[str]:
    return {f"<{letter.mail_id or letter.pk}@demo.example.org>" for letter in letters}


def some_letters(number: int) -> list[Letter]:
    """Half of them go alone; the others' readers have two that go together. Each says an address of its own."""
    made = []
    for one in range(number):
        if one % 4 != 3:
            reader = make_client()
            set_quiet_hours(reader, time_of_day(0), time_of_day(0), by=reader)
        kind = ("appointment-booked", "appointment-booked", "session-week", "meeting-tomorrow")[one % 4]
        path = f"/said/{uuid4()}/"
        made.append(due_letter(reader, kind, context={**EVERYTHING, "path": path, "change_path": path}))
    return made


def is_said(letter: Letter, sink: Sink) -> bool:
    """Whether the first copy of its mail holds it."""
    (name,) = message_ids([letter])
    return letter.context["path"] in sink.firsts.get(name, "")


def waiting() -> int:
    return Letter.objects.filter(sent_at=None, withdrawn_at=None, failed_at=None).count()


def until_done(patience: float) -> None:
    end = time.monotonic() + patience
    while waiting() and time.monotonic() < end:
        time.sleep(0.1)


def test_ten_kills_lose_nothing_and_deliver_nothing_withdrawn(tmp_path: Path) -> None:
    make_clinic()
    letters = some_letters(LETTERS)
    chance, cancelled, taken_back = random.Random(7), set[UUID](), set[UUID]()
    with Sink(takes=0.004) as sink:
        given = surroundings(sink.port, tmp_path, PYTHONPATH=str(ROOT))
        for number in range(ROUNDS):
            logs = [tmp_path / f"{number}-{doomed}.log" for doomed in range(DOOMED)]
            workers = [started(WORKER, given, log) for log in logs]
            for worker, log in zip(workers, logs, strict=True):
                await_line(log, "ready")
                for letter in chance.sample(letters, 4):
                    cancelled.add(letter.pk)
                    taken_back |= {letter.pk} if withdraw(letter.about, "cancelled") else set()
                some_went(sink, chance)
                worker.kill()
                worker.wait()
        assert waiting(), "the kills came too late to matter"
        with running(WORKER, given, tmp_path / "steady.log"):
            until_done(60)
    assert waiting() == 0
    assert nothing_lost(sink, cancelled, taken_back)
    assert sink.repeats <= ROUNDS * DOOMED


def nothing_lost(sink: Sink, cancelled: set[UUID], taken_back: set[UUID]) -> bool:
    """Every letter that was not cancelled is in the first copy of its mail; none that was taken back is in any."""
    kept = Letter.objects.exclude(pk__in=cancelled)
    gone = Letter.objects.filter(pk__in=taken_back)
    assert not [one.pk for one in kept if not is_said(one, sink)]
    assert kept.filter(sent_at=None).count() == 0
    assert gone
    everything = "".join(sink.firsts.values())
    assert not [one.pk for one in gone if one.context["path"] in everything]
    return not gone.exclude(handed_at=None).exists()


def some_went(sink: Sink, chance: random.Random) -> None:
    """Until a worker is in the midst of it, however slow the machine: some letters further, and some milliseconds."""
    enough = len(sink.ids) + chance.randint(1, 20)
    assert until(lambda: len(sink.ids) >= enough, patience=60)
    time.sleep(chance.random() * 0.02)


def await_line(log: Path, line: str) -> None:
    end = time.monotonic() + 30
    while not (log.exists() and line in log.read_text()):
        assert time.monotonic() < end, f"no {line!r} in the log"
        time.sleep(0.01)


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_that_dies_at_a_named_line_loses_nothing(point: str, tmp_path: Path) -> None:
    make_clinic()
    some_letters(4)
    with Sink() as sink:
        given = surroundings(sink.port, tmp_path)
        assert remind_once({**given, "KORU_STOP_AT": point}) == 9
        Letter.objects.exclude(lease_until=None).update(lease_until=F("lease_until") - timedelta(minutes=1))
        assert remind_once(given) == 0
    letters = Letter.objects.all()
    assert len(message_ids(letters)) == 3, "two of the four go together"
    assert set(sink.ids) == message_ids(letters)
    assert all(is_said(one, sink) for one in letters)
    assert sink.repeats <= 1
    assert waiting() == 0


def test_what_was_withdrawn_while_its_worker_lay_dead_is_not_sent_again(tmp_path: Path) -> None:
    make_clinic()
    about = uuid4()
    letter = due_letter(make_client(), about=about)
    with Sink() as sink:
        given = surroundings(sink.port, tmp_path)
        assert remind_once({**given, "KORU_STOP_AT": "after_handed"}) == 9
        assert withdraw(about, "cancelled") == 0
        Letter.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        assert remind_once(given) == 0
    letter.refresh_from_db()
    assert not sink.ids
    assert letter.withdrawn_why == "in doubt, too late"
