"""Erasing by hand, and once more in a backup that brought somebody back."""

from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from koru.people.models import Person
from koru.privacy.models import Erasure, LegalHold
from koru.sealing.keyring import keyring
from koru.sealing.models import DataKey, Tombstone
from koru.sealing.tombstones import bury
from tests.people import make_client, make_clinic, make_staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fern() -> Person:
    make_clinic()
    with keyring():
        return make_client(display_name="Fern", email="fern@example.org", phone="555 0100")


def name_of(client: Person) -> str:
    return str(Person.objects.get(pk=client.pk).display_name)


def test_by_hand_it_happens_at_once_and_twice_is_once(fern: Person) -> None:
    for _ in range(2):
        call_command("erase_client", str(fern.pk), verbosity=0)
    assert name_of(fern) == "Erased"
    assert not DataKey.objects.filter(owner=fern.pk).exists()
    assert Erasure.objects.get().done_at


def test_whoever_comes_back_with_a_backup_goes_again_and_nobody_else(fern: Person) -> None:
    other = make_client(display_name="Moss")
    bury(fern.pk, timezone.now())
    Tombstone.objects.all().delete()
    call_command("erase_client", "--buried", verbosity=0)
    assert (name_of(fern), name_of(other)) == ("Erased", "Moss")
    assert not Person.objects.filter(email="fern@example.org").exists()


def test_nobody_and_who_is_held_are_refused(fern: Person) -> None:
    with pytest.raises(CommandError, match="no client"):
        call_command("erase_client", str(uuid4()), verbosity=0)
    with keyring():
        LegalHold.objects.create(client=fern, reason="A duty.", by=make_staff())
    with pytest.raises(CommandError, match="legal duty"):
        call_command("erase_client", str(fern.pk), verbosity=0)
    assert name_of(fern) == "Fern"
