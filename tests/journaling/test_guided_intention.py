"""The thread of intention: the same words under the same id along the arc; resting removes it everywhere at once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from journaling import intentions, walking, writing
from journaling.intentions import intention_of, is_frozen, starts_of, then_and_now
from journaling.library import load
from journaling.models import Entry, Intention
from journaling.sharing import ONLY_ME, THERAPIST
from journaling.walking import Said
from journaling.writing import Written
from koru.people.models import Person
from koru.privacy.door import open_record
from scheduling.models import Appointment
from tests.journaling.sittings import at, make_dosing, make_pair

PROMPT = load().prompts[intentions.PROMPT]
WORDS = "Soft, and curious about the door."
BEFORE, START, END = "2026-11-29T12:00:00+00:00", "2026-11-30T15:00:00+00:00", "2026-11-30T17:30:00+00:00"
EVENING, DAY_7, NIGHT_BEFORE = "2026-11-30T22:00:00+00:00", "2026-12-06T18:00:00+00:00", "2026-12-13T23:30:00+00:00"
instants = some.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=some.just(UTC))


@pytest.fixture
def pair(db: None, clock: Callable[[str], object]) -> tuple[Person, Person]:
    clock(BEFORE)
    rowan, wren = make_pair()
    make_dosing(rowan, wren, at(START))
    return rowan, wren


def said(by: Person, text: str = WORDS, guide: str = "finding-an-intention", step: int = 5) -> Intention:
    walk = walking.begin(guide, by=by)
    seen = walking.part_of(walk, PROMPT.slug)
    walking.say(walk, Said(step, PROMPT, text, uuid4(), seen.revision if seen else 0), by=by)
    newest: Intention = Intention.objects.of(by)[0]
    return newest


def held() -> None:
    Appointment.objects.update(state="met", started_at=at(START), ended_at=at(END))


def shown(client: Client, guide: str, step: int) -> str:
    place = client.post(f"/journal/guides/{guide}/begin/").headers["Location"].rsplit("/", 2)[0]
    return client.get(f"{place}/{step}/").content.decode()


def along_the_arc(client: Client, clock: Callable[[str], object], person: Person) -> list[str]:
    """Every page of the client's on which the words come back, each at its time."""
    pages: list[str] = []
    clock(EVENING)
    client.force_login(person)
    pages.append(client.get("/today/").content.decode())
    for now, guide, step in ((EVENING, "soft-landing", 2), (DAY_7, "one-small-step", 1), (NIGHT_BEFORE, "night-before", 2)):
        clock(now)
        client.force_login(person)
        pages.append(shown(client, guide, step))
    return [*pages, client.get("/journal/intention/").content.decode()]


def test_the_same_words_under_the_same_id_come_back_along_the_arc(
    client: Client, pair: tuple[Person, Person], clock: Callable[[str], object]
) -> None:
    one = said(pair[0])
    held()
    for page in along_the_arc(client, clock, pair[0]):
        assert f'data-intention="{one.pk}"' in page
        assert WORDS in page


def test_resting_removes_it_everywhere_at_once_and_it_can_be_had_back(
    client: Client, pair: tuple[Person, Person], clock: Callable[[str], object]
) -> None:
    rowan, wren = pair
    one = said(rowan)
    writing.share(one.entry, THERAPIST, by=rowan)
    held()
    clock(DAY_7)
    client.force_login(rowan)
    client.post(f"/journal/intentions/{one.pk}/rest/")
    for page in along_the_arc(client, clock, rowan):
        assert WORDS not in page
    with open_record(rowan, by=wren, why="brief") as record:
        assert then_and_now(record, starts_of(rowan), timezone.now()) == (None, None)
    client.post(f"/journal/intentions/{one.pk}/take-up/")
    assert WORDS in client.get("/journal/intention/").content.decode()


def test_it_may_change_until_the_start_and_stays_the_same_thread(
    pair: tuple[Person, Person], clock: Callable[[str], object]
) -> None:
    rowan, _ = pair
    one = said(rowan)
    clock("2026-11-30T14:59:00+00:00")
    again = said(rowan, "Softer still.", "morning-of", 3)
    assert (again.pk, again.text, Intention.objects.count()) == (one.pk, "Softer still.", 1)


def test_from_the_start_on_it_is_as_it_was_and_new_words_are_for_the_next_session(
    pair: tuple[Person, Person], clock: Callable[[str], object]
) -> None:
    rowan, _ = pair
    one = said(rowan)
    clock("2026-11-30T15:00:01+00:00")
    said(rowan, "Changed after it began.")
    assert [row.text for row in Intention.objects.all()] == [WORDS]
    clock("2026-12-02T15:00:00+00:00")
    writing.keep(Written("For the next one.", prompt=PROMPT.slug), key=uuid4(), by=rowan)
    texts = {row.text for row in Intention.objects.all()}
    assert texts == {WORDS, "For the next one."}
    last = intention_of(rowan, at("2026-12-02T16:00:00+00:00"), after=True)
    assert last is not None
    assert (last.pk, last.text) == (one.pk, WORDS)


def test_a_session_that_did_not_take_place_leaves_it_open_for_the_next(
    pair: tuple[Person, Person], clock: Callable[[str], object]
) -> None:
    rowan, wren = pair
    one = said(rowan)
    Appointment.objects.update(state="cancelled")
    clock("2026-12-03T15:00:00+00:00")
    make_dosing(rowan, wren, at("2026-12-14T15:00:00+00:00"))
    assert intentions.is_open(one, at("2026-12-03T15:00:00+00:00"))
    assert said(rowan, "Still soft.", "morning-of", 3).pk == one.pk


def test_a_therapist_has_it_only_while_its_entry_is_shared(pair: tuple[Person, Person]) -> None:
    rowan, wren = pair
    one = said(rowan)
    for level, found in ((ONLY_ME, None), (THERAPIST, one), (ONLY_ME, None)):
        writing.share(one.entry, level, by=rowan)
        with open_record(rowan, by=wren, why="brief") as record:
            assert then_and_now(record, starts_of(rowan), timezone.now()) == (None, found)
    with open_record(rowan, by=rowan, why="own") as record:
        assert then_and_now(record, starts_of(rowan), timezone.now()) == (None, one)


def test_with_its_entry_deleted_it_is_gone_and_back_with_it(pair: tuple[Person, Person], clock: Callable[[str], object]) -> None:
    rowan, _ = pair
    one = said(rowan)
    writing.delete(one.entry, by=rowan)
    assert intention_of(rowan, at(BEFORE)) is None
    writing.undo_delete(one.entry.pk, by=rowan)
    assert intention_of(rowan, at(BEFORE)) == one


def test_the_next_guide_starts_with_the_sentence_there_is_and_leaving_it_makes_no_draft(
    client: Client, pair: tuple[Person, Person]
) -> None:
    rowan, _ = pair
    said(rowan)
    client.force_login(rowan)
    assert f"{WORDS}</textarea>" in shown(client, "morning-of", 3)
    place = client.post("/journal/guides/morning-of/begin/").headers["Location"].rsplit("/", 2)[0]
    client.post(f"{place}/3/leave/", {"text": WORDS, "prompt": PROMPT.slug, "key": str(uuid4())})
    assert "Not kept yet" not in client.get("/journal/").content.decode()


def test_anothers_thread_cannot_be_laid_to_rest(client: Client, pair: tuple[Person, Person]) -> None:
    one = said(pair[0])
    other = Person.objects.create(email="ash@example.org", display_name="Demo Ash", role="client", zone="UTC", region="US")
    client.force_login(other)
    client.post(f"/journal/intentions/{one.pk}/rest/")
    one.refresh_from_db()
    assert one.resting_at is None


def test_it_is_sealed_in_the_database(pair: tuple[Person, Person]) -> None:
    said(pair[0])
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM journaling_intention")
        assert b"curious" not in bytes(cursor.fetchone()[0])
    assert Entry.objects.get().share == ONLY_ME


@given(instants, some.lists(instants, max_size=5), instants, some.timedeltas(timedelta(0), timedelta(days=30)))
def test_once_frozen_it_stays_so_and_only_a_session_after_it_freezes(
    said_at: datetime, starts: list[datetime], now: datetime, later: timedelta
) -> None:
    if is_frozen(said_at, starts, now):
        assert is_frozen(said_at, starts, now + later)
        assert any(said_at < start <= now for start in starts)
    assert not is_frozen(said_at, [start for start in starts if start <= said_at], now)


def test_on_the_day_of_the_session_it_stands_on_the_first_page(
    client: Client, pair: tuple[Person, Person], clock: Callable[[str], object]
) -> None:
    one = said(pair[0])
    clock("2026-11-30T13:00:00+00:00")
    client.force_login(pair[0])
    assert f'data-intention="{one.pk}"' in client.get("/today/").content.decode()
    session = Appointment.objects.get()
    assert 'href="/journal/intention/"' in client.get(f"/sessions/{session.pk}/").content.decode()


def test_emptied_words_come_back_nowhere(client: Client, pair: tuple[Person, Person]) -> None:
    rowan, _ = pair
    one = said(rowan)
    walking.unsay(one.entry.walk, PROMPT.slug, 1, by=rowan)
    assert intention_of(rowan, at(BEFORE)) is None
