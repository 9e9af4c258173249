"""You see the brief first: the same text as the therapist's, a line added, something taken back; and its one budget."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journaling.goals import Goal
from journaling.held import Passage
from journaling.models import Entry
from koru.care.models import AddedLine
from koru.moments.ids import new_id
from koru.people.models import Alliance, Person
from koru.privacy.looks import looks_at
from koru.privacy.models import AccessRow
from moodtracking.models import CheckIn
from scheduling.models import Appointment
from tests.days import this_day
from tests.people import ally, make_client, make_therapist

from .brief_text import BRIEF_QUERIES, NOTE, WITHOUT_MEETING, dosing_before, full, text_of
from .test_timeline import TIMELINE_QUERIES
from .world import CANARY, appointment, signed_in, write

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]


def own(session: Appointment) -> str:
    return f"/sessions/{session.pk}/brief/"


def shown(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def theirs(pair: Pair) -> str:
    return shown(signed_in(pair[1]), f"/care/{pair[0].pk}/brief/")


def test_the_client_reads_what_the_therapist_reads_but_for_notes_which_are_named(pair: Pair) -> None:
    client, therapist = pair
    session = full(client, therapist)
    signed_in(client).post(own(session), {"words": "Could we begin slowly?"})
    mine, hers = text_of(shown(signed_in(client), own(session))), text_of(theirs(pair))
    assert mine.text == hers.text
    for words in ("The thing with my brother.", "Given words.", "Could we begin slowly?", "Soft, curious", "Walk after lunch"):
        assert words in mine.text
    assert "The lake held still." in mine.text
    assert "Sleep most nights" in mine.text
    assert any(NOTE in words for words in hers.notes)
    assert not any("canary" in words for words in mine.notes)
    assert any(f"{therapist.display_name} has 1 note of their own" in words for words in mine.notes)


def test_an_empty_record_reads_the_same_to_both(pair: Pair) -> None:
    session = appointment(*pair, timezone.now() + timedelta(hours=3))
    mine, hers = text_of(shown(signed_in(pair[0]), own(session))), text_of(theirs(pair))
    assert mine.text == hers.text
    assert "Nothing is marked to bring along." in mine.text
    assert mine.notes == []


def test_their_own_reading_leaves_no_trace_and_shows_nothing_private(pair: Pair) -> None:
    session = full(*pair)
    write(pair[0], "only_me", CANARY)
    before = AccessRow.objects.count()
    assert CANARY not in shown(signed_in(pair[0]), own(session))
    assert AccessRow.objects.count() == before


SHARED: dict[str, tuple[Callable[[Person], Model], str, str]] = {
    "entry": (lambda client: Entry.objects.get(client=client, share="bring_to_session"), "entries", "The thing with my brother."),
    "passage": (lambda client: Passage.objects.get(client=client), "passages", "Given words."),
    "goal": (lambda client: Goal.objects.get(client=client), "goals", "Sleep most nights"),
}


@pytest.mark.parametrize("what", SHARED)
def test_what_is_taken_back_there_is_gone_at_the_therapists_next_interaction(pair: Pair, what: str) -> None:
    client, therapist = pair
    session = full(client, therapist)
    browser, reader = signed_in(client), signed_in(therapist)
    row_of, place, words = SHARED[what]
    one, path = row_of(client), f"/care/{client.pk}/{place}/"
    assert words in theirs(pair)
    assert words in shown(reader, path if what == "goal" else f"{path}{row_of(client).pk}/")
    for _ in range(2):
        assert browser.post(f"{own(session)}take-back/", {"what": what, "id": str(one.pk)}).status_code == 302
    if what == "goal":
        assert words not in shown(reader, path)
    else:
        assert reader.get(f"{path}{one.pk}/").status_code == 404
    assert words not in theirs(pair)
    assert words not in shown(browser, own(session))


@pytest.mark.parametrize(
    "odd", [{}, {"what": "entry"}, {"what": "passage", "id": "x"}, {"what": "goal"}, {"what": "\x00", "id": str(uuid4())}]
)
def test_an_odd_taking_back_takes_nothing(pair: Pair, odd: dict[str, str]) -> None:
    session = full(*pair)
    assert signed_in(pair[0]).post(f"{own(session)}take-back/", odd).status_code in (302, 404)
    assert "The thing with my brother." in theirs(pair)


def test_anothers_entry_is_not_theirs_to_take_back(pair: Pair) -> None:
    session = full(*pair)
    other = ally(make_client(), make_therapist()).client
    entry = write(other, "my_therapist")
    assert signed_in(pair[0]).post(f"{own(session)}take-back/", {"what": "entry", "id": str(entry.pk)}).status_code == 404
    assert Entry.objects.get(pk=entry.pk).share == "my_therapist"


def test_a_line_is_said_changed_and_taken_away_and_stands_for_its_session_alone(pair: Pair) -> None:
    client = pair[0]
    session = full(*pair)
    browser = signed_in(client)
    for words in ("First words", "Second words", "Second words"):
        assert browser.post(own(session), {"words": words}).status_code == 302
    assert "Second words" in theirs(pair)
    assert AddedLine.objects.filter(client=client).count() == 1
    Appointment.objects.filter(pk=session.pk).update(state="cancelled")
    assert "Second words" not in theirs(pair)
    Appointment.objects.filter(pk=session.pk).update(state="booked")
    browser.post(own(session), {"words": ""})
    assert "Second words" not in theirs(pair)


@pytest.mark.parametrize("words", ["x" * 201, "two\nlines"])
def test_a_line_that_cannot_be_kept_stays_in_its_field(pair: Pair, words: str) -> None:
    session = full(*pair)
    answer = signed_in(pair[0]).post(own(session), {"words": words})
    assert answer.status_code == 422
    assert words.replace("\n", "") in answer.content.decode().replace("\n", "")
    assert not AddedLine.objects.exists()


def test_within_a_day_of_a_session_an_added_line_waits(pair: Pair) -> None:
    client, therapist = pair
    session = appointment(client, therapist, timezone.now() + timedelta(hours=20))
    last = dosing_before(client, therapist, 0)
    long = {"started_at": timezone.now() - timedelta(hours=6), "ended_at": timezone.now() - timedelta(hours=4)}
    Appointment.objects.filter(pk=last.pk).update(**long)
    browser = signed_in(client)
    browser.post(own(session), {"words": "Said too soon"})
    assert "Said too soon" not in theirs(pair)
    assert "Only you read it yet" in shown(browser, own(session))
    long_ago = {"started_at": timezone.now() - timedelta(hours=29), "ended_at": timezone.now() - timedelta(hours=27)}
    Appointment.objects.filter(pk=last.pk).update(**long_ago)
    assert "Said too soon" not in theirs(pair)
    browser.post(own(session), {"words": "Said too soon"})
    assert "Said too soon" in theirs(pair)


@pytest.mark.parametrize(
    ("hours", "state", "words"),
    [(30, "booked", "you can read here"), (-3, "met", "until the end"), (5, "cancelled", "until the end")],
)
def test_before_and_after_it_says_when(pair: Pair, hours: int, state: str, words: str) -> None:
    session = appointment(*pair, timezone.now() + timedelta(hours=hours), state)
    page = shown(signed_in(pair[0]), own(session))
    assert words in page
    assert "data-brief" not in page


def test_a_session_in_progress_keeps_it_open_and_an_ended_alliance_closes_it(pair: Pair) -> None:
    client = pair[0]
    session = appointment(*pair, timezone.now() - timedelta(minutes=20))
    assert "data-brief" in shown(signed_in(client), own(session))
    assert "In their words" in theirs(pair)
    Alliance.objects.filter(client=client).update(until=timezone.now())
    assert "Nobody reads a brief" in shown(signed_in(client), own(session))


def test_the_one_that_comes_first_has_it(pair: Pair) -> None:
    soon = appointment(*pair, timezone.now() + timedelta(hours=2))
    later = appointment(*pair, timezone.now() + timedelta(hours=9))
    assert "Another appointment of yours comes first" in shown(signed_in(pair[0]), own(later))
    assert "data-brief" in shown(signed_in(pair[0]), own(soon))


def test_nobody_elses_is_there(pair: Pair) -> None:
    session = full(*pair)
    for person in (make_client(), pair[1], make_therapist()):
        assert signed_in(person).get(own(session)).status_code == 404
        assert signed_in(person).post(f"{own(session)}take-back/").status_code == 404


def test_a_humans_word_that_it_was_read_reaches_the_client(pair: Pair) -> None:
    client, therapist = pair
    session = full(client, therapist)
    browser = signed_in(client)
    theirs(pair)
    assert "looked at your brief" not in shown(browser, own(session))
    signed_in(therapist).post(f"/care/{client.pk}/brief/read/")
    for path in (own(session), f"/sessions/{session.pk}/"):
        assert "Your therapist looked at your brief, " in shown(browser, path)
    assert "You marked it as read" in theirs(pair)
    assert "brief read" in [row.act for row in looks_at(client)]


def test_it_is_linked_from_today_and_the_session_a_day_before(pair: Pair) -> None:
    far = appointment(*pair, timezone.now() + timedelta(days=4))
    browser = signed_in(pair[0])
    for path in ("/today/", f"/sessions/{far.pk}/"):
        assert own(far) not in shown(browser, path)
    near = appointment(*pair, timezone.now() + timedelta(hours=20))
    for path in ("/today/", f"/sessions/{near.pk}/"):
        assert own(near) in shown(browser, path)


def test_a_deactivated_client_is_gone_mid_read_and_an_erased_one_too(pair: Pair) -> None:
    client, therapist = pair
    session = full(client, therapist)
    reader, browser = signed_in(therapist), signed_in(client)
    theirs(pair)
    Person.objects.filter(pk=client.pk).update(is_active=False)
    assert browser.get(own(session)).status_code == 302
    Appointment.objects.filter(client=client).delete()
    Person.objects.get(pk=client.pk).delete()
    for path in ("brief/", "agreed/", "notes/"):
        assert reader.get(f"/care/{client.pk}/{path}").status_code == 404


def asked(browser: Client, path: str) -> int:
    shown(browser, path)  # the clinic's help lines are kept in memory for a while, however slow this was
    with CaptureQueriesContext(connection) as queries:
        shown(browser, path)
    return len(queries)


def test_one_budget_for_nothing_for_much_and_for_ten_thousand_moments(pair: Pair) -> None:
    client = pair[0]
    browser, path = signed_in(pair[1]), f"/care/{client.pk}/brief/"
    counts = [asked(browser, path)]
    full(*pair)
    counts.append(asked(browser, path))
    many(client)
    counts.append(asked(browser, path))
    assert counts == [WITHOUT_MEETING, BRIEF_QUERIES, BRIEF_QUERIES]
    assert asked(browser, f"/care/{client.pk}/") == TIMELINE_QUERIES


def many(client: Person) -> None:
    """Ten thousand, by bulk load: years of check-ins and entries."""
    now, day = timezone.now(), this_day()
    rows = [
        CheckIn(
            client=client, at=now - timedelta(hours=7 * number), recorded_at=now, zone=client.zone, key=new_id(),
            local_date=day - timedelta(hours=7 * number), answers={"mood": number % 3, "sleep_hours": 6}, item_set_version="1",
        )
        for number in range(1, 8001)
    ]  # fmt: skip
    CheckIn.objects.bulk_create(rows, batch_size=2000)
    entries = [
        Entry(
            client=client, text="Words.", share="my_therapist", at=now - timedelta(hours=13 * number), zone=client.zone,
            local_date=day - timedelta(hours=13 * number), key=new_id(), prompt="a1-one-line" if number % 9 == 0 else "",
        )
        for number in range(1, 2001)
    ]  # fmt: skip
    Entry.objects.bulk_create(entries, batch_size=500)
