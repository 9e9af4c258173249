"""Pages of the other ways: what is sent is kept or refused in words, and whatever was typed is still there."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from journaling.attachments import adding
from journaling.attachments.models import Attachment
from journaling.attachments.things import made_of
from journaling.models import Draft, Entry
from journaling.writing import Written, keep
from koru.people.models import Person
from koru.ui import refused
from tests.care.world import signed_in
from tests.journaling.sittings import make_pair

from .files import moving, picture, wav, webm

pytestmark = pytest.mark.django_db
TEXT = "Typed beside it, and not to be lost."


@pytest.fixture
def browser(rowan: Person) -> Client:
    return signed_in(rowan)


def sent(data: bytes | None, **more: Any) -> dict[str, Any]:
    file = {} if data is None else {"file": SimpleUploadedFile("made-up.html", data, "text/html")}
    return {"key": str(uuid4()), "share": "only_me", "text": TEXT, "words": "", **file, **more}


def entry_of(client: Person, level: str = "only_me") -> Entry:
    return keep(Written("Demo words", share=level), key=uuid4(), by=client)


@pytest.mark.parametrize(
    ("way", "data", "kind"), [("say", webm(), "voice"), ("draw", picture(), "drawing"), ("photo", picture("JPEG"), "photo")]
)
def test_each_way_makes_an_entry_with_words_or_without(browser: Client, way: str, data: bytes, kind: str) -> None:
    for text in ("", TEXT):
        answer = browser.post(f"/journal/new/{way}/", sent(data, text=text), follow=True)
        assert answer.status_code == 200
        assert "Only you can read it." in answer.content.decode()
    assert [one.kind for one in Attachment.objects.all()] == [kind, kind]
    assert sorted(entry.text for entry in Entry.objects.all()) == ["", TEXT]


@pytest.mark.parametrize("way", ["say", "draw", "photo"])
def test_words_alone_are_an_entry_too_and_nothing_at_all_is_asked_for_kindly(browser: Client, way: str) -> None:
    assert browser.post(f"/journal/new/{way}/", sent(None)).status_code == 302
    assert not Attachment.objects.exists()
    answer = browser.post(f"/journal/new/{way}/", sent(None, text=" "))
    assert answer.status_code == 422
    assert "There is nothing here yet." in answer.content.decode()


ODD = {
    "empty": (b"", refused.NOTHING),
    "of another kind": (b"%PDF-1.7", refused.NO_PICTURE),
    "a page": (b"<html><script>koru()</script></html>", refused.NO_PICTURE),
    "cut": (picture("PNG", (300, 300))[:400], refused.CUT),
    "moving": (moving(), refused.MOVING),
    "too large": (b"x" * 5_000_001, "larger than 5 MB"),
    "much too large": (b"x" * 11_000_000, "larger than 5 MB"),
}


@pytest.mark.parametrize("what", ODD)
def test_an_odd_file_is_refused_beside_its_field_and_the_words_are_kept(browser: Client, what: str) -> None:
    data, words = ODD[what]
    answer = browser.post("/journal/new/photo/", sent(data))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page.replace("&#x27;", "'")
    assert TEXT in page
    assert 'id="id_file_error"' in page
    assert [draft.text for draft in Draft.objects.all()] == [TEXT]
    assert not Entry.objects.exists()


def test_a_request_longer_than_is_read_is_refused_before_it_is_read(browser: Client) -> None:
    answer = browser.post("/journal/new/photo/", sent(picture()), headers={"content-length": "99000000"})
    assert answer.status_code == 413


def test_a_double_submit_is_one_entry(browser: Client) -> None:
    key = str(uuid4())
    for _ in range(2):
        assert browser.post("/journal/new/say/", sent(wav(), key=key)).status_code == 302
    assert (Entry.objects.count(), Attachment.objects.count()) == (1, 1)


def test_something_is_added_to_an_entry_that_is_there(browser: Client, rowan: Person) -> None:
    entry = entry_of(rowan)
    answer = browser.post(f"/journal/{entry.pk}/add/say/", sent(webm(), words="Demo description"), follow=True)
    page = answer.content.decode()
    assert "Demo description" in page
    assert f"/journal/with/{Attachment.objects.get().pk}/file/" in page
    assert browser.post(f"/journal/{entry.pk}/add/draw/", sent(None)).status_code == 422
    other = entry_of(make_pair()[0])
    assert browser.post(f"/journal/{other.pk}/add/say/", sent(webm())).status_code == 404


def test_an_eleventh_is_refused_in_words(browser: Client, rowan: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "MOST_IN_AN_ENTRY", 0)
    answer = browser.post(f"/journal/{entry_of(rowan).pk}/add/say/", sent(webm()))
    assert answer.status_code == 422
    assert "Ten things" in answer.content.decode()
    assert browser.post("/journal/new/say/", sent(webm())).status_code == 422


def test_the_way_may_stand_in_the_writing_pages_address(browser: Client) -> None:
    assert browser.get("/journal/new/?way=say")["Location"] == "/journal/new/say/"
    there = browser.get("/journal/new/?way=draw&prompt=b-three-words")["Location"]
    assert there == "/journal/new/draw/?prompt=b-three-words"
    assert "Pick three words" in browser.get(there).content.decode()
    assert browser.get("/journal/new/?way=draw&prompt=made-up").status_code == 404
    assert browser.get("/journal/new/sing/").status_code == 404
    assert browser.get("/journal/new/?way=sing").status_code == 200


def test_going_on_to_another_way_takes_the_words_along(browser: Client) -> None:
    typed = {"key": str(uuid4()), "text": TEXT, "prompt": "b-three-words", "way": "photo"}
    page = browser.post("/journal/way/", typed, follow=True)
    assert page.redirect_chain[-1][0] == "/journal/new/photo/?prompt=b-three-words"
    assert TEXT in page.content.decode()


def test_words_begun_under_a_prompt_are_on_the_page_for_drawing(browser: Client) -> None:
    browser.post("/journal/draft/", {"key": str(uuid4()), "text": TEXT, "prompt": "b-three-words", "title": "Mine"})
    page = browser.get("/journal/new/draw/?prompt=b-three-words").content.decode()
    assert TEXT in page
    assert 'value="Mine"' in page


def test_the_microphone_is_open_to_pages_that_record_alone(browser: Client, rowan: Person) -> None:
    entry = entry_of(rowan)
    for page in ("/journal/new/say/", f"/journal/{entry.pk}/add/say/"):
        assert "microphone=(self)" in browser.get(page)["Permissions-Policy"]
    for page in ("/journal/new/draw/", "/journal/", f"/journal/{entry.pk}/"):
        assert "microphone=()" in browser.get(page)["Permissions-Policy"]


def test_taken_out_and_had_back(browser: Client, rowan: Person) -> None:
    one = adding.attach(entry_of(rowan), made_of("voice", wav(), len(wav())), "", key=uuid4(), by=rowan)
    page = browser.post(f"/journal/with/{one.pk}/remove/", follow=True).content.decode()
    assert "Taken out." in page
    assert browser.get(f"/journal/with/{one.pk}/").status_code == 404
    assert f"/journal/with/{one.pk}/file/" in browser.post(f"/journal/with/{one.pk}/undo/", follow=True).content.decode()
    assert browser.post(f"/journal/with/{one.pk}/undo/").status_code == 302


def test_its_page_takes_a_description_and_keeps_one_that_is_too_long(browser: Client, rowan: Person) -> None:
    data = picture()
    one = adding.attach(entry_of(rowan), made_of("drawing", data, len(data)), "", key=uuid4(), by=rowan)
    page = browser.post(f"/journal/with/{one.pk}/", {"words": "A green field"}, follow=True).content.decode()
    assert 'alt="A green field"' in page
    answer = browser.post(f"/journal/with/{one.pk}/", {"words": "x" * 2001})
    assert answer.status_code == 422
    assert "x" * 2001 in answer.content.decode()


def test_an_entry_of_a_drawing_alone_can_be_changed_without_words(browser: Client) -> None:
    browser.post("/journal/new/draw/", sent(picture(), text=""))
    entry = Entry.objects.get()
    sent_again = {"key": str(uuid4()), "title": "A field", "text": ""}
    assert browser.post(f"/journal/{entry.pk}/edit/", sent_again).status_code == 302
    assert Entry.objects.get().title == "A field"


def test_one_and_nine_cost_the_entrys_page_the_same(browser: Client, rowan: Person) -> None:
    entry, data = entry_of(rowan), picture()
    counts = []
    for more in (1, 8):
        for _ in range(more):
            adding.attach(entry, made_of("photo", data, len(data)), "Words", key=uuid4(), by=rowan)
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/journal/{entry.pk}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
