"""Recordings and pictures on their way out and back: all of them, once, for the writer alone, and nothing else gets in."""

import json
import warnings
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some
from playwright.sync_api import Browser

from journaling.attachments import adding, chunks
from journaling.attachments.models import Attachment, Chunk
from journaling.attachments.ranges import Stretch
from journaling.attachments.things import made_of
from journaling.bringing import Taken
from journaling.bringing_zip import Archive
from journaling.carrying_json import NotReadable
from journaling.carrying_views import said as said_of
from journaling.carrying_zip import packed
from journaling.dating import About
from journaling.models import Entry
from journaling.writing import Written, delete, keep, share
from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests.care.world import signed_in
from tests.days import this_day
from tests.journaling.attachments.files import picture, wav, webm
from tests.people import make_client, make_clinic

pytestmark = pytest.mark.django_db
CARRY, BACK = "/journal/carry/", "/journal/carry/back/"
STORED = (
    "SELECT string_agg(one::text, '') FROM journaling_entry AS one",
    "SELECT string_agg(one::text, '') FROM attachments_attachment AS one",
)
SOUND, LINES, LIGHT = wav(2), picture(), picture("JPEG", (90, 60))


@pytest.fixture(autouse=True)
def ring() -> Iterator[None]:
    with keyring():
        yield


@pytest.fixture
def rowan() -> Person:
    make_clinic()
    return make_client()


def said(person: Person, kind: str, data: bytes, words: str = "", **written: Any) -> Entry:
    """An entry that holds one thing, with words or without."""
    made = Written(**{"text": "", **written})
    return adding.keep_with(made, made_of(kind, data, len(data)), words, key=uuid4(), by=person)


def carried_by(person: Person, form: str = "zip", which: str = "all") -> bytes:
    today = this_day()
    asked = {"since": today - timedelta(days=400), "until": today + timedelta(days=1), "which": which, "form": form}
    answer = signed_in(person).post(CARRY, asked | {"questions": "on"})
    assert answer.status_code == 200, answer.context["form"].errors
    return answer.getvalue()


def bring(person: Person, data: bytes) -> Any:
    return signed_in(person).post(BACK, {"file": SimpleUploadedFile("days.zip", data)})


def bytes_of(one: Attachment) -> bytes:
    return b"".join(chunks.read(one, Chunk.Form.WHOLE, Stretch(0, one.size - 1)))


def state(person: Person) -> list[Any]:
    entries = [
        (one.key, one.title, one.text, one.share, one.at, one.about_part, one.made_at) for one in Entry.objects.order_by("pk")
    ]
    things = Attachment.objects.filter(client=person).order_by("pk")
    return [entries, [(one.pk, one.key, one.kind, one.words, one.apart, one.removed_at, bytes_of(one)) for one in things]]


def test_the_file_holds_a_page_the_words_and_each_recording_and_picture_byte_for_byte(rowan: Person) -> None:
    for kind, data in (("voice", SOUND), ("drawing", LINES), ("photo", LIGHT)):
        said(rowan, kind, data, f"A {kind} of the lake.")
    with ZipFile(BytesIO(carried_by(rowan))) as archive:
        assert archive.testzip() is None
        kept = {f"media/{one.key}.{one.media_type[6:]}": bytes_of(one) for one in Attachment.objects.all()}
        assert {name: archive.read(name) for name in kept} == kept
        assert set(archive.namelist()) == {"index.html", "entries.json", *kept}
        shown = archive.read("index.html").decode()
    for name in kept:
        assert f'src="{name}"' in shown
    assert "A recording of 0:02: <bdi>A voice of the lake.</bdi>" in shown
    assert 'alt="A drawing of the lake."' in shown


def test_words_alone_name_what_is_not_in_them(rowan: Person) -> None:
    entry = said(rowan, "voice", SOUND, text="The lake.")
    adding.attach(entry, made_of("drawing", LINES, len(LINES)), "", key=uuid4(), by=rowan)
    assert "With a recording of 0:02, a drawing, not in this file." in carried_by(rowan, "html").decode()
    assert carried_by(rowan, "pdf").startswith(b"%PDF")


def test_what_was_taken_out_deleted_or_is_another_persons_is_not_in_it(rowan: Person) -> None:
    said(make_client(), "drawing", LINES)
    delete(said(rowan, "drawing", LINES), by=rowan)
    entry = said(rowan, "photo", LIGHT, text="The lake.")
    adding.remove(Attachment.objects.get(entry=entry), by=rowan)
    with ZipFile(BytesIO(carried_by(rowan))) as archive:
        assert archive.namelist() == ["index.html", "entries.json"]


def test_only_what_is_shared_leaves_out_what_is_private_and_what_stands_apart(rowan: Person) -> None:
    said(rowan, "drawing", LINES)
    entry = said(rowan, "photo", LIGHT, text="The lake.", share="my_therapist")
    apart = adding.attach(entry, made_of("voice", SOUND, len(SOUND)), "", key=uuid4(), by=rowan)
    Attachment.objects.filter(pk=apart.pk).update(apart=True)
    with ZipFile(BytesIO(carried_by(rowan, which="shared"))) as archive:
        assert [name.rpartition(".")[2] for name in archive.namelist()] == ["html", "json", "jpeg"]
        assert str(apart.key) not in archive.read("entries.json").decode()


def test_lost_and_brought_back_it_is_as_it_was_for_the_writer_alone_and_a_second_time_changes_nothing(rowan: Person) -> None:
    at = timezone.now() - timedelta(days=2)
    about = About(at, at.date(), "evening")
    for kind, data in (("voice", SOUND), ("drawing", LINES)):
        said(rowan, kind, data, "Of the lake.", title="Sunday", share="my_therapist", about=about)
    keep(Written("Words alone."), key=uuid4(), by=rowan)
    before = {one.key: (one.title, one.text, one.at, one.local_date, one.about_part, one.made_at) for one in Entry.objects.all()}
    things = {one.key: (one.kind, one.words, one.entry.key) for one in Attachment.objects.select_related("entry")}
    data = carried_by(rowan)
    Entry.objects.all().delete()
    assert bring(rowan, data).status_code == 302
    after = state(rowan)
    assert {
        one.key: (one.title, one.text, one.at, one.local_date, one.about_part, one.made_at) for one in Entry.objects.all()
    } == before
    assert {one.key: (one.kind, one.words, one.entry.key) for one in Attachment.objects.select_related("entry")} == things
    assert {one.share for one in Entry.objects.all()} == {"only_me"}
    assert SOUND in [bytes_of(one) for one in Attachment.objects.all()]
    assert bring(rowan, data).status_code == 302
    assert state(rowan) == after


def test_one_thing_that_is_missing_comes_back_beside_an_entry_that_is_shared_and_is_shared_with_nobody(rowan: Person) -> None:
    entry = said(rowan, "drawing", LINES, text="The lake.", share="my_therapist")
    data = carried_by(rowan)
    Attachment.objects.all().delete()
    answer = signed_in(rowan).post(BACK, {"file": SimpleUploadedFile("days.zip", data)}, follow=True)
    assert (
        "Back: 1 recording or picture. Only you can read what came back. 1 entry had been here already."
        in answer.content.decode()
    )
    entry.refresh_from_db()
    assert entry.share == "my_therapist"
    assert Attachment.objects.get(entry=entry).apart
    assert "This one is for you alone" in signed_in(rowan).get(f"/journal/{entry.pk}/").content.decode()


def test_what_was_deleted_or_taken_out_stays_so(rowan: Person) -> None:
    gone, kept = said(rowan, "drawing", LINES), said(rowan, "photo", LIGHT, text="The lake.")
    data = carried_by(rowan)
    delete(gone, by=rowan)
    adding.remove(Attachment.objects.get(entry=kept), by=rowan)
    before = state(rowan)
    bring(rowan, data)
    assert state(rowan) == before


def test_in_words_alone_an_entry_that_is_only_a_drawing_is_left_out_and_the_rest_comes_back(rowan: Person) -> None:
    said(rowan, "drawing", LINES)
    keep(Written("Words."), key=uuid4(), by=rowan)
    data = carried_by(rowan, "json")
    Entry.objects.all().delete()
    assert bring(rowan, data).status_code == 302
    assert [one.text for one in Entry.objects.all()] == ["Words."]


def test_it_is_sealed_as_if_it_had_been_made_here(rowan: Person) -> None:
    said(rowan, "voice", SOUND, "canary words", text="canary text")
    data = carried_by(rowan)
    Entry.objects.all().delete()
    bring(rowan, data)
    assert all(SOUND[44:400] not in bytes(one.blob) for one in Chunk.objects.all())
    with connection.cursor() as cursor:
        for asked in STORED:
            cursor.execute(asked)
            told = str(cursor.fetchone())
            assert "canary" not in told
            assert b"canary".hex() not in told


def changed(data: bytes, **members: bytes | None) -> bytes:
    """The same archive with members replaced, added or left out."""
    into = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(into, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if members.get(name, b"") == b"":
                new.writestr(name, old.read(name))
        for name, body in members.items():
            if body:
                new.writestr(name, body)
    return into.getvalue()


def media_name(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as archive:
        return next(name for name in archive.namelist() if name.startswith("media/"))


def with_thing(data: bytes, **fields: Any) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        told = json.loads(archive.read("entries.json"))
    told["entries"][0]["things"][0] |= fields
    return changed(data, **{"entries.json": json.dumps(told).encode()})


def packed_otherwise(data: bytes) -> bytes:
    into = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(into, "w", ZIP_BZIP2) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return into.getvalue()


def encrypted(data: bytes) -> bytes:
    """Its members say that they are."""
    head = data.find(b"PK\x01\x02")
    return data[: head + 8] + bytes([data[head + 8] | 1]) + data[head + 9 :]


def damaged(data: bytes) -> bytes:
    at = data.find(SOUND[44:100])
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


ODD: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut": (lambda data: data[: len(data) // 2], "Only a part of this file"),
    "only its beginning": (lambda _: b"PK\x03\x04", "Only a part of this file"),
    "one bit of the sound": (damaged, "Only a part of this file"),
    "an office document": (lambda data: changed(data, **{"word/document.xml": b"<w/>"}), "doesn't look like"),
    "a path out of it": (lambda data: changed(data, **{"media/../../evil": b"x"}), "doesn't look like"),
    "no words": (lambda data: changed(data, **{"entries.json": None}), "doesn't look like"),
    "words of somebody else": (lambda data: changed(data, **{"entries.json": b"[]"}), "doesn't look like"),
    "packed in another way": (packed_otherwise, "doesn't look like"),
    "encrypted": (encrypted, "doesn't look like"),
    "a bomb for words": (lambda data: changed(data, **{"entries.json": b" " * 9_000_002}), "larger than can be read"),
    "a bomb for sound": (lambda data: changed(data, **{media_name(data): bytes(10_000_002)}), "larger than can be read"),
    "a picture for sound": (lambda data: changed(data, **{media_name(data): LINES}), "can&#x27;t be kept"),
    "a page for sound": (lambda data: changed(data, **{media_name(data): b"<script>"}), "can&#x27;t be kept"),
    "six minutes of sound": (lambda data: changed(data, **{media_name(data): webm(360)}), "longer than 5 minutes"),
    "a thing that isn't there": (lambda data: with_thing(data, file="media/none.wav"), "is missing in this file"),
    "a kind that there isn't": (lambda data: with_thing(data, kind="film"), "Entry 1"),
    "a name that is none": (lambda data: with_thing(data, file=5), "Entry 1"),
    "a key that is none": (lambda data: with_thing(data, key="x"), "Entry 1"),
}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_file_is_told_in_words_and_changes_nothing(rowan: Person, odd: str) -> None:
    make, words = ODD[odd]
    said(rowan, "voice", SOUND, text="The lake.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile warns of a name that comes twice
        data = make(carried_by(rowan))
    Entry.objects.all().delete()
    keep(Written("Here."), key=uuid4(), by=rowan)
    before = state(rowan)
    answer = bring(rowan, data)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert words.replace("'", "&#x27;") in shown or words in shown
    assert 'href="#id_file"' in shown
    assert state(rowan) == before


def test_a_file_larger_than_can_be_held_is_told_so(rowan: Person) -> None:
    answer = bring(rowan, b"PK\x03\x04" + bytes(10_000_001))
    assert answer.status_code == 422
    assert "larger than can be read at once" in answer.content.decode()


def test_no_room_for_it_brings_nothing_back(rowan: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    said(rowan, "drawing", LINES)
    said(rowan, "voice", SOUND)
    data = carried_by(rowan)
    Entry.objects.all().delete()
    monkeypatch.setattr(adding, "MOST_OF_A_CLIENT", len(LINES) * 3)
    assert bring(rowan, data).status_code == 422
    assert state(rowan) == [[], []]


def test_a_drawing_that_grew_larger_than_what_may_be_sent_comes_back(rowan: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    said(rowan, "drawing", LINES)
    data = carried_by(rowan)
    Entry.objects.all().delete()
    monkeypatch.setattr("koru.ui.pictures.LARGEST", 10)
    assert bring(rowan, data).status_code == 302
    assert Attachment.objects.count() == 1


@given(some.binary(max_size=400))
@settings(max_examples=200)
def test_whatever_bytes_come_they_are_entries_or_told_in_words(data: bytes) -> None:
    for sent in (data, b"PK\x03\x04" + data, b"PK\x05\x06" + data):
        try:
            found = Archive(sent).entries(timezone.now())
        except NotReadable:
            continue
        assert isinstance(found, list)


@given(
    some.lists(
        some.tuples(some.from_regex(r"media/[a-z]{1,8}", fullmatch=True), some.lists(some.binary(max_size=99), max_size=4)),
        unique_by=lambda one: one[0],
        max_size=5,
    )
)
def test_an_archive_holds_what_went_into_it(members: list[tuple[str, list[bytes]]]) -> None:
    with ZipFile(BytesIO(b"".join(packed(members)))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {name: b"".join(pieces) for name, pieces in members}


def test_a_file_of_many_things_asks_for_them_once_for_each_two_hundred_entries(rowan: Person) -> None:
    counts: list[int] = []
    for upto in (1, 6):
        for _ in range(Entry.objects.count(), upto):
            said(rowan, "drawing", LINES)
        browser = signed_in(rowan)
        today = this_day()
        with CaptureQueriesContext(connection) as asked:
            browser.post(
                CARRY, {"since": today - timedelta(days=9), "until": today + timedelta(days=1), "which": "all", "form": "zip"}
            ).getvalue()
        counts.append(len(asked) - upto)  # each file is opened by itself
    assert counts[0] == counts[1]


def test_unpacked_it_is_seen_and_heard_in_a_browser_with_no_network(rowan: Person, browser: Browser, tmp_path: Path) -> None:
    entry = said(rowan, "voice", SOUND, title="Sunday", text="The lake.")
    adding.attach(entry, made_of("photo", LIGHT, len(LIGHT)), "", key=uuid4(), by=rowan)
    share(entry, "my_therapist", by=rowan)
    with ZipFile(BytesIO(carried_by(rowan))) as archive:
        archive.extractall(tmp_path)
    asked: list[str] = []
    page = browser.new_context(offline=True).new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{tmp_path}/index.html")
    assert page.locator("img").evaluate("(img) => img.decode().then(() => img.naturalWidth)") == 90
    heard = """(audio) => new Promise((done) => {
        audio.onloadedmetadata = () => done(audio.duration); audio.onerror = () => done(0); audio.load();
    })"""
    assert page.locator("audio").evaluate(heard) == pytest.approx(2, abs=0.1)
    assert all(url.startswith("file://") for url in asked)
    page.context.close()


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        (Taken(0, 0), "Nothing was missing."),
        (Taken(0, 16), "Nothing was missing. 16 entries had been here already."),
        (Taken(1, 0), "Back: 1 entry. Only you can read what came back."),
        (
            Taken(3, 1, 2),
            "Back: 3 entries and 2 recordings and pictures. Only you can read what came back. 1 entry had been here already.",
        ),
    ],
)
def test_what_came_back_is_said_plainly(taken: Taken, words: str) -> None:
    assert said_of(taken) == words
