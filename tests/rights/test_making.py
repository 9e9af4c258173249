"""A copy on its way: one at a time, whatever is pressed; made on by whoever is there; gone after its day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from koru.people.clinic import the_clinic
from koru.people.models import Person
from koru.privacy.models import Export, ExportPiece
from koru.reminders.models import Letter
from koru.reminders.rendering import rendered
from koru.rights import making
from koru.rights.asking import ask_for_copy, remove_copy
from koru.rights.gathering import JSON, PAGE, names
from koru.sealing.keyring import keyring
from tests.crowd import together
from tests.people import make_client, make_clinic

from .copies import made_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_person() -> Person:
    make_clinic()
    return make_client()


def begun(client: Person, parts: int) -> Export:
    """One whose worker was killed after so many parts."""
    worker = uuid4()
    with keyring():
        export = ask_for_copy(by=client)
        assert making.claim(worker) == export.pk
        for _ in range(parts):
            assert making.part_made(export.pk, worker)
    export.refresh_from_db()
    return export


def test_asked_for_twice_it_is_one(client_person: Person) -> None:
    assert ask_for_copy(by=client_person) == ask_for_copy(by=client_person)
    assert Export.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_asked_for_by_many_presses_at_once_it_is_one_and_two_workers_make_it_once() -> None:
    make_clinic()
    client = make_client()
    together([lambda: ask_for_copy(by=client)] * 6)
    made = together([making.make_copies] * 3)
    assert sorted(one for one in made if isinstance(one, int)) == [0, 0, 1]
    export = Export.objects.get()
    assert (export.state, export.done) == (Export.State.READY, len(names()))
    assert ExportPiece.objects.filter(name=JSON).count() == 1
    assert Letter.objects.filter(kind="copy-ready", channel="mail").count() == 1


def test_a_new_one_takes_the_place_of_a_ready_one(client_person: Person) -> None:
    first = made_for(client_person)
    second = made_for(client_person)
    first.refresh_from_db()
    assert (first.state, second.state) == (Export.State.GONE, Export.State.READY)
    assert not ExportPiece.objects.filter(export=first).exists()


def test_a_worker_that_was_killed_is_followed_by_another_that_goes_on(client_person: Person) -> None:
    export = begun(client_person, parts=2)
    kept = dict(ExportPiece.objects.values_list("name", "pk"))
    assert set(kept) == {PAGE, JSON}
    assert making.claim(uuid4()) is None, "it is held for two minutes"
    Export.objects.update(lease_until=timezone.now() - timedelta(hours=1))
    assert making.make_copies() == 1
    export.refresh_from_db()
    assert export.state == Export.State.READY
    assert {name: pk for name, pk in ExportPiece.objects.values_list("name", "pk") if name in kept} == kept


def test_a_worker_that_comes_back_late_does_nothing_more(client_person: Person) -> None:
    export = begun(client_person, parts=1)
    late = export.claimed_by
    assert late
    Export.objects.update(lease_until=timezone.now() - timedelta(hours=1))
    assert making.claim(uuid4()) == export.pk
    with pytest.raises(making.Lost):
        making.part_made(export.pk, late)
    assert ExportPiece.objects.count() == 1


def test_one_that_cannot_be_made_is_given_up_after_five_times_and_can_be_asked_for_anew(client_person: Person) -> None:
    export = ask_for_copy(by=client_person)
    type(client_person).objects.filter(pk=client_person.pk).update(zone="Nowhere/At all")  # breaks the page
    for _ in range(making.MOST_ATTEMPTS):
        assert making.make_copies() == 0
        Export.objects.update(lease_until=None)
    export.refresh_from_db()
    assert export.state == Export.State.FAILED
    type(client_person).objects.filter(pk=client_person.pk).update(zone="America/New_York")
    assert made_for(client_person) != export


def test_it_is_gone_after_its_day_and_what_was_sealed_with_it(client_person: Person) -> None:
    export = made_for(client_person)
    assert export.expires_at
    assert making.let_old_ones_go(export.expires_at - timedelta(seconds=1)) == 0
    assert making.let_old_ones_go(export.expires_at) == 1
    assert making.let_old_ones_go(export.expires_at) == 0
    assert not ExportPiece.objects.exists()
    assert list(Export.objects.open_at(export.expires_at)) == []


def test_only_its_owner_lets_it_go(client_person: Person) -> None:
    export = made_for(client_person)
    assert not remove_copy(export.pk, by=make_client())
    assert remove_copy(export.pk, by=client_person)
    assert not remove_copy(export.pk, by=client_person)


def test_what_is_kept_of_it_is_sealed(client_person: Person) -> None:
    client_person.phone = "555 0100 canary"
    client_person.save()
    export = made_for(client_person)
    assert "555 0100 canary" in "".join(piece.words for piece in ExportPiece.objects.filter(export=export))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(*) FILTER (WHERE position('canary' IN encode(words, 'escape')) > 0)"
                       " FROM privacy_exportpiece")  # fmt: skip
        count, readable = cursor.fetchone()
    assert count > 3
    assert readable == 0


def test_the_letter_says_neither_what_it_is_nor_opens_anything(client_person: Person) -> None:
    made_for(client_person)
    letter = Letter.objects.get(kind="copy-ready", channel="mail")
    text = rendered(letter, the_clinic(), timezone.now()).text
    assert "/settings/export/" in text
    assert not any(word in text.replace("/settings/export/", "").lower() for word in ("record", "journal", "therap", "ketamin"))
    assert letter.token == ""
