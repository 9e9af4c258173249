"""A shared recording or picture on the therapist's pages: said plainly for what it is, and one tap away through the door."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from journaling.attachments import adding
from journaling.attachments.beside import Beside, told
from journaling.attachments.models import Attachment
from journaling.attachments.things import Thing
from journaling.models import Entry
from journaling.writing import Written, share
from koru.people.models import Person
from koru.privacy.looks import looks_at
from koru.privacy.models import AccessRow
from tests.journaling.sittings import make_dosing

from .world import signed_in

pytestmark = pytest.mark.django_db
VOICE = Thing("voice", "audio/webm", b"sound", seconds=65)
DRAWING = Thing("drawing", "image/png", b"lines", b"small", 12, 9)
PHOTO = Thing("photo", "image/jpeg", b"light", b"small", 12, 9)
HEAR, SEE, PHOTOGRAPHED = "Hear the recording of 1:05", "See the drawing", "See the photo"


def given_to(client: Person, *things: Thing, level: str = "my_therapist", text: str = "", title: str = "") -> Entry:
    """An entry that holds these things, with words or without."""
    first, *others = things
    entry = adding.keep_with(Written(text, title, share=level), first, "", key=uuid4(), by=client)
    for thing in others:
        adding.attach(entry, thing, "", key=uuid4(), by=client)
    return entry


def page(reader: Person, client: Person, which: str = "") -> str:
    return signed_in(reader).get(f"/care/{client.pk}/{which}").content.decode()


@pytest.mark.parametrize("which", ["", "brief/"])
@pytest.mark.parametrize(("thing", "invites"), [(VOICE, HEAR), (DRAWING, SEE), (PHOTO, PHOTOGRAPHED)])
def test_without_a_word_it_says_what_it_is_and_opens_at_one_tap(
    pair: tuple[Person, Person], thing: Thing, invites: str, which: str
) -> None:
    client, therapist = pair
    entry = given_to(client, thing, level="bring_to_session")
    one = Attachment.objects.get()
    shown = page(therapist, client, which)
    link = f"/care/{client.pk}/with/{one.pk}/"
    assert f'<a href="{link}">{invites}</a>' in shown
    assert f"/care/{client.pk}/entries/{entry.pk}/" in shown
    assert "Read all of it" not in shown
    assert '<blockquote class="quote" dir="auto"></blockquote>' not in shown
    assert signed_in(therapist).get(link).status_code == 200
    assert "attachment" in {row.why for row in looks_at(client)}


def test_beside_words_each_thing_is_named_in_the_order_it_was_added(pair: tuple[Person, Person]) -> None:
    client, therapist = pair
    given_to(client, VOICE, DRAWING, PHOTO, text="The lake.", title="Sunday")
    shown = page(therapist, client)
    places = [shown.index(words) for words in ("Sunday", "The lake.", HEAR, SEE, PHOTOGRAPHED, "Read all of it")]
    assert places == sorted(places)


@pytest.mark.parametrize("which", ["", "brief/"])
def test_what_is_private_taken_out_or_kept_apart_is_not_named(pair: tuple[Person, Person], which: str) -> None:
    client, therapist = pair
    given_to(client, VOICE, level="only_me")
    kept = given_to(client, PHOTO, text="The lake.", level="bring_to_session")
    adding.remove(Attachment.objects.get(kind="photo"), by=client)
    ended = timezone.now() - timedelta(hours=2)
    make_dosing(client, therapist, ended - timedelta(hours=3), ended)
    adding.attach(kept, DRAWING, "", key=uuid4(), by=client)
    assert Attachment.objects.get(kind="drawing").apart
    shown = page(therapist, client, which)
    assert "The lake." in shown
    for words in (HEAR, SEE, PHOTOGRAPHED):
        assert words not in shown


def test_taken_back_it_is_gone_at_the_next_request(pair: tuple[Person, Person]) -> None:
    client, therapist = pair
    entry = given_to(client, VOICE, level="bring_to_session")
    assert HEAR in page(therapist, client)
    share(entry, "only_me", by=client)
    for which in ("", "brief/", f"with/{Attachment.objects.get().pk}/"):
        assert HEAR not in page(therapist, client, which)


@pytest.mark.parametrize("which", ["", "brief/"])
def test_many_things_are_asked_for_as_often_as_one(pair: tuple[Person, Person], which: str) -> None:
    client, therapist = pair
    browser, asked = signed_in(therapist), []
    for things in ([VOICE], [VOICE, DRAWING, PHOTO]):
        given_to(client, *things, level="bring_to_session")
        browser.get(f"/care/{client.pk}/{which}")
        with CaptureQueriesContext(connection) as seen:
            browser.get(f"/care/{client.pk}/{which}")
        asked.append(len(seen))
    assert asked[0] == asked[1]


@given(some.lists(some.tuples(some.uuids(), some.sampled_from(Attachment.Kind.values), some.integers(0, 400)), max_size=10))
def test_a_column_is_read_as_it_was_said(things: list[tuple[UUID, str, int]]) -> None:
    assert told(",".join(f"{which} {kind} {seconds}" for which, kind, seconds in things)) == tuple(map(Beside._make, things))


def test_a_length_is_said_in_minutes_and_seconds() -> None:
    said = {seconds: Beside(uuid4(), "voice", seconds).invites.rpartition(" ")[2] for seconds in (0, 9, 60, 61, 300)}
    assert said == {0: "0:00", 9: "0:09", 60: "1:00", 61: "1:01", 300: "5:00"}


def test_whoever_hears_it_without_opening_its_entry_has_read_it_and_the_client_is_told_once(pair: tuple[Person, Person]) -> None:
    client, therapist = pair
    entry = given_to(client, VOICE)
    one = Attachment.objects.get()
    browser = signed_in(therapist)
    for _ in range(3):
        assert browser.get(f"/care/{client.pk}/with/{one.pk}/file/", headers={"range": "bytes=0-1"}).status_code == 206
    asked = AccessRow.objects.filter(client=client, act="entry", about=str(entry.pk))
    minutes = {row.at.replace(second=0, microsecond=0) for row in asked}  # one, or two when a minute ended between
    shown = signed_in(client).get(f"/journal/{entry.pk}/").content.decode()
    assert len(asked) == 3
    assert shown.count(f"{therapist.display_name} read this on") == len(minutes)
    taken_back = signed_in(client).post(f"/journal/{entry.pk}/share/", {"share": "only_me"}, follow=True)
    assert "may have read it already (last looked" in taken_back.content.decode()


def test_the_clients_own_first_page_calls_it_by_what_it_is(pair: tuple[Person, Person]) -> None:
    client = pair[0]
    given_to(client, VOICE, level="only_me")
    shown = signed_in(client).get("/today/").content.decode()
    assert "<bdi>Voice note</bdi>" in shown
    assert "Without a title" not in shown
