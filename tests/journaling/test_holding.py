""" "I'd rather raise it myself": one line on the brief, nothing of what, and gone when it is said."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from journaling import holding, writing
from journaling.holding import something_to_make_room_for
from journaling.models import Entry, Raised
from journaling.writing import Written
from koru.people.models import Person
from koru.privacy.door import open_record
from koru.privacy.raising import raising_words
from koru.safety.flags import Flag
from koru.sealing.keyring import keyring
from tests.journaling.sittings import make_dosing, make_pair
from tests.people import make_client, make_staff
from tests.reading_rules import broken_rules

LINE = "There is something to make room for."
HELD = "canaryheld"
Pair = tuple[Person, Person]


@pytest.fixture
def pair(db: None) -> Pair:
    return make_pair()


def written(rowan: Person, share: str = "only_me") -> Entry:
    with keyring():
        return writing.keep(Written(HELD, title=HELD, share=share), key=uuid4(), by=rowan)


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def brief(pair: Pair) -> str:
    return signed_in(pair[1]).get(f"/care/{pair[0].pk}/brief/").content.decode()


def test_the_brief_says_one_line_and_nothing_of_what_it_is(pair: Pair) -> None:
    assert LINE not in brief(pair)
    entry = written(pair[0])
    answer = signed_in(pair[0]).post(f"/journal/{entry.pk}/raise/", follow=True)
    assert raising_words().sentences[0] in answer.content.decode().replace("&#x27;", "'")
    page = brief(pair)
    assert page.count(LINE) == 1
    assert HELD not in page
    assert str(entry.pk) not in page
    timeline = signed_in(pair[1]).get(f"/care/{pair[0].pk}/").content.decode()
    assert HELD not in timeline
    assert LINE not in timeline


def test_three_marks_are_told_as_one_and_each_only_once(pair: Pair) -> None:
    own = signed_in(pair[0])
    for _ in range(2):
        own.post("/journal/raise/something/")
        own.post(f"/journal/{written(pair[0]).pk}/raise/")
    assert Raised.objects.count() == 3
    assert brief(pair).count(LINE) == 1


@pytest.mark.parametrize("ending", ["let go", "deleted", "shared"])
def test_it_is_gone_when_it_was_said_deleted_or_shared(pair: Pair, ending: str) -> None:
    rowan, entry = pair[0], written(pair[0])
    with keyring():
        mark = holding.hold(entry, by=rowan)
        assert LINE in brief(pair)
        if ending == "let go":
            signed_in(rowan).post(f"/journal/raise/{mark.pk}/let-go/")
        elif ending == "deleted":
            writing.delete(entry, by=rowan)
        else:
            writing.share(entry, "my_therapist", by=rowan)
    assert LINE not in brief(pair)


def test_a_shared_entry_is_not_for_raising_and_anothers_is_not_there(pair: Pair) -> None:
    own = signed_in(pair[0])
    assert own.post(f"/journal/{written(pair[0], 'my_therapist').pk}/raise/").status_code == 404
    other = make_client()
    assert own.post(f"/journal/{written(other).pk}/raise/").status_code == 404
    with keyring():
        mark = holding.hold(None, by=other)
    assert own.post(f"/journal/raise/{mark.pk}/let-go/").status_code == 404


def test_the_desk_learns_nothing_of_it(pair: Pair) -> None:
    with keyring():
        holding.hold(None, by=pair[0])
        with open_record(pair[0], by=make_staff(), why="desk") as record:
            assert not something_to_make_room_for(record)


def test_within_a_day_of_a_session_it_waits_and_is_asked_again(pair: Pair) -> None:
    rowan, now = pair[0], timezone.now()
    held = make_dosing(rowan, pair[1], now - timedelta(hours=5), now - timedelta(hours=2))
    own = signed_in(rowan)
    own.post("/journal/raise/something/")
    assert LINE not in brief(pair)
    assert "Nothing is said yet." in own.get("/journal/raise/").content.decode()
    held.delete()
    Raised.objects.update(ask_at=now - timedelta(hours=1))
    assert "Yes, let it be known" in own.get("/journal/raise/").content.decode()
    assert LINE not in brief(pair)
    own.post("/journal/raise/something/")
    assert LINE in brief(pair)


def test_the_page_says_that_what_worries_can_not_be_held_back(pair: Pair) -> None:
    page = signed_in(pair[0]).get("/journal/raise/").content.decode().replace("&#x27;", "'")
    assert raising_words().not_held in page


def test_each_of_its_words_keeps_the_rules() -> None:
    words = raising_words()
    said = [
        words.title,
        words.lead,
        words.first,
        words.not_held,
        words.check_in,
        words.held,
        words.raised,
        words.show,
        words.marked,
        words.ended,
        words.look,
        words.look_hint,
        words.copy,
    ]
    assert [line for line in said if broken_rules(line)] == []


def test_asking_for_a_look_makes_one_routine_flag_for_a_shared_entry_and_says_when_somebody_looks(pair: Pair) -> None:
    rowan = pair[0]
    entry, own = written(rowan, "my_therapist"), signed_in(rowan)
    for _ in range(2):
        own.post(f"/journal/{entry.pk}/look/")
    flag = Flag.objects.get()
    assert (flag.key, flag.owner) == ("asked_to_look", pair[1])
    page = own.get(f"/journal/{entry.pk}/").content.decode()
    assert "Asked " in page
    assert "not around the clock" in page
    assert own.post(f"/journal/{written(rowan).pk}/look/").status_code == 404
