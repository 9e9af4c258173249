"""Erased is erased: nothing readable after, in the tables or in a dump from before; what stays names nobody."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.http import Http404
from django.utils import timezone
from psycopg2.sql import SQL, Identifier

from journaling.models import Entry
from koru.people.models import Alliance, Person
from koru.privacy.complaints import complaints, complaints_about
from koru.privacy.door import open_record
from koru.privacy.models import AccessRow, Erasure
from koru.reminders.models import Letter
from koru.rights import erasing, forgetting
from koru.rights.parts import PARTS, erased
from koru.sealing.envelope import CannotOpen, key_of
from koru.sealing.keyring import key_for, key_named, keyring
from koru.sealing.models import DataKey
from koru.sealing.tombstones import buried
from scheduling.cancelling import call_off_all
from scheduling.models import Appointment
from tests.sweep.canaries import CONTACT, NAME, NOTE, PRIVATE, SHARED, canary
from tests.sweep.world import World

pytestmark = pytest.mark.django_db
LEVELS = (PRIVATE, SHARED, CONTACT, NAME, NOTE)


def waited(client: Person) -> Erasure:
    """Their wait is over."""
    wish = erasing.ask_to_be_erased(by=client)
    Erasure.objects.filter(pk=wish.pk).update(due_at=timezone.now() - timedelta(seconds=1))
    return wish


def forget(client: Person) -> Erasure:
    """All steps but the VACUUM, which no transaction may hold."""
    wish = waited(client)
    with keyring():
        begun = forgetting.begin(wish.pk, timezone.now())
        assert begun
        call_off_all(by=begun)
        forgetting.forget(wish.pk)
    wish.refresh_from_db()
    return wish


def texts() -> Iterator[tuple[str, str]]:
    """Every row of every table as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(SQL("SELECT row_to_json({0})::text FROM {0}").format(Identifier(table)))
            for (row,) in cursor.fetchall():
                yield table, row


def test_nothing_of_somebody_erased_is_left_and_everything_of_everybody_else_is(world: World, rowan: Person) -> None:
    email, client_id = rowan.email, rowan.pk
    theirs = {model._meta.label: model._base_manager.filter(**{path: client_id}).count() for model, path in erased()}
    assert sum(map(bool, theirs.values())) > 50
    others = counts_of(world.people["client B"])
    wish = forget(rowan)
    for model, path in erased():
        assert not model._base_manager.filter(**{path: client_id}).exists(), model
    assert counts_of(world.people["client B"]) == others
    assert not DataKey.objects.filter(owner=client_id).exists()
    assert client_id in buried()
    assert {table for table, row in texts() if email in row} == {"reminders_letter"}, "the last one, until it is sent"
    send_all()
    assert wish.done_at
    assert swept(wish.done_at + forgetting.IN_FLIGHT) == 1
    readable = list(texts())
    for word in (*(canary(level, "A") for level in LEVELS), email):
        assert [table for table, row in readable if word in row] == [], word


def counts_of(client: Person) -> dict[str, int]:
    return {part.name: part.rows(client).count() for part in PARTS}


def test_a_dump_from_before_opens_nothing_with_the_keys_of_today(world: World, rowan: Person) -> None:
    """Their sealed columns as they were, put beside today's table of keys."""
    before = [(model, list(model._base_manager.filter(**{path: rowan.pk}).values())) for model, path in erased()]
    blobs = [bytes(value) for _, rows in before for row in rows for value in row.values() if is_blob(value)]
    assert len(blobs) > 30
    forget(rowan)
    for blob in blobs:
        with pytest.raises(CannotOpen):
            key_named(key_of(blob))
    with pytest.raises(CannotOpen):
        key_for(rowan.pk)


def is_blob(value: Any) -> bool:
    return isinstance(value, bytes | memoryview) and len(value) > 45 and bytes(value)[:1] == b"\x01"


def test_the_account_is_empty_and_closed_and_pages_about_it_are_not_there(world: World, rowan: Person) -> None:
    therapist, desk = world.people["therapist A"], world.people["desk"]
    forget(rowan)
    rowan.refresh_from_db()
    assert (rowan.display_name, rowan.phone, rowan.is_active) == ("Erased", "", False)
    assert rowan.email.endswith("@erased.invalid")
    assert not rowan.has_usable_password()
    assert not Alliance.objects.current().filter(client=rowan).exists()
    for reader in (therapist, desk, world.people["covering A"]):
        with pytest.raises(Http404), open_record(rowan.pk, by=reader, why="timeline"):
            """Not opened."""


def test_what_was_ahead_is_cancelled_and_its_people_are_told(world: World, rowan: Person) -> None:
    ahead = Appointment.objects.filter(client=rowan, state="booked", during__startswith__gt=timezone.now())
    ids = list(ahead.values_list("pk", flat=True))
    assert ids
    forget(rowan)
    assert set(Appointment.objects.filter(pk__in=ids).values_list("state", flat=True)) == {"cancelled"}
    told = Letter.objects.filter(about__in=ids, to__role="therapist", withdrawn_at=None)
    assert told.exists()


def test_the_list_of_who_looked_still_adds_up(world: World, rowan: Person) -> None:
    forget(rowan)
    assert complaints_about(rowan.pk) == []
    assert list(complaints([])) == []
    assert AccessRow.objects.filter(client=rowan, act="erased").count() == 1


def test_the_last_letter_goes_to_the_address_and_the_address_with_it(world: World, rowan: Person) -> None:
    address = rowan.email
    wish = forget(rowan)
    letter = Letter.objects.get(about=wish.pk)
    assert (letter.kind, letter.address, letter.to) == ("erased", address, None)
    assert wish.done_at
    later = wish.done_at + forgetting.IN_FLIGHT
    assert swept(later) == 0, "it has not gone yet"
    send_all()
    assert swept(later) == 1
    assert not Letter.objects.filter(address=address).exists()


def send_all() -> None:
    Letter.objects.filter(sent_at=None).update(handed_at=timezone.now(), sent_at=timezone.now())


def swept(now: datetime) -> int:
    """Without the VACUUM, which no transaction may hold."""
    forgetting.let_addresses_go(now)
    rows = Erasure.objects.filter(done_at__lte=now - forgetting.IN_FLIGHT, swept_at=None)
    return sum(forgetting.finish_sweeping(one, now) for one in rows.select_related("client"))


def test_what_a_request_in_flight_still_wrote_is_found_later(world: World, rowan: Person) -> None:
    wish = forget(rowan)
    now = timezone.now()
    late = Entry(client=rowan, text="", share="only_me", at=now, zone="UTC", local_date=now.date(), key=UUID(int=7))
    late.save()
    assert wish.done_at
    swept(wish.done_at + forgetting.IN_FLIGHT)
    assert not Entry.objects.filter(client=rowan).exists()
