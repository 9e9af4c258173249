"""One client under a new data key: every blob exchanged, whoever writes meanwhile wins, the old key destroyed in the end."""

from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import ProgrammingError, models, transaction
from django.utils import timezone

from journaling.attachments import chunks
from journaling.attachments.models import Attachment, Chunk
from journaling.attachments.ranges import Stretch
from journaling.models import Entry
from koru.people.models import Person
from koru.safety.plans import PlanVersion, SafetyPlan
from koru.sealing.columns import Column, columns
from koru.sealing.envelope import CannotOpen, key_of
from koru.sealing.fields import Blob
from koru.sealing.keyring import key_for, keyring
from koru.sealing.models import DataKey
from koru.sealing.resealing import STAYS, Resealed, exchange, reseal, retire
from tests.days import this_day
from tests.people import make_client

pytestmark = pytest.mark.django_db
WORDS = "canary-words-4711"
BYTES = bytes(range(256)) * 2 * 300
NOT_BY_DATA_KEYS = {
    "sealing.DataKey.wrapped": "a data key under the practice's",
    "privacy.ParkedForm.blob": "a browser's own key",
}


def entry_of(client: Person) -> Entry:
    now = timezone.now()
    return Entry.objects.create(client=client, text=WORDS, at=now, zone="UTC", local_date=this_day(), key=uuid4())


def recording_of(client: Person) -> Attachment:
    made = Attachment.objects.create(
        client=client, entry=entry_of(client), kind="voice", media_type="audio/webm", size=len(BYTES), key=uuid4(), words=WORDS
    )
    chunks.write(made, Chunk.Form.WHOLE, BYTES)
    return made


def plan_of(client: Person) -> PlanVersion:
    plan = SafetyPlan.objects.create(client=client, number=1)
    return PlanVersion.objects.create(plan=plan, client=client, number=1, words={"a": [WORDS]}, by=client, key=uuid4())


def keys_in_use(client: Person) -> set[Any]:
    blobs = (blob for column in columns() for _, blob, _ in column.blobs(column.rows_of(client.pk)) if blob)
    return {key_of(blob) for blob in blobs}


@pytest.fixture
def client_person() -> Person:
    client = make_client(phone=WORDS)
    recording_of(client)
    plan_of(client)
    return client


def reads_as_before(client: Person) -> bool:
    recording = Attachment.objects.get(client=client)
    heard = b"".join(chunks.read(recording, Chunk.Form.WHOLE, Stretch(0, len(BYTES) - 1)))
    words = (Person.objects.get(pk=client.pk).phone, recording.words, Entry.objects.get(client=client).text)
    return heard == BYTES and set(words) == {WORDS} and PlanVersion.objects.get(client=client).words == {"a": [WORDS]}


def test_all_of_one_client_lies_under_a_new_key_and_reads_as_before(client_person: Person) -> None:
    other = make_client(phone=WORDS)
    former, others = keys_in_use(client_person), keys_in_use(other)
    done = reseal(client_person.pk)
    assert (done.blobs, done.unopened, done.waiting, done.destroyed) == (4 + 2, 0, 1, 0)
    assert keys_in_use(client_person) == {DataKey.objects.get(owner=client_person.pk, retired_at=None).pk}
    assert not keys_in_use(client_person) & former
    assert keys_in_use(other) == others
    assert reads_as_before(client_person)


def test_the_former_key_is_destroyed_when_nobody_can_hold_it_any_more(client_person: Person) -> None:
    (former,) = keys_in_use(client_person)
    call_command("rotate_keys", data=client_person.pk, stdout=StringIO())
    again = reseal(client_person.pk)
    assert (again.blobs, again.waiting, again.destroyed) == (0, 1, 0)
    with time_machine.travel(timezone.now() + STAYS):
        assert reseal(client_person.pk).destroyed == 1
    assert not DataKey.objects.filter(pk=former).exists()
    assert reads_as_before(client_person)


def test_who_began_before_may_still_write_with_the_former_key_and_the_next_run_takes_it_along(client_person: Person) -> None:
    with keyring():
        key_for(client_person.pk)
        reseal(client_person.pk)
        late = entry_of(client_person)
    with time_machine.travel(timezone.now() + STAYS):
        assert reseal(client_person.pk).blobs == 1
    assert Entry.objects.get(pk=late.pk).text == WORDS
    assert DataKey.objects.filter(owner=client_person.pk).count() == 1


class Overtaken(Column):
    """Somebody saves other words between the reading and the exchange."""

    def blobs(self, rows: Any) -> Any:
        found = list(super().blobs(rows))
        for entry in Entry.objects.filter(pk__in=[pk for pk, _, _ in found]):
            entry.text = "newer words"
            entry.save()
        return iter(found)


def test_whoever_writes_meanwhile_wins() -> None:
    entry, done = entry_of(make_client()), Resealed()
    retire(entry.client_id)
    exchange(Overtaken(Entry, "text", "client_id"), entry.client_id, [entry.pk], done)
    assert done.blobs == 0
    assert Entry.objects.get(pk=entry.pk).text == "newer words"


def test_what_is_written_once_is_guarded_again_afterwards(client_person: Person) -> None:
    reseal(client_person.pk)
    with pytest.raises(ProgrammingError, match="written once"), transaction.atomic():
        PlanVersion.objects.update(number=2)


def test_a_blob_that_does_not_open_is_told_and_keeps_the_former_key(client_person: Person) -> None:
    entry = Entry.objects.get(client=client_person)
    blob = entry.__dict__["text"]
    Entry.objects.filter(pk=entry.pk).update(text=Blob(blob[:-1] + bytes([blob[-1] ^ 1])))
    done = reseal(client_person.pk)
    assert (done.unopened, done.waiting) == (1, 1)
    with time_machine.travel(timezone.now() + STAYS):
        assert reseal(client_person.pk).destroyed == 0
    with pytest.raises(CannotOpen):
        _ = Entry.objects.get(pk=entry.pk).text


def test_every_sealed_column_is_known() -> None:
    """One that nobody told of would be left under the former key, and so would be lost with it."""
    known = {f"{column.model._meta.label}.{column.name}" for column in columns()}
    said = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.BinaryField) and str(field.db_comment or "sealed: ").startswith("sealed: ")
    }
    assert said - known == set(NOT_BY_DATA_KEYS)
    assert known <= said
