"""Two devices and one text: each version stands beside the other, for new entries and for changes of kept ones."""

from uuid import uuid4

import pytest
from django.test import Client

from journaling import drafts, writing
from journaling.drafts import Unfinished
from journaling.models import Draft, Entry, EntryRevision
from journaling.writing import Written
from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests.journaling.sittings import make_pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def rowan() -> Person:
    return make_pair()[0]


@pytest.fixture
def own(client: Client, rowan: Person) -> Client:
    client.force_login(rowan)
    return client


def entry_of(rowan: Person) -> Entry:
    with keyring():
        return writing.keep(Written("The river."), key=uuid4(), by=rowan)


def page(own: Client, path: str) -> str:
    return own.get(path).content.decode()


def test_two_changes_of_one_entry_stand_side_by_side_and_either_can_be_gone_on_with(own: Client, rowan: Person) -> None:
    entry = entry_of(rowan)
    with keyring():
        for text in ("The river, from the phone.", "The river, from the laptop."):
            drafts.save(Unfinished(uuid4(), text=text, about=entry.pk), by=rowan)
    shown = page(own, f"/journal/{entry.pk}/edit/")
    assert "2 versions of these words" in shown
    assert "from the phone." in shown
    assert "from the laptop." in shown
    phone = next(draft for draft in Draft.objects.all() if "phone" in draft.text)
    assert "from the phone.</textarea>" in page(own, f"/journal/{entry.pk}/edit/?draft={phone.pk}")


def test_saving_one_keeps_the_other_to_be_found(own: Client, rowan: Person) -> None:
    entry, key = entry_of(rowan), uuid4()
    with keyring():
        drafts.save(Unfinished(uuid4(), text="The river, from the phone.", about=entry.pk), by=rowan)
        drafts.save(Unfinished(key, text="The river, from the laptop.", about=entry.pk), by=rowan)
    own.post(f"/journal/{entry.pk}/edit/", {"text": "The river, from the laptop.", "key": str(key), "revision": "1"})
    assert Entry.objects.get().text == "The river, from the laptop."
    assert [draft.text for draft in Draft.objects.all()] == ["The river, from the phone."]
    assert "from the phone." in page(own, "/journal/")


def test_words_begun_before_another_device_saved_are_shown_beside_what_is_kept_now(own: Client, rowan: Person) -> None:
    entry = entry_of(rowan)
    with keyring():
        drafts.save(Unfinished(uuid4(), text="The river, begun here.", about=entry.pk), by=rowan)
        writing.edit(entry, "", "The river, saved there.", key=uuid4(), by=rowan)
    shown = page(own, f"/journal/{entry.pk}/edit/")
    assert "What was kept meanwhile" in shown
    assert "saved there." in shown
    assert "begun here.</textarea>" in shown


def test_saving_over_what_another_device_saved_keeps_that_in_the_history(own: Client, rowan: Person) -> None:
    entry = entry_of(rowan)
    with keyring():
        writing.edit(entry, "", "The river, saved there.", key=uuid4(), by=rowan)
    own.post(f"/journal/{entry.pk}/edit/", {"text": "The river, from here.", "key": str(uuid4()), "revision": "0"})
    assert {row.text for row in EntryRevision.objects.all()} == {"The river.", "The river, saved there."}
    assert "saved there." in page(own, f"/journal/{entry.pk}/")


def test_alone_nothing_is_said_of_versions(own: Client, rowan: Person) -> None:
    entry = entry_of(rowan)
    shown = page(own, f"/journal/{entry.pk}/edit/") + page(own, "/journal/new/")
    assert "versions of these words" not in shown
    assert "kept meanwhile" not in shown
