"""A therapist sees the values, a note only when it was shared; the desk and admins see nothing."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.http import Http404

from koru.moments.spans import Span
from koru.people.models import Person
from koru.privacy.door import open_record
from moodtracking.change import change_since_session
from moodtracking.checking_in import remove
from moodtracking.looking_back import span_of, trends_for
from moodtracking.moments import last_check_in, moments, rows_of
from tests.moodtracking.days import ago, told
from tests.people import ally, make_admin, make_client, make_staff, make_therapist

pytestmark = pytest.mark.django_db
ALWAYS = Span(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


@pytest.fixture
def person() -> Person:
    return make_client(zone="America/Denver")


@pytest.fixture
def therapist(person: Person) -> Person:
    reader = make_therapist()
    ally(person, reader)
    return reader


def bodies(person: Person, reader: Person) -> list[str]:
    with open_record(person, by=reader, why="timeline") as record:
        return [moment.words.body for moment in moments(record, ALWAYS)]


def test_a_therapist_reads_values_and_only_a_shared_note(person: Person, therapist: Person) -> None:
    told(person, {"mood": 1}, at=ago(hours=2), note="a canary of my own", note_share="only_me")
    told(person, {"mood": -1}, at=ago(hours=1), note="for Wren to see", note_share="my_therapist")
    assert bodies(person, therapist) == ["Mood a bit low. for Wren to see", "Mood okay"]
    assert bodies(person, person) == ["Mood a bit low. for Wren to see", "Mood okay. a canary of my own"]


def test_the_note_that_is_not_shared_never_leaves_the_database(person: Person, therapist: Person) -> None:
    told(person, note="a canary of my own")
    told(person, note="shared", note_share="my_therapist", at=ago(hours=1))
    with open_record(person, by=therapist, why="timeline") as record:
        notes = [row[-1] for row in rows_of(record, ALWAYS, None)]
    assert [note is None for note in notes] == [True, False]


def test_the_desk_finds_no_check_in_in_a_record(person: Person) -> None:
    told(person, note="a canary of my own", note_share="my_therapist")
    assert bodies(person, make_staff()) == []
    with open_record(person, by=make_staff(), why="desk") as record:
        assert last_check_in(record) is None
        assert trends_for(record, span_of(person, "30")).trends == ()
        assert change_since_session(record, datetime.now(UTC)) is None


def test_admins_and_strange_therapists_find_no_record(person: Person) -> None:
    for reader in (make_admin(), make_therapist(), make_client()):
        with pytest.raises(Http404), open_record(person, by=reader, why="timeline"):
            pytest.fail("the door was open")


def test_a_removed_check_in_is_gone_from_every_reading(person: Person, therapist: Person) -> None:
    row = told(person)
    remove(row, by=person)
    assert bodies(person, therapist) == []
    assert bodies(person, person) == []


def test_a_long_note_is_cut_for_the_timeline(person: Person, therapist: Person) -> None:
    told(person, {}, note="word " * 100, note_share="my_therapist", key=uuid4())
    (body,) = bodies(person, therapist)
    assert len(body) <= 200
    assert body.endswith("…")
