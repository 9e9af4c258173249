"""The therapist's pages: one stream of what the client shares, through the door, in a steady number of queries."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from journaling.models import Entry
from koru.care.story import PAGE, page_of, story
from koru.moments.spans import Span
from koru.people.consents import end_alliance
from koru.people.models import Person
from koru.privacy.door import open_record
from koru.privacy.looks import looks_at
from tests.people import make_admin, make_client, make_staff, make_therapist

from .world import CANARY, appointment, check_in, signed_in, write

pytestmark = pytest.mark.django_db
ALL = Span(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def test_all_rooms_stand_in_one_stream_newest_first(pair: tuple[Person, Person]) -> None:
    client, therapist = pair
    now = timezone.now()
    write(client, at=now - timedelta(days=2))
    check_in(client, now - timedelta(days=1))
    appointment(client, therapist, now - timedelta(days=3), "met")
    with open_record(client, by=therapist, why="timeline") as record:
        kinds = [moment.kind for moment in story(record, ALL)]
    assert kinds == ["check_in", "entry", "appointment"]


def test_a_private_entry_is_nowhere_for_anybody_else(pair: tuple[Person, Person]) -> None:
    client, therapist = pair
    entry = write(client, share="only_me", text=CANARY)
    browser = signed_in(therapist)
    assert CANARY not in browser.get(f"/care/{client.pk}/").content.decode()
    for person in (therapist, make_therapist(), make_staff(), make_admin(), make_client()):
        assert signed_in(person).get(f"/care/{client.pk}/entries/{entry.pk}/").status_code == 404


def test_a_shared_entry_opens_and_the_client_sees_who_opened_it(pair: tuple[Person, Person]) -> None:
    client, therapist = pair
    entry = write(client, text="Words for you.")
    answer = signed_in(therapist).get(f"/care/{client.pk}/entries/{entry.pk}/")
    assert "Words for you." in answer.content.decode()
    assert ("entry", str(entry.pk)) in {(row.act, row.about) for row in looks_at(client)}


def test_words_taken_back_are_gone_at_the_next_request(pair: tuple[Person, Person]) -> None:
    client, therapist = pair
    entry = write(client, text=CANARY)
    browser = signed_in(therapist)
    assert CANARY in browser.get(f"/care/{client.pk}/").content.decode()
    Entry.objects.filter(pk=entry.pk).update(share="only_me")
    assert CANARY not in browser.get(f"/care/{client.pk}/").content.decode()
    assert browser.get(f"/care/{client.pk}/entries/{entry.pk}/").status_code == 404


def test_an_alliance_that_ends_closes_the_page_within_the_same_session(pair: tuple[Person, Person]) -> None:
    client, therapist = pair
    browser = signed_in(therapist)
    assert browser.get(f"/care/{client.pk}/").status_code == 200
    end_alliance(client.alliances.get(), by=therapist)
    assert browser.get(f"/care/{client.pk}/").status_code == 404


def test_pages_follow_each_other_and_lose_nothing_at_one_instant(pair: tuple[Person, Person]) -> None:
    client, therapist = pair
    same = timezone.now() - timedelta(days=1)
    for _ in range(3):
        write(client, at=same)
        check_in(client, same)
    for minute in range(PAGE):
        check_in(client, same - timedelta(minutes=minute))
    seen, span = 0, ALL
    with open_record(client, by=therapist, why="timeline") as record:
        while True:
            page = page_of(record, span)
            seen += len(page.moments)
            if page.older is None:
                break
            span = Span(ALL.start, page.older)
    assert seen == PAGE + 6


@pytest.mark.parametrize("items", [1, 30])
def test_the_timeline_asks_as_often_for_one_as_for_thirty(
    pair: tuple[Person, Person], items: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, therapist = pair
    now = timezone.now()
    for number in range(items):
        write(client, at=now - timedelta(hours=number))
        check_in(client, now - timedelta(hours=number))
        appointment(client, therapist, now - timedelta(days=number + 1), "met")
    browser = signed_in(therapist)
    browser.get(f"/care/{client.pk}/")
    with django_assert_num_queries(TIMELINE_QUERIES):
        assert browser.get(f"/care/{client.pk}/").status_code == 200


TIMELINE_QUERIES = 16  # one of them for all lanes of the overview


def test_odd_addresses_are_answered_kindly(pair: tuple[Person, Person]) -> None:
    client, therapist = pair
    browser = signed_in(therapist)
    for query in ("before=yesterday", "before=2026-99-99T00:00:00Z", "before=0001-01-01T00:00:00Z", "show=%00", "show=letters"):
        assert browser.get(f"/care/{client.pk}/?{query}").status_code == 200
    assert browser.get(f"/care/{uuid4()}/").status_code == 404
