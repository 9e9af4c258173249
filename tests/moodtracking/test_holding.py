""" "I'd rather raise it myself", said of a check-in: a therapist learns that there is something, and nothing of it."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journaling.holding import hold as hold_something
from koru.people.models import Person
from koru.privacy.door import open_record
from koru.privacy.raising import raising_words
from koru.privacy.standing import Standing
from koru.safety.flags import Flag
from koru.sealing.keyring import keyring
from moodtracking import holding
from moodtracking.caseload import about_check_ins, check_ins_from
from moodtracking.checking_in import bring_back, change, check_in, remove
from moodtracking.given import Given
from moodtracking.models import CheckIn
from moodtracking.moments import last_check_in
from moodtracking.saving import save
from moodtracking.tagged import tagged_in
from tests.journaling.sittings import make_pair
from tests.moodtracking.days import ago, held_session, told
from tests.moodtracking.test_read_by_others import ALWAYS, bodies
from tests.people import make_client, make_staff

LINE = "There is something to make room for."
NOTE, WORD = "canaryheldnote", "canaryheldword"
ANSWERS = {"mood": -2, "energy": 0, "tension": 4, "sleep_hours": 3.5, "symptom:panic": 4}
TOKEN = re.compile(r'\b[A-Za-z0-9]{64}\b|name="key" value="[^"]+"')  # of a form: another one in each answer
Pair = tuple[Person, Person]


@pytest.fixture
def pair(db: None) -> Iterator[Pair]:
    with keyring():
        yield make_pair()


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def dip(client: Person, **fields: Any) -> CheckIn:
    """A hard one with all that a check-in can hold, each of it shared as far as it can be."""
    words = {"tags": ["conflict", "alcohol"], "own_tags": WORD, "note": NOTE, "note_share": "my_therapist"}
    return told(client, ANSWERS, **{**words, **fields})


def pages_of(pair: Pair) -> dict[str, str]:
    """All that a therapist reads of one client, by address."""
    reader, own = signed_in(pair[1]), f"/care/{pair[0].pk}/"
    paths = ["/care/", own, f"{own}brief/", f"{own}charts/", f"{own}plan/", "/care/flags/"]
    return {path: TOKEN.sub("", reader.get(path).content.decode()) for path in paths}


def test_a_therapists_pages_are_the_same_as_if_a_held_check_in_had_never_been(pair: Pair) -> None:
    """Something else stands to be raised, so that even the brief has no line more or less."""
    held_session(pair[0], ago(days=5))
    told(pair[0], {"mood": 1}, at=ago(days=2))
    hold_something(None, by=pair[0])
    pages_of(pair)  # opened once: what is new is counted from here
    before = pages_of(pair)
    held = dip(pair[0], at=ago(hours=1), held_at=timezone.now())
    after = pages_of(pair)
    assert after[f"/care/{pair[0].pk}/brief/"].count(LINE) == 1
    assert after == before
    assert not any(secret in page for page in after.values() for secret in (NOTE, WORD, str(held.pk)))


def test_the_brief_says_that_there_is_something_and_the_timeline_not_even_that(pair: Pair) -> None:
    dip(pair[0], held_at=timezone.now())
    said_on = [path for path, page in pages_of(pair).items() if LINE in page]
    assert said_on == [f"/care/{pair[0].pk}/brief/"]


def test_it_reaches_no_query_result_and_no_log_of_the_therapists(pair: Pair, caplog: pytest.LogCaptureFixture) -> None:
    held = dip(pair[0], held_at=timezone.now())
    with caplog.at_level(logging.DEBUG), open_record(pair[0], by=pair[1], why="timeline") as record:
        assert not CheckIn.objects.readable_in(record).exists()
        assert bodies(pair[0], pair[1]) == []
        assert tagged_in(record, ALWAYS).told == frozenset()
        assert last_check_in(record) is None
        with CaptureQueriesContext(connection) as asked:
            assert holding.something_to_make_room_for(record)
    (question,) = asked.captured_queries
    assert "answers" not in question["sql"]
    assert check_ins_from(about_check_ins(pair[1])) == {}
    assert str(held.pk) not in caplog.text
    assert NOTE not in caplog.text


def test_whoever_else_may_open_a_record_finds_none_of_it(pair: Pair) -> None:
    dip(pair[0], held_at=timezone.now())
    with open_record(pair[0], by=make_staff(), why="desk") as record:
        assert not holding.something_to_make_room_for(record)
        assert not CheckIn.objects.readable_in(record).exists()
    for standing in set(Standing) - {Standing.OWN}:
        with open_record(pair[0], by=pair[1], why="timeline") as record:
            record.standing = standing
            assert not CheckIn.objects.readable_in(record).exists()


def test_its_client_sees_it_as_before_in_their_own_lines(pair: Pair) -> None:
    held = dip(pair[0], held_at=timezone.now())
    own = signed_in(pair[0])
    assert ",-2," in own.get("/trends/csv/").getvalue().decode()
    assert NOTE in own.get(f"/check-in/{held.pk}/").content.decode()
    assert len(bodies(pair[0], pair[0])) == 1


def test_one_press_holds_it_and_gives_first_sentences_and_another_lets_it_be_seen(pair: Pair) -> None:
    row, own = dip(pair[0]), signed_in(pair[0])
    words = raising_words()
    before = own.get(f"/check-in/{row.pk}/").content.decode().replace("&#x27;", "'")
    assert words.not_held in before
    page = own.post(f"/check-in/{row.pk}/hold/", follow=True).content.decode().replace("&#x27;", "'")
    assert words.sentences[0] in page
    assert words.held.replace('"', "&quot;") in page
    assert words.not_held in page
    assert "Only you can read this note." in page
    assert f"/check-in/{row.pk}/" in own.get("/check-in/raise/").content.decode()
    assert bodies(pair[0], pair[1]) == []
    own.post(f"/check-in/{row.pk}/show/")
    assert NOTE in bodies(pair[0], pair[1])[0]
    assert LINE not in pages_of(pair)[f"/care/{pair[0].pk}/brief/"]


def test_said_in_the_room_it_stays_the_clients_and_the_brief_says_nothing_more(pair: Pair) -> None:
    row, own = dip(pair[0], held_at=timezone.now()), signed_in(pair[0])
    own.post(f"/check-in/{row.pk}/said/")
    brief = pages_of(pair)[f"/care/{pair[0].pk}/brief/"]
    assert LINE not in brief
    assert bodies(pair[0], pair[1]) == []
    assert raising_words().raised in own.get(f"/check-in/{row.pk}/").content.decode().replace("&#x27;", "'")


def test_held_from_its_first_tap_on_it_was_never_there_for_anybody_else(pair: Pair) -> None:
    own, key = signed_in(pair[0]), str(uuid4())
    own.post("/check-in/tap/", {"key": key, "held": "on"})
    assert not CheckIn.objects.exists()
    own.post("/check-in/tap/", {"key": key, "held": "on", "asked": "mood", "mood": "-1"})
    assert CheckIn.objects.get().held_at
    answer = own.post("/check-in/", {"key": key, "asked": ["mood", "energy"], "mood": "-1", "energy": "1"}, follow=True)
    assert CheckIn.objects.get().held_at, "a page that was open since before doesn't show it again"
    assert raising_words().sentences[0] in answer.content.decode().replace("&#x27;", "'")


def test_without_anybody_to_hold_it_from_the_page_does_not_offer_it(pair: Pair) -> None:
    assert raising_words().hold in signed_in(pair[0]).get("/check-in/").content.decode()
    assert raising_words().hold not in signed_in(make_client()).get("/check-in/").content.decode()


def test_an_urge_to_harm_raises_its_flag_from_a_held_check_in_too(pair: Pair) -> None:
    row = check_in(Given({"mood": -1}, note=NOTE, note_share="my_therapist", held=True), by=pair[0], key=uuid4())
    saved = save(Given({"symptom:urge-to-harm": 2}), row.key, by=pair[0])
    assert saved.row.held_at
    flag = Flag.objects.get()
    assert flag.key == "urge_to_harm"
    assert saved.help_path
    reader, address = signed_in(pair[1]), f"/care/flags/{flag.pk}/"
    page = reader.get(address).content.decode()
    assert "harm" in page
    assert str(row.pk) not in page
    assert NOTE not in page
    assert bodies(pair[0], pair[1]) == []


def test_a_sharp_drop_is_told_though_each_of_its_days_is_held(pair: Pair) -> None:
    for day in range(2, 10):
        told(pair[0], {"mood": 1}, at=ago(days=day))
    saved = save(Given({"mood": -3}, held=True), uuid4(), by=pair[0])
    assert saved.row.held_at
    assert Flag.objects.get().key == "mood_drop"


def test_how_somebody_is_after_a_session_is_not_held_and_its_page_does_not_offer_it(pair: Pair) -> None:
    after = told(pair[0], {"side_effect:headache": 1}, kind="side_effect")
    own = signed_in(pair[0])
    assert raising_words().title not in own.get(f"/check-in/{after.pk}/").content.decode()
    assert own.post(f"/check-in/{after.pk}/hold/").status_code == 404
    with pytest.raises(IntegrityError, match="held_are_daily_check_ins"):
        CheckIn.objects.filter(pk=after.pk).update(held_at=timezone.now())


def test_only_ones_own_can_be_held_said_or_shown(pair: Pair) -> None:
    others = dip(make_client(), held_at=timezone.now())
    own = signed_in(pair[0])
    assert own.post(f"/check-in/{others.pk}/hold/").status_code == 404
    assert own.post(f"/check-in/{others.pk}/said/").status_code == 404
    assert own.post(f"/check-in/{others.pk}/show/").status_code == 404
    assert CheckIn.objects.get(pk=others.pk).held_at


def test_within_a_day_of_a_session_holding_acts_at_once_and_showing_waits(pair: Pair) -> None:
    row = dip(pair[0])
    held_session(pair[0], ago(hours=5))
    own = signed_in(pair[0])
    page = own.post(f"/check-in/{row.pk}/hold/", follow=True).content.decode()
    assert "can be decided from" in page
    assert raising_words().show not in page
    assert bodies(pair[0], pair[1]) == []
    own.post(f"/check-in/{row.pk}/show/")
    assert bodies(pair[0], pair[1]) == []


def test_removed_and_brought_back_it_is_held_still(pair: Pair) -> None:
    row = dip(pair[0], held_at=timezone.now())
    remove(row, by=pair[0])
    with open_record(pair[0], by=pair[1], why="brief") as record:
        assert not holding.something_to_make_room_for(record)
    bring_back(row, by=pair[0])
    assert CheckIn.objects.get().held_at
    assert bodies(pair[0], pair[1]) == []


def test_a_note_added_days_later_is_held_with_it(pair: Pair) -> None:
    row = dip(pair[0], at=ago(days=3), note="", held_at=timezone.now() - timedelta(days=3))
    change(row, Given(note=NOTE, note_share="my_therapist"), by=pair[0])
    assert bodies(pair[0], pair[1]) == []
