"""A passage to bring: these words and no others reach the therapist, a copy that nothing later widens, gone when taken back."""

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from journaling import passages, writing
from journaling.models import Entry, Passage
from journaling.passages import NotInTheEntry, chosen, paragraphs
from journaling.writing import Written
from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests.journaling.sittings import make_dosing, make_pair

HELD, GIVEN = "canaryheld", "The part for you."
TEXT = f"{HELD} before.\n{GIVEN}\n{HELD} after."
Pair = tuple[Person, Person]


@pytest.fixture
def pair(db: None) -> Pair:
    return make_pair()


def private(rowan: Person, text: str = TEXT) -> Entry:
    with keyring():
        return writing.keep(Written(text, title=HELD), key=uuid4(), by=rowan)


def brought(entry: Entry, text: str = GIVEN) -> Passage:
    with keyring():
        return passages.mark(entry, text, key=uuid4(), by=entry.client)


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def therapists_pages(rowan: Person, passage: Passage) -> list[str]:
    care = f"/care/{rowan.pk}/"
    return ["/care/", care, f"{care}?show=passages", f"{care}brief/", f"{care}passages/{passage.pk}/"]


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=8), st.data())
def test_whole_parts_give_exactly_those_parts(parts: list[str], data: st.DataObject) -> None:
    there = paragraphs("\n".join(parts))
    picked = data.draw(st.lists(st.sampled_from(there), unique=True)) if there else []
    if not picked:
        with pytest.raises(NotInTheEntry):
            chosen("\n".join(parts), [])
        return
    given_words = chosen("\n".join(parts), [one.name for one in picked])
    assert sorted(given_words.split("\n\n")) == sorted(one.text for one in picked)


def test_words_that_do_not_stand_in_the_entry_are_refused() -> None:
    with pytest.raises(NotInTheEntry):
        chosen("The river.", [], "The sea.")
    stale = paragraphs("The river.")[0].name
    with pytest.raises(NotInTheEntry):
        chosen("The river, and more.", [stale])
    assert chosen("One.\nThe  river\nwas there.", [], "river was") == "river was"


def test_what_is_held_reaches_no_page_no_log_and_no_query_result_of_the_therapist(
    pair: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    rowan, wren = pair
    passage = brought(private(rowan))
    browser = signed_in(wren)
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        told = [browser.get(path) for path in therapists_pages(rowan, passage)]
    assert [answer.status_code for answer in told] == [200] * 5
    assert all(HELD not in answer.content.decode() for answer in told)
    assert all(GIVEN in answer.content.decode() for answer in told[1:])
    assert HELD not in caplog.text
    assert f"/entries/{passage.entry_id}/" not in "".join(answer.content.decode() for answer in told)
    opened = [query["sql"] for query in queries if str(passage.entry_id) in query["sql"]]
    assert opened == []


def test_the_entry_itself_stays_closed(pair: Pair) -> None:
    rowan, wren = pair
    passage = brought(private(rowan))
    assert signed_in(wren).get(f"/care/{rowan.pk}/entries/{passage.entry_id}/").status_code == 404


def test_changing_the_entry_later_neither_changes_nor_widens_what_was_given(pair: Pair) -> None:
    rowan, wren = pair
    entry = private(rowan)
    passage = brought(entry)
    with keyring():
        writing.edit(entry, HELD, f"{GIVEN} {HELD} and more", key=uuid4(), by=rowan)
    page = signed_in(wren).get(f"/care/{rowan.pk}/passages/{passage.pk}/").content.decode()
    assert GIVEN in page
    assert HELD not in page


def test_taken_back_it_is_gone_at_the_next_request_and_the_client_reads_what_may_have_been_read(pair: Pair) -> None:
    rowan, wren = pair
    passage = brought(private(rowan))
    browser, own = signed_in(wren), signed_in(rowan)
    assert GIVEN in browser.get(f"/care/{rowan.pk}/passages/{passage.pk}/").content.decode()
    assert "Demo Wren, read on" in own.get(f"/journal/{passage.entry_id}/").content.decode()
    said = own.post(f"/journal/passages/{passage.pk}/take-back/", follow=True).content.decode()
    assert "may have read it already (last looked" in said
    assert "taken back" in said
    for path in therapists_pages(rowan, passage)[:4]:
        assert GIVEN not in browser.get(path).content.decode()
    assert browser.get(f"/care/{rowan.pk}/passages/{passage.pk}/").status_code == 404


def test_a_deleted_entry_takes_its_passages_along(pair: Pair) -> None:
    rowan, wren = pair
    entry = private(rowan)
    passage = brought(entry)
    writing.delete(entry, by=rowan)
    assert signed_in(wren).get(f"/care/{rowan.pk}/passages/{passage.pk}/").status_code == 404
    assert GIVEN not in signed_in(wren).get(f"/care/{rowan.pk}/brief/").content.decode()


def test_within_a_day_of_a_session_it_waits_and_is_asked_about_again(pair: Pair) -> None:
    rowan, wren = pair
    now = timezone.now()
    held = make_dosing(rowan, wren, now - timedelta(hours=5), now - timedelta(hours=2))
    passage = brought(private(rowan))
    browser, own = signed_in(wren), signed_in(rowan)
    assert GIVEN not in browser.get(f"/care/{rowan.pk}/brief/").content.decode()
    assert "Nothing is shared until then." in own.get(f"/journal/{passage.entry_id}/").content.decode()
    assert "Bring this part now?" not in own.get("/journal/").content.decode()
    held.delete()
    Passage.objects.update(ask_at=now - timedelta(hours=1))
    assert "Bring this part now?" in own.get("/journal/").content.decode()
    own.post(f"/journal/passages/{passage.pk}/give/")
    assert GIVEN in browser.get(f"/care/{rowan.pk}/brief/").content.decode()


def test_a_form_sent_twice_gives_it_once_and_a_stale_one_says_so(pair: Pair) -> None:
    rowan, _ = pair
    entry = private(rowan)
    own, part = signed_in(rowan), paragraphs(entry.text)[1].name
    sent = {"parts": [part], "key": str(uuid4())}
    assert [own.post(f"/journal/{entry.pk}/passage/", sent).status_code for _ in range(2)] == [302, 302]
    assert Passage.objects.get().text == GIVEN
    with keyring():
        writing.edit(entry, "", "Other words.", key=uuid4(), by=rowan)
    stale = own.post(f"/journal/{entry.pk}/passage/", {"parts": [part], "key": str(uuid4())})
    assert stale.status_code == 422
    assert "any more as they were" in stale.content.decode()


def test_what_sharing_means_is_said_before_the_first_time_and_not_again(pair: Pair) -> None:
    rowan, _ = pair
    own, entry, meant = signed_in(rowan), private(rowan), '<p class="note">Your therapist reads what you share, not around the'
    assert meant in own.get(f"/journal/{entry.pk}/passage/").content.decode()
    assert meant in own.get("/journal/new/").content.decode()
    brought(entry)
    assert meant not in own.get(f"/journal/{entry.pk}/passage/").content.decode()
    assert meant not in own.get("/journal/new/").content.decode()


def test_the_entrys_page_asks_as_often_with_one_passage_as_with_thirty(pair: Pair) -> None:
    rowan, _ = pair
    entry, own, asked = private(rowan), signed_in(rowan), []
    for more in (1, 29):
        for _ in range(more):
            brought(entry)
        with CaptureQueriesContext(connection) as queries:
            own.get(f"/journal/{entry.pk}/")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_caseload_counts_it_as_new_until_the_record_was_opened_and_not_after_taking_back(pair: Pair) -> None:
    rowan, wren = pair
    browser = signed_in(wren)
    brought(private(rowan))
    assert "1 entry shared" in browser.get("/care/").content.decode()
    browser.get(f"/care/{rowan.pk}/")
    assert "1 entry shared" not in browser.get("/care/").content.decode()
    with keyring():
        passages.take_back(brought(private(rowan)).pk, by=rowan)
    assert "1 entry shared" not in browser.get("/care/").content.decode()
