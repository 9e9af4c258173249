"""The journal's pages: what a client sees, keeps and finds again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journaling import drafts, setting_aside, writing
from journaling.drafts import Unfinished
from journaling.forms import TOO_LONG
from journaling.models import Draft, Entry, PromptSkip, ShareWish
from journaling.reading import entry_in
from journaling.writing import Written
from koru.people.models import Person
from koru.privacy.door import open_record
from tests.journaling.sittings import make_dosing, make_pair

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]


@pytest.fixture
def pair() -> Pair:
    return make_pair()


@pytest.fixture
def browser_of_rowan(client: Client, pair: Pair) -> Client:
    client.force_login(pair[0])
    return client


def keep(by: Person, text: str = "The river.", **more: Any) -> Entry:
    return writing.keep(Written(text, **more), key=uuid4(), by=by)


def shown(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_an_empty_journal_says_so_kindly(browser_of_rowan: Client) -> None:
    page = shown(browser_of_rowan, "/journal/")
    assert "Nothing yet, and nothing needed." in page


def test_words_are_kept_with_their_prompt_and_the_page_says_who_can_read_them(browser_of_rowan: Client) -> None:
    page = shown(browser_of_rowan, "/journal/new/?prompt=b-three-words")
    assert "Pick three words" in page
    sent = {"text": "Slow, warm, mine.", "prompt": "b-three-words", "share": "my_therapist", "key": str(uuid4())}
    answer = browser_of_rowan.post("/journal/new/", sent, follow=True)
    assert answer.status_code == 200
    words = answer.content.decode()
    assert "Saved. Demo Wren can read it." in words
    assert "Pick three words" in words
    assert Entry.objects.get().share == "my_therapist"


def test_a_new_page_always_starts_at_only_me(browser_of_rowan: Client, pair: Pair) -> None:
    keep(pair[0], share="bring_to_session")
    form = browser_of_rowan.get("/journal/new/").context["form"]
    assert form["share"].value() == "only_me"


def test_each_level_says_in_a_sentence_who_reads_by_name(browser_of_rowan: Client) -> None:
    page = shown(browser_of_rowan, "/journal/new/")
    for words in ("Nobody else can read it.", "Demo Wren can read it. So can", "Demo Wren can read it, and it comes first"):
        assert words in page


def test_why_a_prompt_is_offered_is_said(browser_of_rowan: Client, pair: Pair) -> None:
    make_dosing(*pair, timezone.now() + timedelta(days=3))
    page = shown(browser_of_rowan, "/journal/")
    assert "Offered because your session is in 3 days" in page


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00", "\x07\x08"])
def test_an_empty_entry_is_told_and_keeps_what_there_is(browser_of_rowan: Client, text: str) -> None:
    answer = browser_of_rowan.post("/journal/new/", {"text": text, "title": "A beginning", "share": "only_me"})
    assert answer.status_code == 422
    words = answer.content.decode()
    assert words.count("There is nothing written yet.") == 2
    assert "A beginning" in words
    assert "Error: " in words
    assert not Entry.objects.exists()


def test_an_empty_page_does_not_empty_the_draft(browser_of_rowan: Client, pair: Pair) -> None:
    key = uuid4()
    drafts.save(Unfinished(key, text="Half"), by=pair[0])
    browser_of_rowan.post("/journal/new/", {"text": " ", "share": "only_me", "key": str(key), "revision": "1"})
    assert [draft.text for draft in drafts.versions(pair[0], None, "")] == ["Half"]


def test_one_character_too_many_is_told_and_saved_as_a_draft(browser_of_rowan: Client, pair: Pair) -> None:
    longest = "ü" * 100_000
    answer = browser_of_rowan.post("/journal/new/", {"text": longest + "!", "share": "only_me"})
    assert answer.status_code == 422
    assert TOO_LONG in answer.content.decode()
    assert longest + "!" in answer.content.decode()
    assert [draft.text for draft in drafts.versions(pair[0], None, "")] == [longest + "!"]
    assert browser_of_rowan.post("/journal/new/", {"text": longest, "share": "only_me"}).status_code == 302


def test_more_than_a_page_can_send_is_told_in_words(browser_of_rowan: Client) -> None:
    answer = browser_of_rowan.post("/journal/new/", {"text": "x" * 2_600_000, "share": "only_me"})
    assert answer.status_code == 413
    assert "100,000" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("\ud83d lone", "\ufffd\ufffd\ufffd lone"),
        ("line\r\nline", "line\nline"),
        ("שלום עולם", "שלום עולם"),
        ("\u202eabc\u202c", "\u202eabc\u202c"),
        ("👩🏽‍🚀 e\u0301 \u200b", "👩🏽‍🚀 e\u0301 \u200b"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\n\n  leading", "\n\n  leading"),
    ],
)
def test_odd_words_are_kept_and_shown_as_words(browser_of_rowan: Client, typed: str, kept: str) -> None:
    answer = browser_of_rowan.post(
        "/journal/new/",
        b"share=only_me&text=" + quoted(typed),
        content_type="application/x-www-form-urlencoded",
        follow=True,
    )
    assert answer.status_code == 200
    assert Entry.objects.get().text == kept
    assert "<script>alert" not in answer.content.decode()


def quoted(text: str) -> bytes:
    return b"".join(b"%%%02x" % byte for byte in text.encode("utf-8", "surrogatepass"))


def test_an_unknown_level_is_refused_and_the_words_stay(browser_of_rowan: Client) -> None:
    answer = browser_of_rowan.post("/journal/new/", {"text": "Words", "share": "everybody"})
    assert answer.status_code == 422
    assert "Pick one of the values shown." in answer.content.decode()
    assert ">\nWords</textarea>" in answer.content.decode()


def test_a_form_made_up_by_hand_sets_nothing_that_is_not_its_own(browser_of_rowan: Client, pair: Pair) -> None:
    other = make_pair()[0]
    sent = {"text": "Words", "share": "only_me", "client": str(other.pk), "at": "2020-01-01", "prompt": "made-up", "key": "x"}
    browser_of_rowan.post("/journal/new/", sent)
    entry = Entry.objects.get()
    assert (entry.client, entry.prompt, entry.at.year) == (pair[0], "", timezone.now().year)


def test_a_double_submit_makes_one_entry(browser_of_rowan: Client) -> None:
    sent = {"text": "Once.", "share": "only_me", "key": str(uuid4())}
    answers = [browser_of_rowan.post("/journal/new/", sent)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Entry.objects.count() == 1


def test_a_prompt_that_a_link_made_up_is_not_there(browser_of_rowan: Client) -> None:
    shown(browser_of_rowan, "/journal/new/?prompt=made-up", 404)


def test_a_draft_is_found_again_on_another_device(browser_of_rowan: Client, pair: Pair) -> None:
    saved = {"key": str(uuid4()), "revision": "0", "text": "Half a thou", "prompt": "b-three-words"}
    assert browser_of_rowan.post("/journal/draft/", saved).json()["revision"] == 1
    laptop = Client()
    laptop.force_login(pair[0])
    assert "Half a thou" in shown(laptop, "/journal/")
    page = laptop.get("/journal/new/?prompt=b-three-words")
    assert page.context["form"]["text"].value() == "Half a thou"
    assert str(page.context["form"]["key"].value()) == saved["key"]
    assert "Saved at" in page.content.decode()


def test_a_page_that_is_behind_is_told_and_both_versions_are_shown(browser_of_rowan: Client) -> None:
    saved = {"key": str(uuid4()), "revision": "0", "text": "The"}
    browser_of_rowan.post("/journal/draft/", saved)
    browser_of_rowan.post("/journal/draft/", {**saved, "revision": "1", "text": "The river"})
    late = browser_of_rowan.post("/journal/draft/", {**saved, "revision": "1", "text": "The hill"})
    assert late.status_code == 409
    assert late.json()["other"]["text"] == "The river"
    page = shown(browser_of_rowan, "/journal/new/")
    assert "The river" in page
    assert "The hill" in page


def test_saving_without_a_session_is_told_and_not_redirected(client: Client) -> None:
    assert client.post("/journal/draft/", {"text": "x"}).status_code == 401
    assert client.post("/drafts/key/").status_code == 401


def test_a_therapist_has_no_drafts(client: Client, pair: Pair) -> None:
    client.force_login(pair[1])
    assert client.post("/journal/draft/", {"text": "x"}).status_code == 401
    assert client.get("/journal/").status_code == 404


def test_another_one_keeps_what_was_typed_and_goes_round(browser_of_rowan: Client, pair: Pair) -> None:
    first = "w-kind-sentence"
    answer = browser_of_rowan.post("/journal/another/", {"prompt": first, "text": "Half", "key": str(uuid4())})
    assert "prompt=" in answer["Location"]
    assert f"seen={first}" in answer["Location"]
    assert f"prompt={first}" not in answer["Location"]
    assert [draft.text for draft in drafts.versions(pair[0], None, first)] == ["Half"]
    assert not PromptSkip.objects.exists()


def test_another_one_ends_when_all_were_seen(browser_of_rowan: Client) -> None:
    path, seen = "/journal/another/", 0
    answer = browser_of_rowan.post(path, {})
    while "prompt=" in answer["Location"] and seen < 80:
        context = browser_of_rowan.get(answer["Location"]).context
        answer = browser_of_rowan.post(path, {"prompt": context["prompt"].slug, "seen": context["seen"]})
        seen += 1
    assert 5 <= seen < 80
    assert "That was all for now." in browser_of_rowan.get(answer["Location"]).content.decode()


def test_not_today_sets_it_aside_and_can_be_taken_back(browser_of_rowan: Client, pair: Pair) -> None:
    offered = browser_of_rowan.get("/journal/").context["offer"].prompt
    answer = browser_of_rowan.post("/journal/not-today/", {"prompt": offered.slug}, follow=True)
    assert answer.context["offer"].prompt != offered
    assert "Set aside. It costs nothing." in answer.content.decode()
    browser_of_rowan.post(f"/journal/skips/{PromptSkip.objects.get().pk}/undo/")
    assert browser_of_rowan.get("/journal/").context["offer"].prompt == offered


def test_a_double_tap_on_not_today_counts_once(pair: Pair) -> None:
    for _ in range(2):
        setting_aside.not_today("w-bring-it", by=pair[0])
    assert PromptSkip.objects.count() == 1


def test_somebody_elses_skip_can_not_be_taken_back(browser_of_rowan: Client) -> None:
    skip = setting_aside.never("w-bring-it", by=make_pair()[0])
    browser_of_rowan.post(f"/journal/skips/{skip.pk}/undo/")
    assert PromptSkip.objects.filter(pk=skip.pk).exists()


def test_a_change_keeps_how_it_was_in_sight(browser_of_rowan: Client, pair: Pair) -> None:
    entry = keep(pair[0], "First words.")
    page = shown(browser_of_rowan, f"/journal/{entry.pk}/edit/")
    assert "First words." in page
    answer = browser_of_rowan.post(f"/journal/{entry.pk}/edit/", {"text": "Second words."}, follow=True)
    words = answer.content.decode()
    assert "Second words." in words
    assert "How it was before" in words
    assert "First words." in words


def test_lowering_says_when_it_was_last_read(browser_of_rowan: Client, pair: Pair) -> None:
    rowan, wren = pair
    entry = keep(rowan, share="my_therapist")
    assert "may have read it already." in lowered(browser_of_rowan, entry)
    writing.share(entry, "my_therapist", by=rowan)
    with open_record(rowan, by=wren, why="timeline") as record:
        entry_in(record, entry.pk)
    assert "Demo Wren read this on" in shown(browser_of_rowan, f"/journal/{entry.pk}/")
    assert "(last looked" in lowered(browser_of_rowan, entry)


def lowered(client: Client, entry: Entry) -> str:
    answer = client.post(f"/journal/{entry.pk}/share/", {"share": "only_me"}, follow=True)
    assert "From now on only you can read it." in answer.content.decode()
    return answer.content.decode()


def test_a_wish_to_share_is_asked_again_when_its_day_has_passed(
    browser_of_rowan: Client, pair: Pair, clock: Callable[[str], object]
) -> None:
    clock("2026-11-23T12:00:00+00:00")
    now = timezone.now()
    make_dosing(*pair, now - timedelta(hours=4), ended=now - timedelta(hours=1))
    browser_of_rowan.force_login(pair[0])
    sent = {"text": "Words", "share": "my_therapist", "key": str(uuid4())}
    page = browser_of_rowan.post("/journal/new/", sent, follow=True).content.decode()
    assert "We&#x27;ll ask you again on Tuesday 24 November, 6:00 am. Nothing is shared until then." in page
    assert "Share this one now?" not in shown(browser_of_rowan, "/journal/")
    clock("2026-11-24T11:00:00+00:00")
    browser_of_rowan.force_login(pair[0])
    assert "Share this one now?" in shown(browser_of_rowan, "/journal/")
    wish = ShareWish.objects.get()
    browser_of_rowan.post(f"/journal/{wish.entry_id}/share/", {"share": "my_therapist"})
    assert Entry.objects.get().share == "my_therapist"
    assert "Share this one now?" not in shown(browser_of_rowan, "/journal/")


def test_delete_offers_undo_and_undo_brings_it_back(browser_of_rowan: Client, pair: Pair) -> None:
    entry = keep(pair[0])
    page = browser_of_rowan.post(f"/journal/{entry.pk}/delete/", follow=True).content.decode()
    assert "You can have it back for 30 days." in page
    shown(browser_of_rowan, f"/journal/{entry.pk}/", 404)
    answer = browser_of_rowan.post(f"/journal/{entry.pk}/undo/", follow=True)
    assert "The river." in answer.content.decode()


@pytest.mark.parametrize("path", ["", "edit/"])
def test_nobody_but_the_writer_finds_an_entry(client: Client, pair: Pair, path: str) -> None:
    rowan, wren = pair
    entry = keep(rowan, "canary-of-rowan", share="bring_to_session")
    other, stranger = make_pair()
    for person in (other, stranger, wren):
        client.force_login(person)
        assert "canary-of-rowan" not in shown(client, f"/journal/{entry.pk}/{path}", 404)


@pytest.mark.parametrize("deed", ["share", "delete", "undo", "edit"])
def test_nobody_but_the_writer_does_anything_to_an_entry(client: Client, pair: Pair, deed: str) -> None:
    entry = keep(pair[0])
    for person in (make_pair()[0], pair[1]):
        client.force_login(person)
        assert client.post(f"/journal/{entry.pk}/{deed}/", {"share": "my_therapist", "text": "x"}).status_code == 404
    found = Entry.objects.get()
    assert (found.text, found.share, found.deleted_at) == ("The river.", "only_me", None)


def test_a_foreign_entry_gets_no_draft(browser_of_rowan: Client) -> None:
    entry = keep(make_pair()[0])
    sent = {"key": str(uuid4()), "text": "x", "about": str(entry.pk)}
    assert browser_of_rowan.post("/journal/draft/", sent).status_code == 422
    assert not Draft.objects.exists()


def test_looking_changes_nothing(browser_of_rowan: Client, pair: Pair) -> None:
    entry = keep(pair[0], share="my_therapist")
    drafts.save(Unfinished(uuid4(), text="Half"), by=pair[0])
    paths = ("/journal/", "/journal/new/", f"/journal/{entry.pk}/", f"/journal/{entry.pk}/edit/")
    with CaptureQueriesContext(connection) as queries:
        for path in paths:
            browser_of_rowan.get(path)
            browser_of_rowan.head(path)
    wrote = [query["sql"] for query in queries if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert [sql for sql in wrote if "usersession" not in sql] == []
    for path in ("another", "not-today", "never", "draft"):
        assert browser_of_rowan.get(f"/journal/{path}/").status_code == 405
    assert browser_of_rowan.get(f"/journal/{entry.pk}/delete/").status_code == 405


def test_thirty_entries_ask_the_database_no_more_than_one(browser_of_rowan: Client, pair: Pair) -> None:
    counts: list[int] = []
    for more in (1, 29):
        for number in range(more):
            keep(pair[0], f"Entry {number}", share="my_therapist", prompt="b-three-words")
            drafts.save(Unfinished(uuid4(), text=f"Draft {number}", prompt="b-body-today"), by=pair[0])
        browser_of_rowan.get("/journal/")
        with CaptureQueriesContext(connection) as queries:
            browser_of_rowan.get("/journal/")
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


def test_after_three_silent_weeks_a_client_is_welcome(
    browser_of_rowan: Client, pair: Pair, clock: Callable[[str], object]
) -> None:
    clock("2026-11-01T12:00:00+00:00")
    keep(pair[0])
    for day, greeted in (("2026-11-22T11:59:59+00:00", False), ("2026-11-22T12:00:00+00:00", True)):
        clock(day)
        browser_of_rowan.force_login(pair[0])
        assert ("Good to see you. Pick up anywhere." in shown(browser_of_rowan, "/journal/")) is greeted


def test_a_long_journal_has_pages(browser_of_rowan: Client, pair: Pair) -> None:
    for number in range(25):
        keep(pair[0], f"Entry {number:02}.")
    assert "Entry 24." in shown(browser_of_rowan, "/journal/")
    assert "Entry 00." in shown(browser_of_rowan, "/journal/?page=2")
    assert "Entry 00." in shown(browser_of_rowan, "/journal/?page=999")
    assert "Entry 24." in shown(browser_of_rowan, "/journal/?page=x&share=x")
