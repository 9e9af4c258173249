"""The practice's key lost, wrong, brought back; and a rotation killed again and again."""

import base64
import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep
from uuid import uuid4

import pytest
from django.conf import settings as now
from pytest_django.fixtures import Settings

from koru.people.models import Person
from koru.sealing.keks import kek_id, wrap
from koru.sealing.models import DataKey
from koru.sealing.rotating import under_which
from koru.sealing.starting import what_is_missing
from tests.people import make_client

from .processes import ROOT, surroundings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WORDS = "canary-words-4711"
RIGHT = "dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q="
WRONG = base64.b64encode(b"another key of thirty-two bytes!").decode()
STARTS = {
    "web": ["-m", "gunicorn", "koru.wsgi", "--bind", "unix:web.sock", "--workers", "1", "--no-control-socket"],
    "worker": ["-m", "celery", "-A", "koru.celery", "worker", "--concurrency", "1", "--loglevel", "warning"],
    "beat": ["-m", "celery", "-A", "koru.celery", "beat", "--pidfile=", "--schedule", "beat"],
    "check": ["manage.py", "check", "--database", "default"],
}


def starting(words: list[str], home: Path, **given: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *(str(ROOT / word) if word == "manage.py" else word for word in words)]
    given = surroundings(1, home, PYTHONPATH=str(ROOT), **given)
    return subprocess.run(command, cwd=home, env=given, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("what", ["web", *(pytest.param(rest, marks=pytest.mark.faults) for rest in ("worker", "beat", "check"))])
def test_with_a_wrong_key_the_start_is_refused_with_one_sentence(what: str, tmp_path: Path) -> None:
    make_client(phone=WORDS)
    ended = starting(STARTS[what], tmp_path, KORU_KEK=WRONG)
    assert ended.returncode != 0
    (said,) = [line for line in (ended.stderr + ended.stdout).splitlines() if "data keys in the database sit under" in line]
    assert kek_id(now.KORU_KEKS[0]) in said
    assert "Bring the practice's key back" in said


def test_the_key_brought_back_opens_everything(settings: Settings) -> None:
    """By itself, or beside the wrong one that somebody has put first meanwhile."""
    client = make_client(phone=WORDS)
    right, wrong = settings.KORU_KEKS[0], base64.b64decode(WRONG)
    settings.KORU_KEKS = [wrong]
    assert "KORU_KEK_FILE don't hold" in str(what_is_missing())
    for keys in ([right], [wrong, right]):
        settings.KORU_KEKS = keys
        assert what_is_missing() is None
        assert Person.objects.get(pk=client.pk).phone == WORDS


@pytest.mark.faults
def test_a_rotation_killed_again_and_again_ends_with_every_key_under_the_first(tmp_path: Path, settings: Settings) -> None:
    client, number, chance = make_client(phone=WORDS), 6_000, random.Random(11)
    under = kek_id(settings.KORU_KEKS[0])
    owners = [uuid4() for _ in range(number)]
    keys = (DataKey(owner=one, wrapped=wrap(os.urandom(32), one, under), kek_id=under) for one in owners)
    DataKey.objects.bulk_create(keys, batch_size=5000)
    new = base64.b64decode(WRONG)
    given = surroundings(1, tmp_path, KORU_KEK=f"{WRONG},{RIGHT}")
    halves, kills = 0, 0
    while set(under_which()) != {kek_id(new)}:
        process = subprocess.Popen([sys.executable, "manage.py", "rotate_keys"], cwd=ROOT, env=given, stdout=subprocess.DEVNULL)
        while process.poll() is None and kills < 5:
            done = under_which().get(kek_id(new), 0)
            if done > halves + chance.randint(200, 1000):
                process.send_signal(signal.SIGKILL)
                halves, kills = done, kills + 1
            sleep(0.005)
        process.wait(120)
    assert kills == 5
    settings.KORU_KEKS = [new]
    assert under_which() == {kek_id(new): number + 1}
    assert Person.objects.get(pk=client.pk).phone == WORDS
