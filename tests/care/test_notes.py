"""A therapist's own notes: their writer's alone, sealed with the client's key; marked ones for whoever comes in their place."""

from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404

from koru.care.models import Note, Typed
from koru.care.noting import Noted, asked, change, write
from koru.people.models import Alliance, Person
from koru.privacy.door import Record, open_record
from koru.privacy.looks import looks_at
from koru.privacy.standing import OPEN_TO, Part, Standing
from koru.sealing.keyring import keyring
from koru.sealing.models import DataKey
from tests.people import ally, make_admin, make_client, make_staff, make_therapist

from .world import signed_in

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]
WORDS = "The thing with the brother; a canary of the writer's"


def noted(pair: Pair, words: str = WORDS, **marks: bool) -> Note:
    client, therapist = pair
    with keyring(), open_record(client, by=therapist, why="notes") as record:
        return write(Noted(words, **marks), record=record, key=uuid4(), by=therapist)


def page(person: Person, client: Person, path: str = "notes/") -> str:
    answer = signed_in(person).get(f"/care/{client.pk}/{path}")
    return answer.content.decode() if answer.status_code == 200 else ""


def test_only_a_therapist_has_a_way_to_notes_at_all() -> None:
    assert {standing for standing, parts in OPEN_TO.items() if Part.NOTES in parts} == {Standing.THERAPIST}


def test_a_note_is_its_writers_alone_on_every_path(pair: Pair) -> None:
    client, therapist = pair
    note = noted(pair)
    assert WORDS.split(";", maxsplit=1)[0] in page(therapist, client)
    beside = make_therapist()
    ally(client, beside)
    assert "canary" not in page(beside, client)
    assert not page(beside, client, f"notes/{note.pk}/")
    for person in (make_therapist(), make_staff(), make_admin(), client, make_client()):
        assert [page(person, client), page(person, client, f"notes/{note.pk}/")] == ["", ""]


def test_what_is_marked_is_read_by_whoever_works_with_them_in_the_writers_place_and_traced(pair: Pair) -> None:
    client = pair[0]
    note = noted(pair, for_handover=True)
    covering = ally(client, make_therapist()).therapist
    assert "canary" in page(covering, client)
    assert "note handed over" in [row.act for row in looks_at(client).filter(actor=covering)]
    assert not page(covering, client, f"notes/{note.pk}/")
    with keyring(), open_record(client, by=covering, why="notes") as record:
        for deed in (lambda: change(note.pk, Noted("Mine now"), record=record, by=covering), lambda: _asked(note, record)):
            with pytest.raises(Http404):
                deed()
    Alliance.objects.filter(therapist=covering).delete()
    assert not page(covering, client)


def _asked(note: Note, record: Record) -> None:
    asked(note.pk, record=record, by=record.reader)


def test_a_client_meets_no_word_of_it_anywhere(pair: Pair) -> None:
    client = pair[0]
    noted(pair, asks=True, for_handover=True)
    browser = signed_in(client)
    for path in ("/today/", "/sessions/", "/sessions/agreed/", "/settings/", "/settings/who-looked/", "/journal/"):
        assert "canary" not in browser.get(path).content.decode()
    with open_record(client, by=client, why="own") as record:
        assert [*Note.objects.own_in(record), *Note.objects.handed_over_in(record)] == []


def test_the_words_are_sealed_with_the_clients_key_and_go_with_it(pair: Pair) -> None:
    client = pair[0]
    note = noted(pair)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM care_note WHERE id = %s", [note.pk])
        assert b"canary" not in bytes(cursor.fetchone()[0])
    assert Note._meta.get_field("words").owner == "client_id"
    assert DataKey.objects.filter(owner=client.pk).exists()
    client.delete()
    assert not Note.objects.filter(pk=note.pk).exists()


def test_each_version_is_kept_and_the_same_words_again_make_none(pair: Pair) -> None:
    client, therapist = pair
    note = noted(pair)
    for words in ("Second words", "Second words", "Third words"):
        form = {"words": words, "key": str(uuid4()), "note": str(note.pk)}
        assert signed_in(therapist).post(f"/care/{client.pk}/notes/{note.pk}/", form).status_code == 302
    with keyring():
        assert [one.words for one in note.versions.all()] == ["Second words", WORDS]
    assert "How it read before" in page(therapist, client, f"notes/{note.pk}/")


def test_what_was_asked_asks_no_more_until_it_is_marked_anew(pair: Pair) -> None:
    client, therapist = pair
    note = noted(pair, asks=True)
    browser = signed_in(therapist)
    for _ in range(2):
        browser.post(f"/care/{client.pk}/notes/{note.pk}/asked/")
    assert not Note.objects.filter(client=client).to_ask_next()
    for asks in ({}, {"asks": "on"}):
        browser.post(f"/care/{client.pk}/notes/{note.pk}/", {"words": WORDS, **asks})
    assert list(Note.objects.filter(client=client).to_ask_next()) == [note]


def test_sent_twice_is_kept_once(pair: Pair) -> None:
    client, therapist = pair
    form = {"words": WORDS, "key": str(uuid4())}
    for _ in range(2):
        assert signed_in(therapist).post(f"/care/{client.pk}/notes/", form).status_code == 302
    assert Note.objects.filter(client=client).count() == 1


@pytest.mark.parametrize("words", ["", " \n ", "x" * 5001])
def test_what_cannot_be_kept_is_met_with_words_and_stays(pair: Pair, words: str) -> None:
    answer = signed_in(pair[1]).post(f"/care/{pair[0].pk}/notes/", {"words": words})
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert words.strip() in answer.content.decode()


def test_typed_words_are_there_again_each_in_its_own_form(pair: Pair) -> None:
    client, therapist = pair
    note, browser = noted(pair), signed_in(therapist)
    typed = {"words": "Half a thought", "asks": "on", "key": str(uuid4()), "revision": "0"}
    assert browser.post(f"/care/{client.pk}/notes/typed/", typed).status_code == 200
    other = {"words": "Half a change", "note": str(note.pk), "key": str(uuid4()), "revision": "0"}
    assert browser.post(f"/care/{client.pk}/notes/changed/", other).status_code == 200
    assert "Half a thought" in page(therapist, client)
    assert "Half a change" not in page(therapist, client)
    assert "Half a change" in page(therapist, client, f"notes/{note.pk}/")
    assert "Half a" not in page(therapist, client, "plan/")
    browser.post(f"/care/{client.pk}/notes/", typed)
    assert [row.given["words"] for row in Typed.objects.filter(client=client)] == ["Half a change"]
