"""One's own tags: on an entry, off again, found by; never anybody else's to see."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from journaling import writing
from journaling.models import Entry, Tag
from journaling.tags import LONGEST, tag_with, tags_in, words_on
from journaling.writing import Written
from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests.journaling.sittings import make_pair


@pytest.fixture
def pair(db: None) -> tuple[Person, Person]:
    return make_pair()


@pytest.fixture
def own(client: Client, pair: tuple[Person, Person]) -> Client:
    client.force_login(pair[0])
    return client


def written(by: Person, text: str = "Words.", share: str = "only_me") -> Entry:
    with keyring():
        return writing.keep(Written(text, share=share), key=uuid4(), by=by)


@pytest.mark.parametrize(("line", "tags"), [
    ("lake, my sister", ("lake", "my sister")), ("Lake, lake ,LAKE", ("Lake",)), ("#lake,,  ,\nsleep", ("lake", "sleep")),
    ("café, cafe", ("café",)), (" , ", ()), ("", ()),
])  # fmt: skip
def test_a_typed_line_is_parted_by_commas_and_each_tag_is_one(line: str, tags: tuple[str, ...]) -> None:
    assert tags_in(line) == tags


def test_one_word_is_one_tag_on_all_entries_and_goes_with_the_last(pair: tuple[Person, Person]) -> None:
    rowan = pair[0]
    first, second = written(rowan), written(rowan)
    with keyring():
        tag_with(first, ["Lake", "sleep"], by=rowan)
        tag_with(second, ["lake"], by=rowan)
        assert words_on(first) == ["Lake", "sleep"]
        assert words_on(second) == ["Lake"]
        assert Tag.objects.count() == 2
        tag_with(first, [], by=rowan)
        tag_with(second, [], by=rowan)
    assert not Tag.objects.exists()


def test_a_tag_leads_to_its_entries_by_an_address_that_says_nothing(own: Client, pair: tuple[Person, Person]) -> None:
    entry, other = written(pair[0], "With it."), written(pair[0], "Without.")
    own.post(f"/journal/{entry.pk}/tags/", {"tags": "canarytag"})
    tag = Tag.objects.get()
    page = own.get(f"/journal/tags/{tag.pk}/").content.decode()
    assert "canarytag" in page
    assert f"/journal/{entry.pk}/" in page
    assert f"/journal/{other.pk}/" not in page
    assert "canarytag" in own.get("/journal/tags/").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM journaling_tag")
        assert b"canarytag" not in bytes(cursor.fetchone()[0])


def test_a_tag_of_anothers_is_not_there_and_an_entry_of_anothers_takes_none(own: Client) -> None:
    other, _ = make_pair()
    entry = written(other)
    with keyring():
        tag_with(entry, ["theirs"], by=other)
    assert own.get(f"/journal/tags/{Tag.objects.get().pk}/").status_code == 404
    assert own.post(f"/journal/{entry.pk}/tags/", {"tags": "mine"}).status_code == 404


def test_the_therapist_reads_a_shared_entry_without_its_tags(client: Client, pair: tuple[Person, Person]) -> None:
    rowan, wren = pair
    entry = written(rowan, share="my_therapist")
    with keyring():
        tag_with(entry, ["canarytag"], by=rowan)
    client.force_login(wren)
    for path in ("", f"entries/{entry.pk}/", "brief/"):
        assert "canarytag" not in client.get(f"/care/{rowan.pk}/{path}").content.decode()


@pytest.mark.parametrize("line", ["x" * (LONGEST + 1), ",".join(map(str, range(13)))])
def test_too_long_or_too_many_keeps_what_was_typed(own: Client, pair: tuple[Person, Person], line: str) -> None:
    answer = own.post(f"/journal/{written(pair[0]).pk}/tags/", {"tags": line})
    assert answer.status_code == 422
    assert line in answer.content.decode()


@pytest.mark.parametrize("path", ["/journal/tags/", "/journal/tags/{}/"])
def test_the_lists_ask_as_often_for_one_as_for_thirty(own: Client, pair: tuple[Person, Person], path: str) -> None:
    asked = []
    for more in (1, 19):
        for number in range(more):
            with keyring():
                tag_with(written(pair[0]), ["same", f"own {more} {number}"], by=pair[0])
        with keyring():
            same = next(tag.pk for tag in Tag.objects.all() if tag.word == "same")
        with CaptureQueriesContext(connection) as queries:
            assert own.get(path.format(same)).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
