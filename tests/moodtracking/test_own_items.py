"""Questions in words of their own: proposed by one, asked once the other agrees, retired by either, their history kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from koru.people.models import Person
from koru.privacy.door import NoSuchRecord, Record, open_record
from koru.privacy.looks import looks_at
from koru.reminders import burden
from moodtracking.checking_in import check_in
from moodtracking.following import following
from moodtracking.given import Given, NotOnTheScale
from moodtracking.items_of import items_for, own_items
from moodtracking.load import TooMuch
from moodtracking.models import CheckIn, OwnItem
from moodtracking.own_items import CannotPropose, CanWait, Proposal, agree, propose, retire
from moodtracking.own_scales import anchors_of, could_be, item_of
from moodtracking.picking import pick
from tests.care.world import appointment, make_pair, signed_in
from tests.people import make_client, make_staff, make_therapist

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]
SEA = Proposal("How near did the sea feel?", "amount")


@pytest.fixture
def pair(db: None) -> Pair:
    return make_pair()


@contextmanager
def opened(client: Person, by: Person) -> Iterator[Record]:
    with open_record(client, by=by, why="plan") as record:
        yield record


def proposed(client: Person, by: Person, words: str = "", scale: str = "amount", key: UUID | None = None) -> OwnItem:
    with opened(client, by) as record:
        return propose(Proposal(words or f"Demo question {uuid4()}?", scale), record=record, key=key or uuid4(), by=by)


def agreed(item: OwnItem, by: Person) -> OwnItem | None:
    with opened(item.client, by) as record:
        return agree(item.pk, record=record, by=by)


def retired(item: OwnItem, by: Person) -> bool:
    with opened(item.client, by) as record:
        return retire(item.pk, record=record, by=by)


def both(pair: Pair, scale: str = "amount") -> OwnItem:
    client, therapist = pair
    item = proposed(client, therapist, scale=scale)
    assert agreed(item, client)
    return item


def page(client: Person) -> str:
    return signed_in(client).get("/check-in/").content.decode()


@pytest.mark.parametrize("first", [0, 1])
def test_it_is_asked_once_the_other_agrees_and_not_before(pair: Pair, first: int) -> None:
    client, other = pair[0], pair[1 - first]
    item = proposed(client, pair[first], "How near did the sea feel?")
    assert item.item_key not in page(client)
    assert item.item_key not in items_for(client)
    assert agreed(item, pair[first]) is None
    assert agreed(item, other)
    assert f'name="{item.item_key}"' in page(client)
    assert items_for(client)[item.item_key].ask == "How near did the sea feel?"


@pytest.mark.parametrize("by", [0, 1])
def test_either_retires_it_and_what_was_answered_stays(pair: Pair, by: int) -> None:
    client = pair[0]
    item = both(pair)
    row = check_in(Given({item.item_key: 3}), by=client, key=uuid4())
    assert retired(item, pair[by])
    assert not retired(item, pair[by])
    assert f'name="{item.item_key}"' not in page(client)
    row.refresh_from_db()
    assert row.answers == {item.item_key: 3}
    assert own_items(client)[item.item_key].word(3) == "a lot"
    assert item.words in signed_in(client).get(f"/check-in/{row.pk}/").content.decode()


def test_a_sixth_has_no_place_until_one_is_retired(pair: Pair) -> None:
    client, therapist = pair
    items = [proposed(client, therapist) for _ in range(5)]
    with pytest.raises(CannotPropose, match="Five stand already"):
        proposed(client, client)
    retired(items[2], client)
    assert proposed(client, client).place == items[2].place


def test_the_database_refuses_a_sixth_and_a_yes_of_the_one_who_proposed(pair: Pair) -> None:
    client, therapist = pair
    item = proposed(client, therapist)
    for wrong in (
        {"place": item.place},
        {"place": 6},
        {"scale": "colour"},
        {"agreed_by": therapist, "agreed_at": timezone.now()},
    ):
        values = {"place": 2, "scale": "amount", **wrong}
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnItem.objects.create(client=client, words="Demo?", proposed_by=therapist, key=uuid4(), **values)


def test_the_same_form_sent_twice_is_one_proposal_and_the_same_words_are_not_asked_twice(pair: Pair) -> None:
    client, therapist = pair
    key = uuid4()
    first = proposed(client, therapist, "How is the garden?", key=key)
    assert proposed(client, therapist, "How is the garden?", key=key).pk == first.pk
    with pytest.raises(CannotPropose, match="there already"):
        proposed(client, client, "how is the GARDEN?")


def test_nobody_else_proposes_agrees_or_retires(pair: Pair) -> None:
    client, therapist = pair
    item = proposed(client, therapist)
    for person in (make_therapist(), make_client()):
        with pytest.raises(NoSuchRecord):
            agreed(item, person)
    for deed in (proposed, lambda client, by: agreed(item, by), lambda client, by: retired(item, by)):
        with pytest.raises(CannotPropose):
            deed(client, make_staff())


@pytest.mark.parametrize(("scale", "fits", "not_so"), [("amount", 4, 5), ("yes_no", 1, 2), ("count", 20, 21)])
def test_an_answer_off_its_scale_is_refused(pair: Pair, scale: str, fits: int, not_so: int) -> None:
    client = pair[0]
    item = both(pair, scale)
    assert check_in(Given({item.item_key: fits}), by=client, key=uuid4()).answers == {item.item_key: fits}
    with pytest.raises(NotOnTheScale):
        check_in(Given({item.item_key: not_so}), by=client, key=uuid4())


def test_an_answer_to_somebody_elses_question_or_to_none_is_refused(pair: Pair) -> None:
    item = both(make_pair())
    for key in (item.item_key, f"own:{uuid4()}", "own:"):
        with pytest.raises(NotOnTheScale):
            check_in(Given({key: 1}), by=pair[0], key=uuid4())
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("value", ["-1", "21", "1.5", '"two"'])
def test_the_database_refuses_what_no_scale_of_this_sort_has(pair: Pair, value: str) -> None:
    row = check_in(Given({"mood": 1}), by=pair[0], key=uuid4())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE moodtracking_checkin SET answers = %s::jsonb WHERE id = %s", [f'{{"own:x": {value}}}', str(row.pk)]
        )


def test_a_tap_keeps_it_and_a_page_made_before_it_was_retired_still_can(pair: Pair) -> None:
    client = pair[0]
    item = both(pair, "yes_no")
    browser, key = signed_in(client), str(uuid4())
    retired(item, client)
    told = browser.post("/check-in/tap/", {"key": key, "asked": [item.item_key], item.item_key: "1"})
    assert told.status_code == 200
    assert CheckIn.objects.get(client=client).answers == {item.item_key: 1}
    assert browser.post("/check-in/tap/", {"key": key, "asked": [item.item_key]}).status_code == 200
    assert not CheckIn.objects.filter(client=client, answers__has_key=item.item_key).exists()


@pytest.mark.parametrize("value", ["5", "x", "٣", "1e1", "\x00", "-1"])
def test_an_odd_answer_is_said_to_be_one(pair: Pair, value: str) -> None:
    item = both(pair)
    answer = signed_in(pair[0]).post("/check-in/", {"key": str(uuid4()), "asked": item.item_key, item.item_key: value})
    assert answer.status_code == 422
    assert not CheckIn.objects.exists()


def test_within_a_day_of_a_session_nothing_more_is_agreed_to_and_less_is_at_once(pair: Pair) -> None:
    client, therapist = pair
    item, other = proposed(client, therapist), proposed(client, therapist)
    session = appointment(client, therapist, timezone.now() - timedelta(hours=3), "met")
    session.kind_id, session.ended_at = "dosing", timezone.now() - timedelta(hours=1)
    session.save()
    with pytest.raises(CanWait, match="no hurry"):
        agreed(item, client)
    with pytest.raises(CanWait):
        proposed(client, client)
    assert retired(other, client)
    assert not OwnItem.objects.get(pk=item.pk).is_agreed


def test_what_would_make_a_week_too_full_is_not_agreed_to(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    client, therapist = pair
    item = proposed(client, therapist)
    small = replace(burden.load(), most=1.8)
    monkeypatch.setattr(burden, "load", lambda: small)
    with pytest.raises(TooMuch, match="the most"):
        agreed(item, client)
    with pytest.raises(TooMuch), opened(client, therapist) as record:
        pick("panic", record=record, by=therapist)


def test_the_therapist_reads_the_answers_in_its_words_with_as_many_queries_for_one_as_for_thirty(pair: Pair) -> None:
    client, therapist = pair
    item = both(pair)
    browser, counts = signed_in(therapist), []
    for more in (1, 29):
        for _ in range(more):
            check_in(Given({item.item_key: 2}), by=client, key=uuid4())
        with CaptureQueriesContext(connection) as asked:
            shown = browser.get(f"/care/{client.pk}/").content.decode()
        counts.append(len(asked))
    assert shown.count(f"{item.words}: some") == 30
    assert counts[0] == counts[1]


def test_the_check_in_page_asks_as_often_for_one_as_for_five(pair: Pair) -> None:
    client = pair[0]
    counts = []
    for _ in range(5):
        both(pair)
        browser = signed_in(client)
        with CaptureQueriesContext(connection) as asked:
            browser.get("/check-in/")
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_words_are_sealed_in_the_database(pair: Pair) -> None:
    item = proposed(pair[0], pair[1], "A canary of the sea?")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM moodtracking_ownitem WHERE id = %s", [str(item.pk)])
        assert b"canary" not in bytes(cursor.fetchone()[0])


def test_a_client_agreeing_leaves_no_look_and_a_therapist_does(pair: Pair) -> None:
    client, therapist = pair
    item = proposed(client, therapist)
    before = looks_at(client).count()
    agreed(item, client)
    assert looks_at(client).count() == before
    assert before > 0


def test_following_knows_who_has_to_answer(pair: Pair) -> None:
    client, therapist = pair
    theirs, mine = proposed(client, therapist), proposed(client, client)
    now = following(client)
    assert [one.pk for one in now.suggested] == [theirs.pk]
    assert [one.pk for one in now.waiting] == [mine.pk]
    assert now.asked == []


@given(st.sampled_from(["amount", "yes_no", "count"]), st.integers(-5, 30))
def test_a_scale_allows_its_words_and_nothing_else(scale: str, value: int) -> None:
    item = item_of("own:x", "Demo?", scale)
    assert item.allows(value) == (0 <= value < len(anchors_of(scale)))
    if item.allows(value):
        assert could_be(value)
        assert item.word(value)
