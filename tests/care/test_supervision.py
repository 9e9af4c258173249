"""The clinic in numbers: for clinical leads alone, nobody by name, small numbers left out, nothing of how two get on."""

import ast
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some
from pytest_django import DjangoAssertNumQueries

from koru.care.small_counts import FEWEST, shown
from koru.care.supervising import Fared, capacity, fared, goodbyes, seen_of
from koru.people.consents import begin_alliance
from koru.people.models import Person
from koru.people.parting import end_well
from koru.privacy.models import AccessRow
from koru.safety.levels import Level
from koru.safety.noticing import notice
from moodtracking.measures.outcomes import Outcome
from tests.days import this_day
from tests.measures.test_outcomes import fill, session
from tests.people import ally, make_admin, make_client, make_clinic, make_staff, make_therapist
from tests.people.goodbyes import opened, said
from tests.stack.running import ROOT

from .world import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/care/supervision/"
QUERIES = 9


@pytest.fixture
def lead(db: None) -> Person:
    make_clinic()
    return make_therapist(is_lead=True, display_name="Demo Hazel")


def shown_to(lead: Person) -> str:
    return signed_in(lead).get(PAGE).content.decode()


@pytest.mark.parametrize("make", [make_therapist, make_client, make_staff, make_admin])
def test_nobody_but_a_lead_finds_it(lead: Person, make: type[Person]) -> None:
    assert signed_in(make()).get(PAGE).status_code == 404
    assert "The clinic in numbers" not in signed_in(make_therapist()).get("/care/").content.decode()
    assert "The clinic in numbers" in signed_in(lead).get("/care/").content.decode()


def test_no_client_is_named_and_no_record_is_opened(lead: Person) -> None:
    client = ally(make_client(display_name="Demo Canary"), make_therapist()).client
    notice(client, {"phq-9.item.9": 1}, about=uuid4(), by=client)
    page = shown_to(lead)
    assert "Demo Canary" not in page
    assert str(client.pk) not in page
    assert not AccessRow.objects.filter(client=client).exists()


def test_each_therapists_clients_and_flags_are_counted(lead: Person) -> None:
    wren, gone = make_therapist(display_name="Demo Wren"), make_client(is_active=False)
    clients = [ally(make_client(), wren).client for _ in range(3)]
    ally(gone, wren)
    notice(clients[0], {"phq-9.item.9": 1}, about=uuid4(), by=clients[0])
    told = {one.name: one for one in capacity(timezone.now())}
    assert (told["Demo Wren"].clients, told["Demo Wren"].open_flags, told["Demo Wren"].late_flags) == (3, 1, 0)
    later = {one.name: one for one in capacity(timezone.now() + timedelta(days=30))}
    assert later["Demo Wren"].late_flags == 1
    assert (told["Demo Hazel"].clients, told["Demo Hazel"].offered, told["Demo Hazel"].booked) == (0, 0, 0)


def test_four_people_are_not_told_and_five_are(lead: Person) -> None:
    day = date(2026, 3, 2)

    def one_gets_better() -> None:
        client = make_client()
        session(client, day)
        fill(client, "phq-9", 20, day)
        fill(client, "phq-9", 4, day + timedelta(days=14))

    for _ in range(FEWEST - 1):
        one_gets_better()
    assert "fewer than 5 people" in shown_to(lead)
    one_gets_better()
    page = shown_to(lead)
    assert "fewer than 5 people" not in page
    assert "all but fewer than 5 of 5" in page


def test_who_finished_is_counted_of_those_who_began_half_a_year_ago(lead: Person) -> None:
    desk, tomorrow = make_staff(), this_day() + timedelta(days=1)
    pairs = [ally(make_client(), make_therapist()) for _ in range(11)]
    for pair in pairs:
        session(pair.client, this_day() - timedelta(days=300))
    session(ally(make_client(), lead).client, this_day() - timedelta(days=30))  # began lately
    for pair in pairs[:6]:
        end_well(said(opened(pair.client, pair.therapist)), by=pair.therapist)
    assert goodbyes(tomorrow) == "6 of 11"
    begin_alliance(pairs[0].client, lead, by=desk)  # somebody who came back has not finished
    assert goodbyes(tomorrow) == "5 of 11"
    begin_alliance(pairs[1].client, lead, by=desk)
    assert goodbyes(tomorrow) == "fewer than 5 of 11"
    assert goodbyes(this_day() - timedelta(days=150)) == ""


@given(whole=some.integers(0, 200), part=some.integers(0, 200))
def test_no_small_number_and_no_small_rest_is_ever_told(whole: int, part: int) -> None:
    part = min(part, whole)
    words = shown(part, whole)
    exact = words == f"{part} of {whole}"
    assert exact == (part >= FEWEST and whole - part >= FEWEST)
    assert bool(words) == (whole >= FEWEST)
    if not exact:
        others = {shown(other, whole) for other in range(max(0, part - 1), min(whole, part + 1) + 1)}
        assert words in others
        assert str(part) not in words.replace(f"of {whole}", "").replace(f"than {FEWEST}", "") or not words


@pytest.mark.parametrize(
    ("better", "sessions", "words"),
    [
        (4, (1, 2, 3), Fared("PHQ-9", "fewer than 5 of 20", "")),
        (9, (1, 2, 3), Fared("PHQ-9", "9 of 20", "2 (half of them 1 to 3)")),
        (9, (2, 2, 2), Fared("PHQ-9", "9 of 20", "2")),
        (18, None, Fared("PHQ-9", "all but fewer than 5 of 20", "")),
    ],
)
def test_how_many_sessions_is_told_of_enough_people_only(
    better: int, sessions: tuple[int, int, int] | None, words: Fared
) -> None:
    assert fared(Outcome("phq-9", 20, better, sessions)) == words


NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTES = some.integers(0, 5000)


@given(flags=some.lists(some.tuples(MINUTES, MINUTES, some.none() | MINUTES), min_size=1))
def test_each_flag_was_seen_in_time_or_late_or_waits(flags: list[tuple[int, int, int | None]]) -> None:
    since = NOW - timedelta(minutes=5000)

    def at(minutes: int | None) -> datetime | None:
        return None if minutes is None else since + timedelta(minutes=minutes)

    rows = [(since, at(due) or NOW, at(seen)) for _, due, seen in flags]
    told = seen_of(Level.PROMPT, rows, NOW)
    assert told is not None
    assert told.raised == len(flags)
    assert told.in_time + told.late <= told.raised <= told.in_time + told.late + told.waiting
    waits = sorted(seen for _, _, seen in flags if seen is not None)
    assert (told.half is None) == (not waits)
    assert told.half is None or waits[0] <= told.half <= waits[-1]


def test_nothing_of_how_client_and_therapist_get_on_is_read_here() -> None:
    for name in ("supervising", "supervision_views", "small_counts"):
        tree = ast.parse((ROOT / "koru" / "care" / f"{name}.py").read_text())
        asked = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not {module for module in asked if "connection" in module}, name


@pytest.mark.parametrize("number", [1, 12])
def test_it_asks_as_often_for_one_therapist_as_for_twelve(
    lead: Person, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        client = ally(make_client(), make_therapist()).client
        notice(client, {"phq-9.item.9": 1}, about=uuid4(), by=client)
    browser = signed_in(lead)
    with django_assert_num_queries(QUERIES):
        assert browser.get(PAGE).status_code == 200
