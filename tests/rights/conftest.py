"""A practice in which one of everything is there of a client, as the sweep has it; and that client's copy, made once."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from journaling.models import Draft, Entry
from koru.people.models import Person
from koru.privacy.door import open_record
from koru.reminders.models import Letter
from koru.rights.parts import PARTS
from koru.sealing.keyring import keyring
from tests.sweep.world import World, make_world

from .copies import opened, record_of


@pytest.fixture(autouse=True)
def _graves_apart(settings: Settings, tmp_path: Path) -> None:
    settings.KORU_TOMBSTONES = tmp_path / "tombstones"


@pytest.fixture
def world(db: None) -> World:
    with keyring():
        return make_world()


@pytest.fixture
def rowan(world: World) -> Person:
    return world.people["client A"]


@dataclass(frozen=True)
class Copy:
    """What was in the copy of client A, and what the database held of them as it was made."""

    zip: ZipFile
    record: dict[str, list[dict[str, Any]]]
    page: str
    counts: dict[str, int]
    shares: dict[str, str]
    damaged: str
    therapist: str


@pytest.fixture(scope="module")
def copy(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Copy:
    """Made in a transaction that is taken back: what stays are plain values."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = _copy()
        transaction.set_rollback(True)
    return made


def _copy() -> Copy:
    with keyring():
        world = make_world()
    client, therapist = world.people["client A"], world.people["therapist A"]
    with open_record(client, by=therapist, why="brief"):
        pass
    damaged = _damage_a_draft(client)
    zipped = opened(client)
    Letter.objects.filter(kind="copy-ready").delete()  # came after
    return Copy(
        zip=zipped,
        record=record_of(zipped),
        page=zipped.read("read-me.html").decode(),
        counts={part.name: part.rows(client).count() for part in PARTS},
        shares={str(pk): share for pk, share in Entry.objects.filter(client=client).values_list("pk", "share")},
        damaged=damaged,
        therapist=therapist.display_name,
    )


def _damage_a_draft(client: Person) -> str:
    draft = Draft.objects.filter(client=client).values_list("pk", flat=True)[0]
    flip = "UPDATE journaling_draft SET text = set_byte(text, 40, 1 # get_byte(text, 40)) WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute(flip, [draft])
    return str(draft)
