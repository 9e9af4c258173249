"""One damaged blob: its own line says so, a page that is about it says so, and all other pages live."""

from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from journaling.models import Entry
from koru.people.models import Person
from koru.sealing.fields import CANNOT_OPEN, Blob
from moodtracking.models import CheckIn
from tests.days import this_day
from tests.moodtracking.days import told
from tests.people import ally, make_client, make_clinic, make_therapist

pytestmark = pytest.mark.django_db
GOOD, GONE = "What can still be read.", "What was damaged."


def entry_of(client: Person, words: str, key: int) -> Entry:
    return Entry.objects.create(
        client=client, text=words, at=timezone.now(), zone="UTC", local_date=this_day(), key=f"{key:032x}", share="my_therapist"
    )


def damage(model: type[Entry] | type[CheckIn], name: str, pk: UUID) -> None:
    row = model._base_manager.get(pk=pk)
    blob = row.__dict__[name]
    model._base_manager.filter(pk=pk).update(**{name: Blob(blob[:-1] + bytes([blob[-1] ^ 1]))})


@pytest.fixture
def damaged() -> tuple[Person, Person, Entry]:
    make_clinic()
    client, therapist = make_client(), make_therapist()
    ally(client, therapist)
    gone, check_in = entry_of(client, GONE, 1), told(client, {"mood": 1}, note=GONE, note_share="my_therapist")
    entry_of(client, GOOD, 2)
    damage(Entry, "text", gone.pk)
    damage(CheckIn, "note", check_in.pk)
    return client, therapist, gone


def read(browser: Client, person: Person, path: str) -> str:
    browser.force_login(person)
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode().replace("&#x27;", "'")


def test_lists_and_timelines_say_it_in_its_own_line_and_show_the_rest(
    client: Client, damaged: tuple[Person, Person, Entry]
) -> None:
    person, therapist, _ = damaged
    for reader, path in ((person, "/journal/"), (therapist, f"/care/{person.pk}/")):
        words = read(client, reader, path)
        assert GOOD.split(".", maxsplit=1)[0] in words, path
        assert CANNOT_OPEN in words, path
        assert GONE not in words


def test_pages_that_show_none_of_it_notice_nothing(client: Client, damaged: tuple[Person, Person, Entry]) -> None:
    person, therapist, _ = damaged
    for path in ("/today/", "/trends/", "/settings/", "/check-in/"):
        read(client, person, path)
    for path in ("/care/", f"/care/{person.pk}/brief/"):
        read(client, therapist, path)


@pytest.mark.parametrize("page", ["", "edit/"])
def test_its_own_page_says_so_and_no_form_would_save_over_it(
    client: Client, damaged: tuple[Person, Person, Entry], page: str
) -> None:
    person, _, gone = damaged
    client.force_login(person)
    client.raise_request_exception = False
    before = bytes(Entry.objects.get(pk=gone.pk).__dict__["text"])
    with transaction.atomic():
        answer = client.get(f"/journal/{gone.pk}/{page}")
    assert answer.status_code == 500
    assert "This can't be opened" in answer.content.decode().replace("&#x27;", "'")
    assert "<textarea" not in answer.content.decode()
    assert bytes(Entry.objects.get(pk=gone.pk).__dict__["text"]) == before
