"""An erased owner's keys are gone for good: from the table, from its file on the disk, and from every backup restored."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from koru.sealing.envelope import CannotOpen
from koru.sealing.keyring import key_for, key_named
from koru.sealing.models import DataKey, Tombstone
from koru.sealing.tombstones import FILE, buried, bury, forget_for_good, is_buried, write_down
from tests.crowd import together
from tests.stack.running import until

AT = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.KORU_TOMBSTONES = tmp_path / "not" / "there yet"
    return tmp_path / "not" / "there yet"


@pytest.mark.django_db
def test_a_key_that_was_buried_opens_nothing_and_is_never_made_again() -> None:
    owner, other = uuid4(), uuid4()
    key_id, _ = key_for(owner)
    kept = key_for(other)
    bury(owner, AT)
    assert is_buried(owner)
    with pytest.raises(CannotOpen):
        key_named(key_id)
    with pytest.raises(CannotOpen):
        key_for(owner)
    assert key_for(other) == kept


@pytest.mark.django_db
def test_retired_keys_go_with_the_live_one() -> None:
    owner = uuid4()
    key_for(owner)
    DataKey.objects.filter(owner=owner).update(retired_at=AT)
    key_for(owner)
    bury(owner, AT)
    assert not DataKey.objects.filter(owner=owner).exists()


@pytest.mark.django_db
def test_twice_is_once_and_the_first_instant_stays(folder: Path) -> None:
    owner = uuid4()
    bury(owner, AT)
    bury(owner, AT + timedelta(days=1))
    assert buried() == {owner: AT}
    assert Tombstone.objects.get(owner=owner).at == AT
    assert (folder / FILE).read_bytes().count(b"\n") == 1


@pytest.mark.django_db
def test_the_file_names_an_id_and_an_instant_and_nothing_else(folder: Path) -> None:
    owner = uuid4()
    bury(owner, AT)
    assert [json.loads(line) for line in (folder / FILE).read_text().splitlines()] == [
        {"client": str(owner), "at": "2026-11-01T08:30:00+00:00"}
    ]
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_a_backup_from_before_is_buried_by_the_file() -> None:
    """The database forgets the tombstone, as an older backup would; the file doesn't."""
    owner = uuid4()
    bury(owner, AT)
    Tombstone.objects.all().delete()
    key_id, _ = key_for(owner)
    for one, at in buried().items():
        bury(one, at)
    with pytest.raises(CannotOpen):
        key_named(key_id)


def test_a_line_cut_short_costs_neither_the_ones_before_nor_after(folder: Path) -> None:
    first, second = uuid4(), uuid4()
    write_down(first, AT)
    with (folder / FILE).open("ab") as file:
        file.write(b'{"client": "0198')
    write_down(second, AT)
    assert buried() == {first: AT, second: AT}


@pytest.mark.parametrize("line", [b"", b"[]", b"null", b"{}", b'{"client": 1, "at": 2}', b"\xff\xfe", b'{"client": "x"}'])
def test_a_line_that_names_nobody_is_passed_over(folder: Path, line: bytes) -> None:
    owner = uuid4()
    write_down(owner, AT)
    with (folder / FILE).open("ab") as file:
        file.write(line + b"\n")
    assert buried() == {owner: AT}


def test_nobody_is_named_where_nothing_was_written() -> None:
    assert buried() == {}


@pytest.mark.django_db(transaction=True)
def test_a_key_made_at_the_same_instant_does_not_outlive_its_owner() -> None:
    """First writes and an erasing all at once: whatever order they come in, no key is left."""
    owners = [uuid4() for _ in range(4)]

    def write(owner: UUID) -> None:
        with suppress(CannotOpen):
            key_for(owner)

    together([partial(deed, one) for one in owners for deed in (write, partial(bury, at=AT))])
    assert not DataKey.objects.filter(owner__in=owners).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", [0, 10, 20])
def test_the_wrapped_key_is_gone_from_the_tables_file(place: int) -> None:
    """Wherever it lay among others': the room that a row leaves is not always written over."""
    owners = [uuid4() for _ in range(21)]
    owner = owners[place]
    for one in owners:
        key_for(one)
    wrapped = bytes(DataKey.objects.get(owner=owner).wrapped)
    assert wrapped in on_disk()
    bury(owner, AT)
    assert until(lambda: forgotten(wrapped), 60), "as soon as nobody is left who began before"


def forgotten(wrapped: bytes) -> bool:
    forget_for_good()
    return wrapped not in on_disk()


def on_disk() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath('sealing_datakey'))")
        return bytes(cursor.fetchone()[0])
