""" "Read" is a person's: never a list's, the brief's or a pixel's. And their word for it: once, short, without an answer."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from journaling import hearing
from journaling.models import Entry, Heard, Passage
from journaling.passages import mark
from journaling.passages import take_back as take_passage_back
from journaling.writing import delete, edit
from koru.moments.spans import Span
from koru.people.covering import let_cover
from koru.people.models import Person
from koru.privacy.door import open_record
from koru.privacy.looks import looks_at
from koru.sealing.keyring import keyring
from tests.care.world import make_pair, signed_in, write
from tests.crowd import together
from tests.people import ally, make_admin, make_client, make_staff, make_therapist

Pair = tuple[Person, Person]
THANKS = "Thank you for this line"


@pytest.fixture
def pair(db: None) -> Pair:
    return make_pair()


def acts(client: Person) -> list[str]:
    return [row.act for row in looks_at(client)]


def page_of(entry: Entry) -> str:
    return signed_in(entry.client).get(f"/journal/{entry.pk}/").content.decode()


def test_no_list_no_brief_and_nothing_fetched_ahead_reads_an_entry(pair: Pair) -> None:
    client, therapist = pair
    entry = write(client, share="bring_to_session")
    passage = mark(write(client, share="only_me", text="A line of it."), "A line of it.", key=uuid4(), by=client)
    reader, record = signed_in(therapist), f"/care/{client.pk}/"
    for path in ("/care/", record, f"{record}brief/", f"{record}plan/", f"{record}connection/"):
        reader.get(path)
    for path in (f"{record}entries/{entry.pk}/", f"{record}passages/{passage.pk}/"):
        reader.head(path)
        for headers in ({"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}):
            assert reader.get(path, headers=headers).status_code == 503
    assert not {"entry", "passage", "read said"} & set(acts(client))
    assert "read this on" not in page_of(entry)
    reader.get(f"{record}entries/{entry.pk}/")
    assert "entry" in acts(client)
    assert "read this on" in page_of(entry)
    assert "I read this" not in page_of(entry)


def test_a_person_says_so_with_a_line_or_without_and_the_client_reads_it_in_three_places(pair: Pair) -> None:
    client, therapist = pair
    entry = write(client)
    path = f"/care/{client.pk}/entries/{entry.pk}/"
    reader = signed_in(therapist)
    assert reader.post(f"{path}read/", {"words": f"  {THANKS} "}).status_code == 302
    assert reader.post(f"{path}read/", {"words": "Another"}).status_code == 302
    assert Heard.objects.get().words == THANKS
    assert acts(client).count("read said") == 1
    own = signed_in(client)
    for page in (page_of(entry), own.get("/connection/").content.decode()):
        assert "I read this" in page
        assert THANKS in page
    today = own.get("/today/").content.decode()
    assert "read what you wrote" in today
    assert THANKS not in today
    assert "said to you that they read" in own.get("/settings/who-looked/").content.decode()
    assert f'action="{path}"' not in page_of(entry)


def test_a_passage_is_heard_once_and_stands_at_its_entry(pair: Pair) -> None:
    client, therapist = pair
    entry = write(client, share="only_me", text="A line of it.")
    passage = mark(entry, "A line of it.", key=uuid4(), by=client)
    path = f"/care/{client.pk}/passages/{passage.pk}/"
    for _ in range(2):
        assert signed_in(therapist).post(f"{path}read/", {"words": THANKS}).status_code == 302
    assert Heard.objects.count() == 1
    assert THANKS in page_of(entry)
    assert f"/journal/{entry.pk}/" in signed_in(client).get("/connection/").content.decode()
    take_passage_back(passage.pk, by=client)
    assert signed_in(therapist).post(f"{path}read/").status_code == 404
    assert THANKS in page_of(entry)


def test_changed_words_may_be_heard_anew(pair: Pair) -> None:
    client, therapist = pair
    entry = write(client, at=timezone.now() - timedelta(hours=1))
    path, reader = f"/care/{client.pk}/entries/{entry.pk}/", signed_in(therapist)
    reader.post(f"{path}read/")
    assert "I read this</button>" not in reader.get(path).content.decode()
    with keyring():
        edit(entry, "", "Other words.", key=uuid4(), by=client)
    assert "as it was before" in reader.get(path).content.decode()
    assert "as it was then" in page_of(entry)
    reader.post(f"{path}read/")
    assert Heard.objects.count() == 2


@pytest.mark.parametrize("words", ["x" * 141, "One line\nand another", "x" * 100_000])
def test_more_than_a_line_is_met_with_words_and_stays_on_the_page(pair: Pair, words: str) -> None:
    client, therapist = pair
    entry = write(client)
    answer = signed_in(therapist).post(f"/care/{client.pk}/entries/{entry.pk}/read/", {"words": words})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Heard.objects.exists()


def test_taken_back_within_minutes_it_was_never_said_and_later_it_stays(pair: Pair, clock: Callable[[str], Any]) -> None:
    client, therapist = pair
    entry, said_at = write(client), timezone.now() + timedelta(minutes=1)
    clock(said_at.isoformat())
    path, reader = f"/care/{client.pk}/entries/{entry.pk}/", signed_in(therapist)
    reader.post(f"{path}read/", {"words": THANKS})
    back = f"/care/{client.pk}/heard/{Heard.objects.get().pk}/back/"
    assert back in reader.get(path).content.decode()
    clock((said_at + hearing.TAKEN_BACK_WITHIN).isoformat())
    assert back not in signed_in(therapist).get(path).content.decode()
    assert "it stays" in signed_in(therapist).post(back, follow=True).content.decode()
    assert Heard.objects.exists()
    clock((said_at + hearing.TAKEN_BACK_WITHIN - timedelta(seconds=1)).isoformat())
    signed_in(therapist).post(back)
    assert not Heard.objects.exists()
    assert "I read this" not in page_of(entry)
    assert "read taken back" in acts(client)
    assert signed_in(therapist).post(back).status_code == 404


def test_nobody_else_can_say_so(pair: Pair) -> None:
    client, therapist = pair
    entry, private = write(client), write(client, share="only_me")
    for person in (make_therapist(is_lead=True), make_staff(), make_admin(), make_client(), client):
        assert signed_in(person).post(f"/care/{client.pk}/entries/{entry.pk}/read/").status_code == 404
    assert signed_in(therapist).post(f"/care/{client.pk}/entries/{private.pk}/read/").status_code == 404
    other, start = make_therapist(), timezone.now() - timedelta(minutes=1)
    let_cover(client, other, Span(start, start + timedelta(days=3)), "Away with a cold until Monday", by=therapist)
    covering = signed_in(other)
    assert "I read this" not in covering.get(f"/care/{client.pk}/entries/{entry.pk}/").content.decode()
    assert covering.post(f"/care/{client.pk}/entries/{entry.pk}/read/").status_code == 404
    assert not Heard.objects.exists()


def test_only_who_said_it_takes_it_back(pair: Pair) -> None:
    client, therapist = pair
    other = ally(client, make_therapist()).therapist
    signed_in(therapist).post(f"/care/{client.pk}/entries/{write(client).pk}/read/")
    back = f"/care/{client.pk}/heard/{Heard.objects.get().pk}/back/"
    for person in (other, client, make_therapist()):
        assert signed_in(person).post(back).status_code == 404
    assert Heard.objects.exists()


def test_it_goes_with_what_it_is_about(pair: Pair) -> None:
    client, therapist = pair
    entry = write(client)
    signed_in(therapist).post(f"/care/{client.pk}/entries/{entry.pk}/read/", {"words": THANKS})
    delete(entry, by=client)
    for path in ("/today/", "/connection/"):
        page = signed_in(client).get(path).content.decode()
        assert not [words for words in (THANKS, "I read this", "read what you wrote") if words in page]


def test_it_is_about_one_thing(pair: Pair) -> None:
    client, therapist = pair
    entry = write(client)
    passage = Passage(client=client, entry=entry, text="Words", key=uuid4())
    passage.save()
    for things in ({}, {"entry": entry, "passage": passage}):
        odd = Heard(client=client, by=therapist, version=timezone.now(), at=timezone.now(), **things)
        with pytest.raises(IntegrityError, match="heard_is_about_one_thing"), transaction.atomic():
            odd.save(force_insert=True)


def say(client: Person, therapist: Person, entry: Entry) -> Heard:
    with open_record(client, by=therapist, why="timeline") as record:
        return hearing.say_entry_read(record, entry.pk, THANKS)


@pytest.mark.django_db(transaction=True)
def test_many_presses_at_once_are_one() -> None:
    client, therapist = make_pair()
    entry = write(client)
    said = together([partial(say, client, therapist, entry) for _ in range(6)])
    assert {one.pk for one in said if isinstance(one, Heard)} == {Heard.objects.get().pk}


def test_the_deed_refuses_what_the_form_would(pair: Pair) -> None:
    client, therapist = pair
    entry = write(client)
    with pytest.raises(hearing.TooLong), open_record(client, by=therapist, why="timeline") as record:
        hearing.say_entry_read(record, entry.pk, "x" * 141)
    with pytest.raises(Http404), open_record(client, by=client, why="own") as record:
        hearing.say_entry_read(record, entry.pk)
