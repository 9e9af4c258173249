"""A step of a guide answered by voice or drawing: kept under its question, with words or without, and the guide goes on."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page, expect

from journaling import assigning, library, walking
from journaling.assigned import Assigned
from journaling.attachments import adding
from journaling.attachments.models import Attachment
from journaling.models import Draft, Entry, EntryPart, Walk
from journaling.walking import Said
from journaling.writing import share
from koru.people.models import Person
from koru.privacy.door import open_record
from tests.care.world import signed_in
from tests.journaling.sittings import make_pair

from .browsing import draw, record
from .files import picture, webm

pytestmark = pytest.mark.django_db
SHELF = library.load().prompts
ASKED = "b-what-brings-me"
GUIDE, STEP = "first-steps", 2


@pytest.fixture
def pair(rowan: Person) -> tuple[Person, Person]:
    return rowan, rowan.alliances.get().therapist


@pytest.fixture
def walk(rowan: Person) -> Walk:
    return walking.begin(GUIDE, by=rowan)


def url(walk: Walk, does: str = "", step: int = STEP) -> str:
    return f"/journal/walks/{walk.pk}/{step}/{does}"


def sent(data: bytes | None, key: object = None, **more: object) -> dict[str, Any]:
    file = {"file": SimpleUploadedFile("x", data)} if data is not None else {}
    return {"key": str(key or uuid4()), "prompt": ASKED, "words": "", **file, **more}


def step_sent(text: str, seen: int = 1) -> dict[str, object]:
    return {"text": text, "prompt": ASKED, "key": str(uuid4()), "seen": seen, "revision": 0}


@pytest.mark.parametrize(("way", "data", "kind"), [("say", webm(), "voice"), ("draw", picture(), "drawing")])
def test_it_is_kept_under_its_question_and_the_guide_goes_on_without_a_word(
    rowan: Person, walk: Walk, way: str, data: bytes, kind: str
) -> None:
    browser = signed_in(rowan)
    answer = browser.post(url(walk, f"with/{way}/"), sent(data))
    assert answer.headers["Location"] == f"{url(walk)}?prompt={ASKED}"
    one = Attachment.objects.select_related("part", "entry").get()
    assert one.part is not None
    assert (one.kind, one.part.prompt, one.part.text, one.entry.share) == (kind, ASKED, "", "only_me")
    assert f'data-thing-kept="{one.key}"' in browser.get(url(walk)).content.decode()
    on = browser.post(url(walk), step_sent(""))
    assert on.headers["Location"] == url(walk, step=3)
    assert Attachment.objects.of(rowan).count() == 1
    for page in (f"/journal/walks/{walk.pk}/kept/", f"/journal/{one.entry_id}/"):
        shown = browser.get(page).content.decode()
        assert SHELF[ASKED].text in shown
        assert f"/journal/with/{one.pk}/" in shown


def test_a_form_sent_twice_keeps_one(rowan: Person, walk: Walk) -> None:
    key = uuid4()
    for _ in range(2):
        assert signed_in(rowan).post(url(walk, "with/draw/"), sent(picture(), key)).status_code == 302
    assert (Attachment.objects.count(), EntryPart.objects.count(), Entry.objects.count()) == (1, 1, 1)


def test_words_and_a_drawing_of_one_step_stand_together_and_words_come_first_or_last(rowan: Person, walk: Walk) -> None:
    browser = signed_in(rowan)
    browser.post(url(walk, "with/draw/"), sent(picture()))
    assert browser.post(url(walk), step_sent("The lake.", seen=0)).status_code == 302  # from a page opened before it
    part = EntryPart.objects.get()
    assert (part.text, part.entry.text) == ("The lake.", "The lake.")
    browser.post(url(walk, "with/say/"), sent(webm()))
    assert {one.part_id for one in Attachment.objects.all()} == {part.pk}
    kept = browser.get(f"/journal/walks/{walk.pk}/kept/").content.decode()
    assert kept.count(SHELF[ASKED].text) == 2  # its heading, and the name of the link that changes it


def test_taking_the_words_back_leaves_what_was_drawn(rowan: Person, walk: Walk) -> None:
    browser = signed_in(rowan)
    browser.post(url(walk), step_sent("The lake.", seen=0))
    browser.post(url(walk, "with/draw/"), sent(picture()))
    browser.post(url(walk), step_sent(""))
    entry = Entry.objects.written_by(rowan).get()
    assert (entry.text, EntryPart.objects.get().text) == ("", "")
    assert [one.text for one in entry.revisions.all()] == ["The lake."]
    assert Attachment.objects.of(rowan).count() == 1


def test_a_drawing_of_another_step_keeps_the_entry_when_the_last_words_go(rowan: Person, walk: Walk) -> None:
    browser = signed_in(rowan)
    browser.post(url(walk), step_sent("The lake.", seen=0))
    browser.post(url(walk, "with/draw/", 3), sent(picture(), prompt="b-keep-doing"))
    browser.post(url(walk), step_sent(""))
    assert Entry.objects.written_by(rowan).count() == 1
    assert [part.prompt for part in EntryPart.objects.all()] == ["b-keep-doing"]


def test_taken_out_its_question_is_not_shown_bare_and_back_it_stands_there_again(rowan: Person, walk: Walk) -> None:
    browser = signed_in(rowan)
    browser.post(url(walk, "with/draw/"), sent(picture()))
    one = Attachment.objects.get()
    adding.remove(one, by=rowan)
    kept = f"/journal/walks/{walk.pk}/kept/"
    assert SHELF[ASKED].text not in browser.get(kept).content.decode()
    adding.bring_back(one.pk, by=rowan)
    assert SHELF[ASKED].text in browser.get(kept).content.decode()


def test_the_therapist_meets_it_under_its_question_once_it_is_shared(pair: tuple[Person, Person], walk: Walk) -> None:
    client, therapist = pair
    signed_in(client).post(url(walk, "with/draw/"), sent(picture()))
    entry = Entry.objects.get()
    page = f"/care/{client.pk}/entries/{entry.pk}/"
    assert signed_in(therapist).get(page).status_code == 404
    share(entry, "my_therapist", by=client)
    shown = signed_in(therapist).get(page).content.decode()
    assert shown.index(SHELF[ASKED].text) < shown.index(f"/with/{Attachment.objects.get().pk}/small/")
    Attachment.objects.update(apart=True)
    assert SHELF[ASKED].text not in signed_in(therapist).get(page).content.decode()


def test_what_a_therapist_chose_counts_as_done(pair: tuple[Person, Person], walk: Walk) -> None:
    client, therapist = pair
    with open_record(client, by=therapist, why="plan") as record:
        assigning.assign(assigning.Choice("prompt", ASKED), record=record, key=uuid4(), by=therapist)
    signed_in(client).post(url(walk, "with/draw/"), sent(picture()))
    assert Assigned.objects.get().done_at is not None


def test_an_odd_file_or_none_is_told_beside_the_field_and_keeps_the_description_and_nothing_is_begun(
    rowan: Person, walk: Walk
) -> None:
    for data in (b"", b"no picture", picture()[:40], None):
        answer = signed_in(rowan).post(url(walk, "with/draw/"), sent(data, words="A blue line."))
        assert answer.status_code == 422
        assert "A blue line." in answer.content.decode()
        assert 'href="#id_file"' in answer.content.decode()
    assert not Entry.objects.exists()


def test_a_step_that_asks_nothing_another_persons_walk_and_a_way_that_there_isnt_are_nowhere(rowan: Person, walk: Walk) -> None:
    assert signed_in(rowan).get(url(walk, "with/draw/", 1)).status_code == 404
    assert signed_in(rowan).get(url(walk, "with/dance/")).status_code == 404
    assert signed_in(make_pair()[0]).get(url(walk, "with/draw/")).status_code == 404


def test_a_full_entry_says_so_and_keeps_nothing(rowan: Person, walk: Walk, client: Client) -> None:
    said = walking.say(walk, Said(STEP, SHELF[ASKED], "The lake.", uuid4()), by=rowan)
    for _ in range(adding.MOST_IN_AN_ENTRY):
        signed_in(rowan).post(url(walk, "with/draw/"), sent(picture()))
    answer = signed_in(rowan).post(url(walk, "with/draw/"), sent(picture()))
    assert answer.status_code == 422
    assert "Ten things are with this entry already" in answer.content.decode()
    assert Attachment.objects.filter(entry=said.entry).count() == adding.MOST_IN_AN_ENTRY


@pytest.mark.django_db(transaction=True)
def test_in_the_browser_a_step_is_drawn_and_spoken_and_nothing_of_it_stays_on_the_device(phone: Page, walk: Walk) -> None:
    phone.goto(url(walk))
    phone.get_by_label("Your words").fill("Half a")
    phone.get_by_role("button", name="Draw").click()
    draw(phone)
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.get_by_role("region", name="What you recorded or drew here").get_by_role("img")).to_be_visible()
    expect(phone.get_by_label("Your words")).to_have_value("Half a")
    phone.get_by_role("button", name="Say it").click()
    record(phone)
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.get_by_role("region", name="What you recorded or drew here").locator("audio")).to_be_visible()
    phone.get_by_role("button", name="Keep and go on").click()
    expect(phone.get_by_text("First steps, 3 of 4")).to_be_visible()
    assert sorted(Attachment.objects.values_list("kind", flat=True)) == ["drawing", "voice"]
    assert [part.text for part in EntryPart.objects.all()] == ["Half a"]
    assert not Draft.objects.exists()
