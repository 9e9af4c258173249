"""Another key of the practice: wrapped anew under load, gone on with after a kill, counted, and no word touched."""

import os
from collections.abc import Callable
from functools import partial
from io import StringIO
from itertools import islice
from threading import Event
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from koru.people.models import Person
from koru.sealing import keyring as rings
from koru.sealing.keks import kek_id
from koru.sealing.keyring import key_for, key_named, keyring
from koru.sealing.models import DataKey
from koru.sealing.rotating import rewrap, under_which
from tests.crowd import together
from tests.people import make_client

OLD, NEW = os.urandom(32), os.urandom(32)
WORDS = "canary-words-4711"


@pytest.fixture
def former(settings: Settings) -> list[Person]:
    """Clients whose keys sit under the practice's former key; a new one has just come first."""
    settings.KORU_KEKS = [OLD]
    clients = [make_client(phone=f"{WORDS} {number}") for number in range(12)]
    settings.KORU_KEKS = [NEW, OLD]
    return clients


def said() -> str:
    out = StringIO()
    call_command("rotate_keys", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_all_keys_are_wrapped_anew_and_everything_opens_without_the_old_one(former: list[Person], settings: Settings) -> None:
    before = set(DataKey.objects.values_list("pk", "made_at"))
    assert said() == f"12 data keys wrapped anew.\n12 under {kek_id(NEW)} (the first)\n"
    settings.KORU_KEKS = [NEW]
    assert set(DataKey.objects.values_list("pk", "made_at")) == before
    phones = [Person.objects.get(pk=client.pk).phone for client in former]
    assert phones == [f"{WORDS} {number}" for number in range(12)]
    assert said() == f"0 data keys wrapped anew.\n12 under {kek_id(NEW)} (the first)\n"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("former")
def test_stopped_in_the_middle_the_next_run_goes_on() -> None:
    assert list(islice(rewrap(batch=5), 2)) == [(5, 0), (5, 0)]
    assert under_which() == {kek_id(NEW): 10, kek_id(OLD): 2}
    assert "2 data keys wrapped anew" in said()
    assert under_which() == {kek_id(NEW): 12}


@pytest.mark.django_db
def test_a_key_under_an_unknown_one_is_told_and_left_as_it_was(former: list[Person], settings: Settings) -> None:
    settings.KORU_KEKS = [os.urandom(32)]
    stranger = make_client(phone=WORDS)
    settings.KORU_KEKS = [NEW, OLD]
    row = DataKey.objects.values().get(owner=stranger.pk)
    with pytest.raises(CommandError, match="1 data keys open under none"):
        call_command("rotate_keys", stdout=StringIO())
    assert DataKey.objects.values().get(owner=stranger.pk) == row
    assert under_which() == {kek_id(NEW): len(former), row["kek_id"]: 1}


@pytest.mark.django_db(transaction=True)
def test_clients_seal_and_open_while_it_goes_on(former: list[Person]) -> None:
    """Some wrap, some write with keys that are being wrapped, some are new: every word is there afterwards."""
    over = Event()

    def rotate() -> int:
        try:
            return sum(done for _ in range(3) for done, _ in rewrap(batch=1))
        finally:
            over.set()

    def live(client: Person) -> int:
        number = 0
        while not over.is_set() or number < 5:
            number += 1
            with keyring():
                person = Person.objects.get(pk=client.pk)
                assert person.phone.startswith(WORDS)
                person.phone = f"{WORDS} {number}"
                person.save(update_fields=["phone"])
                assert make_client(phone=WORDS).phone == WORDS
        return number

    acts: list[Callable[[], int]] = [rotate, *(partial(live, client) for client in former[:4])]
    wrapped, *times = together(acts)
    assert wrapped == 12
    assert set(under_which()) == {kek_id(NEW)}
    for client, number in zip(former, times, strict=False):
        assert Person.objects.get(pk=client.pk).phone == f"{WORDS} {number}"


@pytest.mark.django_db
def test_a_keyring_holds_a_bounded_number_of_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rings, "MOST", 3)
    owners = [UUID(int=number) for number in range(1, 9)]
    with keyring():
        kept = {owner: key_for(owner) for owner in owners}
        ring = rings._ring.get()
        assert ring is not None
        for owner, (key_id, key) in kept.items():
            assert key_named(key_id) == key
            assert key_for(owner) == (key_id, key)
            assert len(ring.by_id) <= 3
