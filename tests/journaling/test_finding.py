"""Finding words: whatever their case and accents, all of them, marked where they stand; and the search over one's own."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from journaling import searching
from journaling.finding import fold, holds, snippet, words_of
from journaling.models import Entry, Search
from journaling.tags import tag_with
from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests.days import this_day
from tests.journaling.sittings import make_pair

TEXTS = st.text(max_size=300)


@pytest.mark.parametrize(("text", "query"), [
    ("Ein schöner Tag am Fluß", "SCHONER fluss"), ("İstanbul", "istanbul"), ("the river’s edge", "river's"),
    ("naïve café", "CAFE naive"), ("ﬁre", "fire"), ("слова здесь", "СЛОВА"), ("ℌof", "hof"), ("a\nbroken line", '"broken line"'),
])  # fmt: skip
def test_case_and_accents_do_not_matter(text: str, query: str) -> None:
    assert holds([text], words_of(query))


def test_each_of_the_words_has_to_be_there_and_quoted_ones_together() -> None:
    assert not holds(["the river"], words_of("river sea"))
    assert not holds(["the sea and the river"], words_of('"sea river"'))
    assert not holds(["anything"], ())


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS, st.text(min_size=1, max_size=5))
def test_a_snippet_shows_the_text_itself_and_marks_what_was_looked_for(text: str, word: str) -> None:
    words = words_of(f'"{word}"')
    pieces = snippet(text, words)
    line = " ".join(text.split())
    shown = "".join(piece.text for piece in pieces).removeprefix("… ").removesuffix(" …")
    assert shown in line
    assert all(fold(piece.text) or not piece.found for piece in pieces)
    if words and words[0] in fold(line) and line.isascii() and word.isascii() and len(words) == 1:
        assert any(piece.found and fold(piece.text) == words[0] for piece in pieces)


@pytest.fixture
def rowan(db: None) -> Person:
    return make_pair()[0]


def write_many(client: Person, texts: list[str]) -> None:
    """Newest first."""
    now = timezone.now()
    with keyring():
        Entry.objects.bulk_create(
            Entry(
                client=client, text=text, at=now - timedelta(hours=number), zone=client.zone, local_date=this_day(), key=uuid4()
            )
            for number, text in enumerate(texts)
        )


def browser(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def look(client: Client, words: str) -> str:
    answer = client.post("/journal/search/", {"words": words})
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def test_what_was_found_stands_newest_first_with_its_words_marked(client: Client, rowan: Person) -> None:
    write_many(rowan, ["By the Lake.", "Nothing.", "The lake again, later."])
    page = browser(client, rowan).get(look(client, "lake")).content.decode()
    assert page.index("<mark>Lake</mark>") < page.index("<mark>lake</mark>")
    assert "Nothing." not in page
    assert "That is all of your journal." in page


def test_the_words_stand_in_no_address_and_sealed_in_the_database(client: Client, rowan: Person) -> None:
    place = look(browser(client, rowan), "canary lake")
    assert "canary" not in place
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM journaling_search")
        assert b"canary" not in bytes(cursor.fetchone()[0])


def test_anothers_entries_and_anothers_search_are_not_there(client: Client, rowan: Person) -> None:
    other, _ = make_pair()
    write_many(other, ["The lake."])
    assert "Nothing with these words." in browser(client, rowan).get(look(client, "lake")).content.decode()
    theirs = searching.look_for("lake", by=other)
    assert client.get(f"/journal/search/{theirs.pk}/").status_code == 404


def test_deleted_entries_and_private_tags_of_others_are_not_found(client: Client, rowan: Person) -> None:
    write_many(rowan, ["The lake.", "Stairs."])
    Entry.objects.filter(pk=Entry.objects.order_by("-at")[0].pk).update(deleted_at=timezone.now())
    with keyring():
        tag_with(Entry.objects.get(deleted_at=None), ["Lake"], by=rowan)
    page = browser(client, rowan).get(look(client, "lake")).content.decode()
    assert "Stairs." in page
    assert "The <mark>" not in page


def test_without_scripts_a_link_leads_further_back_and_nothing_is_told_twice_or_left_out(client: Client, rowan: Person) -> None:
    write_many(rowan, [f"lake number {number}." if number % 3 else "stairs" for number in range(130)])
    place = look(browser(client, rowan), "lake")
    search, found, behind = Search.objects.get(), list[object](), None
    with keyring():
        while True:
            stretch = searching.found_by(search, behind)
            found += [hit.id for hit in stretch.hits]
            if stretch.further is None:
                break
            behind = stretch.further
    assert len(found) == len(set(found)) == sum(1 for number in range(130) if number % 3)
    assert "Look further back" in client.get(place).content.decode()


def test_a_stretch_ends_when_patience_does_and_says_how_far_it_came(rowan: Person) -> None:
    write_many(rowan, ["stairs"] * 5)
    with keyring():
        stretch = searching.found_by(searching.look_for("lake", by=rowan), patience=-1)
    assert (stretch.looked, stretch.hits) == (1, [])
    assert stretch.further is not None


def test_looking_through_one_entry_asks_as_often_as_through_thirty(client: Client, rowan: Person) -> None:
    asked = []
    for more in (1, 29):
        write_many(rowan, ["lake"] * more)
        place = look(browser(client, rowan), "lake")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(place)
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("words", ["", "   ", '""', "\u0301"])
def test_nothing_to_look_for_is_said_beside_the_field(client: Client, rowan: Person, words: str) -> None:
    answer = browser(client, rowan).post("/journal/search/", {"words": words})
    assert answer.status_code == 422
    assert "Type a word to look for." in answer.content.decode()


def test_a_search_of_yesterday_is_gone_with_the_next(rowan: Person) -> None:
    with keyring():
        old = searching.look_for("lake", by=rowan)
        Search.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=2))
        searching.look_for("stairs", by=rowan)
    assert not Search.objects.filter(pk=old.pk).exists()
