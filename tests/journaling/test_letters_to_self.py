"""A letter to oneself: shut until its day, told of in a note that says nothing, opened early by choice, gone when let go."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from journaling.drafts import Unfinished, save
from journaling.letters_to_self import NotAhead, purge, seal_for_later
from journaling.models import Draft, LetterToSelf
from koru.people.models import Person
from koru.reminders.models import Letter
from koru.sealing.keyring import keyring
from tests.journaling.sittings import make_pair

NOW = "2026-11-24 15:00+00:00"
OPENS = date(2027, 2, 22)
WORDS = "canary for later"


@pytest.fixture
def rowan(db: None) -> Person:
    return make_pair()[0]


@pytest.fixture
def own(client: Client, rowan: Person) -> Client:
    client.force_login(rowan)
    return client


def sealed(rowan: Person, opens: date = OPENS) -> LetterToSelf:
    with time_machine.travel(NOW, tick=False), keyring():
        return seal_for_later(WORDS, opens, by=rowan, key=uuid4())


def seen(own: Client, letter: LetterToSelf, at: str) -> str:
    with time_machine.travel(at, tick=False):
        own.force_login(letter.client)
        answer = own.get(f"/journal/letters/{letter.pk}/")
        assert answer.status_code == 200
        return answer.content.decode()


def test_it_is_shut_to_the_minute_in_the_writers_own_days(own: Client, rowan: Person) -> None:
    letter = sealed(rowan)
    assert WORDS not in seen(own, letter, "2027-02-22 08:59:59+00:00")  # 03:59 in New York: still the day before
    assert WORDS in seen(own, letter, "2027-02-22 09:00:00+00:00")


def test_a_shut_letters_words_are_not_even_fetched(own: Client, rowan: Person) -> None:
    letter = sealed(rowan)
    with CaptureQueriesContext(connection) as queries:
        seen(own, letter, NOW)
        with time_machine.travel(NOW, tick=False):
            own.get("/journal/letters/")
    assert not any('"journaling_lettertoself"."text"' in query["sql"] for query in queries)


def test_the_note_of_that_day_is_planned_with_it_and_says_nothing(rowan: Person) -> None:
    letter = sealed(rowan)
    note = Letter.objects.get(kind="letter-to-self")
    assert note.due_at == datetime(2027, 2, 22, 15, tzinfo=UTC)  # ten in the morning in New York
    assert note.about == letter.pk
    assert WORDS not in str(note.context)


def test_a_form_sent_twice_seals_one_and_plans_one_note(own: Client, rowan: Person) -> None:
    sent = {"text": WORDS, "opens_on": "2027-02-22", "key": str(uuid4())}
    with time_machine.travel(NOW, tick=False):
        own.force_login(rowan)
        answers = [own.post("/journal/letters/new/", sent) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert LetterToSelf.objects.count() == Letter.objects.filter(kind="letter-to-self").count() == 1


@pytest.mark.parametrize("day", ["2026-11-24", "2020-01-01", "2039-01-01", "never", ""])
def test_a_day_that_is_not_ahead_keeps_all_that_was_typed(own: Client, rowan: Person, day: str) -> None:
    with time_machine.travel(NOW, tick=False):
        own.force_login(rowan)
        answer = own.post("/journal/letters/new/", {"text": WORDS, "opens_on": day, "key": str(uuid4())})
        assert answer.status_code == 422
        assert WORDS in answer.content.decode()
        assert [draft.text for draft in Draft.objects.all()] == [WORDS]
        assert "/journal/letters/new/?draft=" in own.get("/journal/").content.decode()
    assert not LetterToSelf.objects.exists()


def test_the_deed_refuses_it_too(rowan: Person) -> None:
    with pytest.raises(NotAhead):
        sealed(rowan, date(2026, 11, 24))


def test_sealing_leaves_no_draft_to_read_it_in_and_a_late_save_brings_none_back(rowan: Person) -> None:
    key = uuid4()
    with time_machine.travel(NOW, tick=False), keyring():
        first = save(Unfinished(key, text=WORDS, prompt="letter-to-self"), by=rowan)
        assert first.draft is not None
        seal_for_later(WORDS, OPENS, by=rowan, key=key, revision=first.draft.revision)
        late = save(Unfinished(key, revision=9, text=WORDS[:5], prompt="letter-to-self"), by=rowan)
    assert late.draft is None
    assert not Draft.objects.exists()


def test_opening_early_asks_once_and_takes_the_note_back(own: Client, rowan: Person) -> None:
    letter = sealed(rowan)
    with time_machine.travel("2026-12-01 15:00+00:00", tick=False):
        own.force_login(rowan)
        asked = own.get(f"/journal/letters/{letter.pk}/open/").content.decode()
        assert WORDS not in asked
        assert LetterToSelf.objects.get().opened_at is None
        assert WORDS in own.post(f"/journal/letters/{letter.pk}/open/", follow=True).content.decode()
    assert Letter.objects.get(kind="letter-to-self").withdrawn_at is not None


def test_let_go_it_is_gone_with_its_note_and_after_thirty_days_for_good(own: Client, rowan: Person) -> None:
    letter = sealed(rowan)
    with time_machine.travel(NOW, tick=False):
        own.force_login(rowan)
        own.post(f"/journal/letters/{letter.pk}/delete/")
        assert own.get(f"/journal/letters/{letter.pk}/").status_code == 404
    assert Letter.objects.get(kind="letter-to-self").withdrawn_at is not None
    deleted = LetterToSelf.objects.get().deleted_at
    assert deleted is not None
    assert purge(deleted + timedelta(days=29)) == 0
    assert purge(deleted + timedelta(days=30)) == 1


def test_a_deed_that_fails_leaves_neither_letter_nor_note(rowan: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("journaling.letters_to_self._note", fails)
    with pytest.raises(RuntimeError):
        sealed(rowan)
    assert not LetterToSelf.objects.exists()
    assert not Letter.objects.filter(kind="letter-to-self").exists()


def test_the_list_asks_as_often_for_one_as_for_thirty(own: Client, rowan: Person) -> None:
    asked = []
    for more in (1, 29):
        for _ in range(more):
            sealed(rowan)
        with time_machine.travel(NOW, tick=False), CaptureQueriesContext(connection) as queries:
            own.force_login(rowan)
            own.get("/journal/letters/")
        asked.append(len(queries))
    assert asked[0] == asked[1]
