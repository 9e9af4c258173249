"""Who reads what of a journal: the writer all, a therapist what is shared, anybody else nothing."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journaling import reading, writing
from journaling.models import Entry
from journaling.moments import moments
from journaling.writing import Written
from koru.moments.spans import Span
from koru.people.consents import end_alliance
from koru.people.models import Alliance, Person
from koru.privacy.door import NoSuchRecord, open_record
from koru.privacy.looks import looks_at
from koru.sealing.fields import CANNOT_OPEN
from koru.sealing.keyring import keyring
from tests.journaling.sittings import make_pair
from tests.people import make_admin, make_staff

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]
SHARES = {"private-canary": "only_me", "shared": "my_therapist", "brought": "bring_to_session"}


@pytest.fixture(autouse=True)
def ring() -> Iterator[None]:
    with keyring():
        yield


@pytest.fixture
def pair() -> Pair:
    rowan, wren = make_pair()
    for text, share in SHARES.items():
        writing.keep(Written(text, share=share), key=uuid4(), by=rowan)
    return rowan, wren


def lately() -> Span:
    now = timezone.now()
    return Span(now - timedelta(days=90), now + timedelta(days=1))


def read_by(reader: Person, client: Person) -> set[str]:
    with open_record(client, by=reader, why="timeline") as record:
        seen = {moment.words.body for moment in moments(record, lately())}
        assert seen == {view.text for view in reading.shared(record, lately())}
        return seen


def test_the_writer_reads_all_and_a_therapist_what_is_shared(pair: Pair) -> None:
    rowan, wren = pair
    assert read_by(rowan, rowan) == set(SHARES)
    assert read_by(wren, rowan) == {"shared", "brought"}


def test_staff_open_the_record_and_read_nothing_of_it(pair: Pair) -> None:
    assert read_by(make_staff(), pair[0]) == set()


def test_another_therapist_and_an_admin_do_not_even_open_it(pair: Pair) -> None:
    for person in (make_pair()[1], make_admin(), make_pair()[0]):
        with pytest.raises(NoSuchRecord):
            read_by(person, pair[0])


def test_an_ended_alliance_reads_nothing_from_that_instant(pair: Pair) -> None:
    rowan, wren = pair
    end_alliance(Alliance.objects.get(), by=wren)
    with pytest.raises(NoSuchRecord):
        read_by(wren, rowan)


def test_an_entry_taken_back_or_deleted_vanishes_at_once(pair: Pair) -> None:
    rowan, wren = pair
    shared, brought = (Entry.objects.get(share=share) for share in ("my_therapist", "bring_to_session"))
    writing.share(shared, "only_me", by=rowan)
    writing.delete(brought, by=rowan)
    assert read_by(wren, rowan) == set()


def test_opening_an_entry_leaves_a_look_that_the_writer_sees(pair: Pair) -> None:
    rowan, wren = pair
    entry = Entry.objects.get(share="my_therapist")
    with open_record(rowan, by=wren, why="timeline") as record:
        assert reading.entry_in(record, entry.pk).text == "shared"
    assert [(look.act, look.about) for look in looks_at(rowan) if look.act == "entry"] == [("entry", str(entry.pk))]
    assert [look.name for look in reading.looks_at_entry(rowan, entry.pk)] == ["Demo Wren"]


def test_a_private_entry_is_not_there_for_a_therapist_and_leaves_no_look(pair: Pair) -> None:
    rowan, wren = pair
    entry = Entry.objects.get(share="only_me")
    with pytest.raises(Http404), open_record(rowan, by=wren, why="timeline") as record:
        reading.entry_in(record, entry.pk)
    assert not [look for look in looks_at(rowan) if look.act == "entry"]


def test_another_clients_entry_does_not_open_in_this_record(pair: Pair) -> None:
    rowan, wren = pair
    other = writing.keep(Written("theirs", share="my_therapist"), key=uuid4(), by=make_pair()[0])
    with pytest.raises(Http404), open_record(rowan, by=wren, why="timeline") as record:
        reading.entry_in(record, other.pk)


def test_five_at_most_are_brought_the_newest_first_and_cut_between_words(pair: Pair) -> None:
    rowan, wren = pair
    for number in range(6):
        writing.keep(Written(f"{number} " + "word " * 100, share="bring_to_session"), key=uuid4(), by=rowan)
    with open_record(rowan, by=wren, why="brief") as record:
        pins = reading.pinned(record)
    assert [pin.text[0] for pin in pins] == ["5", "4", "3", "2", "1"]
    assert all(len(pin.text) <= 202 and pin.text.endswith("word …") for pin in pins)


def test_a_timeline_asks_once_whatever_the_span(pair: Pair) -> None:
    rowan, wren = pair
    for number in range(30):
        writing.keep(Written(f"Entry {number}", share="my_therapist"), key=uuid4(), by=rowan)
    with open_record(rowan, by=wren, why="timeline") as record:
        list(moments(record, lately()))
        with CaptureQueriesContext(connection) as queries:
            assert len(list(moments(record, lately()))) == 32
    assert len(queries) == 1


def test_a_moment_tells_what_is_brought_and_calls_an_entry_by_its_prompt(pair: Pair) -> None:
    rowan, wren = pair
    writing.keep(Written("line one\nline two", prompt="w-right-now", share="bring_to_session"), key=uuid4(), by=rowan)
    with open_record(rowan, by=wren, why="timeline") as record:
        newest = next(moments(record, lately()))
    assert newest.words.title == "What is the weather inside you, right now?"
    assert newest.words.body == "line one line two"
    assert "bring" in newest.marks


def test_a_sealed_word_that_was_damaged_is_said_in_its_own_line_and_never_shown(pair: Pair) -> None:
    rowan, _ = pair
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journaling_entry SET text = set_byte(text, 40, (get_byte(text, 40) + 1) % 256)")
    assert read_by(rowan, rowan) == {CANNOT_OPEN}
