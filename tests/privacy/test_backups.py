"""A backup is made of one instant and proves itself when it is restored; whoever was erased since stays erased."""

import json
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from journaling.models import Entry
from koru.people.models import Person
from koru.privacy.anchoring import newest_anchor
from koru.privacy.backups import drilling, manifest
from koru.privacy.backups.making import back_up
from koru.privacy.backups.programs import Failed
from koru.privacy.trace import Look, write_trace
from koru.sealing.envelope import CannotOpen
from koru.sealing.models import DataKey
from koru.sealing.tombstones import bury
from tests.days import this_day
from tests.faults.processes import surroundings
from tests.people import make_client, make_clinic, make_therapist

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CANARY = "canary-words-4711"


@pytest.fixture
def world(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Person]:
    """Three clients who wrote something and were read. Processes get the test's key and tombstones of this test's own."""
    settings.KORU_TOMBSTONES = tmp_path / "tombstones"
    for name, value in surroundings(1, tmp_path).items():
        monkeypatch.setenv(name, value)
    make_clinic()
    therapist, clients = make_therapist(), [make_client(phone=CANARY) for _ in range(3)]
    for client in clients:
        at, key = timezone.now(), uuid4()
        Entry.objects.create(client=client, text=CANARY, at=at, zone="UTC", local_date=this_day(), key=key)
        write_trace([Look(client.pk, therapist.pk, "therapist", "entry", "", "timeline")])
    return clients


@pytest.fixture
def backup(world: list[Person], tmp_path: Path) -> Path:
    out = StringIO()
    call_command("backup", tmp_path / "backup", stdout=out)
    assert newest_anchor().digest in out.getvalue()
    return tmp_path / "backup"


@pytest.fixture
def elsewhere() -> Iterator[str]:
    with drilling.beside() as name:
        yield name


def asked(database: str, question: str) -> list[tuple[Any, ...]]:
    settings = connection.settings_dict
    with psycopg2.connect(dbname=database, user=settings["USER"], host=settings["HOST"]) as other, other.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def test_restored_and_proved_with_whoever_was_erased_since(world: list[Person], backup: Path, elsewhere: str) -> None:
    erased = world[0]
    bury(erased.pk, timezone.now())
    said = drilling.restored(backup, elsewhere).splitlines()
    assert said[-1] == "Yes: restored and proved. Koru may start."
    assert "1 tombstones applied." in said
    assert "One sealed row each of 2 opened." in said
    left = {str(one.pk) for one in world[1:]}
    assert {row[0] for row in asked(elsewhere, "SELECT client_id::text FROM journaling_entry")} == left
    assert str(erased.pk) not in {row[0] for row in asked(elsewhere, "SELECT owner::text FROM sealing_datakey")}
    names = dict(asked(elsewhere, "SELECT id::text, display_name FROM people_person"))
    assert names[str(erased.pk)] == "Erased"


def test_a_dump_put_back_without_its_tombstones_holds_their_words_under_a_key_that_is_gone(
    world: list[Person], backup: Path
) -> None:
    """The data of before with the keys of today."""
    erased, entry = world[0], Entry.objects.get(client=world[0])
    bury(erased.pk, timezone.now())
    assert json.loads((backup / manifest.NAME).read_text())["rows"]["journaling_entry"] == 3
    with pytest.raises(CannotOpen, match="gone"):
        _ = Entry.objects.get(pk=entry.pk).text


def test_neither_half_holds_a_word_and_no_session_lies_in_it(backup: Path) -> None:
    for file in (backup / manifest.DATA, backup / "keys" / manifest.KEYS):
        assert file.stat().st_mode & 0o077 == 0
        assert CANARY.encode() not in file.read_bytes()
    told = json.loads((backup / manifest.NAME).read_text())
    assert told["rows"]["sealing_datakey"] == DataKey.objects.count()
    assert told["rows"]["django_session"] == 0


def spoilt(backup: Path) -> None:
    file = backup / manifest.DATA
    file.write_bytes(file.read_bytes()[:-1] + b"\x00\x01")


def without_keys(backup: Path) -> None:
    (backup / "keys" / manifest.KEYS).unlink()


def unfinished(backup: Path) -> None:
    (backup / manifest.NAME).unlink()


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [(spoilt, "its sum is another"), (without_keys, "keys.dump is missing"), (unfinished, "no backup was finished there")],
)
def test_a_backup_that_is_not_whole_is_refused(harm: Callable[[Path], None], sentence: str, backup: Path) -> None:
    harm(backup)
    with pytest.raises(CommandError, match=sentence):
        call_command("restore", backup)


def test_nothing_is_restored_over_what_is_there(backup: Path) -> None:
    with pytest.raises(CommandError, match="database is not empty"):
        call_command("restore", backup)


def test_a_backup_never_goes_over_another(backup: Path) -> None:
    with pytest.raises(CommandError, match="is not empty"):
        call_command("backup", backup)


@pytest.mark.faults
def test_rows_that_are_missing_or_a_log_that_was_cut_before_the_backup_are_found(
    world: list[Person], backup: Path, elsewhere: str
) -> None:
    told = json.loads((backup / manifest.NAME).read_text())
    (backup / manifest.NAME).write_text(json.dumps({**told, "digest": "00" * 32}))
    with pytest.raises(Failed, match="No anchor has the digest"):
        drilling.restored(backup, elsewhere)


@pytest.mark.faults
def test_the_drill_says_how_long_it_took_and_leaves_nothing(world: list[Person], tmp_path: Path) -> None:
    out = StringIO()
    call_command("drill", place=tmp_path, stdout=out)
    assert "Yes: restored and proved." in out.getvalue()
    assert "restored and proved in" in out.getvalue()
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("drill")] == []
    assert asked("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'koru\\_drill\\_%'") == []


def test_what_the_programs_say_is_passed_on(world: list[Person], tmp_path: Path, settings: Settings) -> None:
    settings.KORU_PG_PROGRAMS = str(tmp_path)
    with pytest.raises(Failed, match="pg_dump is not here"):
        back_up(tmp_path / "one", tmp_path / "two")
