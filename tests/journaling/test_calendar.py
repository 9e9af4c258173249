"""A month of the journal, a day of it, and what comes up from earlier."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from journaling.calendar_page import month_of, month_page
from journaling.earlier import WINDOW, earlier_for, echoes
from journaling.models import Entry
from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests.journaling.sittings import make_dosing, make_pair

NOON = "2026-11-24 17:00+00:00"
DAYS = st.dates(date(2000, 3, 1), date(2100, 1, 1))


@pytest.fixture
def pair(db: None) -> tuple[Person, Person]:
    return make_pair()


def write(client: Person, day: str, text: str = "Words.") -> Entry:
    at = datetime.fromisoformat(f"{day}T17:00+00:00")
    with keyring():
        return Entry.objects.create(
            client=client, text=text, at=at, made_at=at, zone=client.zone, local_date=at.date(), key=uuid4()
        )


def shown(client: Client, person: Person, path: str, status: int = 200) -> str:
    with time_machine.travel(NOON, tick=False):
        client.force_login(person)
        answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_days_with_words_are_links_that_say_how_many_and_sessions_are_marked(client: Client, pair: tuple[Person, Person]) -> None:
    rowan, wren = pair
    write(rowan, "2026-11-03")
    write(rowan, "2026-11-03")
    make_dosing(rowan, wren, datetime(2026, 11, 9, 3, tzinfo=UTC), datetime(2026, 11, 9, 6, tzinfo=UTC))  # the evening of the 8th
    page = shown(client, rowan, "/journal/calendar/")
    assert 'aria-label="Tue 3 Nov, 2 entries"' in page
    assert "Sun 8 Nov, session" in page
    assert page.count("/journal/calendar/2026-") == 1


def test_the_months_beside_it_are_links_but_none_leads_ahead_of_today(client: Client, pair: tuple[Person, Person]) -> None:
    page = shown(client, pair[0], "/journal/calendar/")
    assert "?month=2026-10" in page
    assert 'rel="next"' not in page
    assert "?month=2026-11" in shown(client, pair[0], "/journal/calendar/?month=2026-10")


def test_an_empty_month_says_so_kindly_and_leads_to_the_last_with_words(client: Client, pair: tuple[Person, Person]) -> None:
    write(pair[0], "2025-02-03")
    page = shown(client, pair[0], "/journal/calendar/")
    assert "nothing needed" in page
    assert "?month=2025-02" in page


@pytest.mark.parametrize("odd", ["x", "2026-13", "0001-01", "9999-12", "2026-11-01", "%00"])
def test_a_month_that_is_none_is_not_there(client: Client, pair: tuple[Person, Person], odd: str) -> None:
    shown(client, pair[0], f"/journal/calendar/?month={odd}", 404)


@pytest.mark.parametrize("odd", ["2026-02-30", "yesterday", "2026"])
def test_a_day_that_is_none_is_not_there(client: Client, pair: tuple[Person, Person], odd: str) -> None:
    shown(client, pair[0], f"/journal/calendar/{odd}/", 404)


def test_a_day_shows_its_own_entries_and_nobody_elses(client: Client, pair: tuple[Person, Person]) -> None:
    mine, theirs = write(pair[0], "2026-11-03", "Mine."), write(make_pair()[0], "2026-11-03", "Theirs.")
    page = shown(client, pair[0], "/journal/calendar/2026-11-03/")
    assert str(mine.pk) in page
    assert str(theirs.pk) not in page
    assert "day=2026-11-03" in page


@given(DAYS)
def test_every_day_of_a_month_stands_once_under_its_weekday(day: date) -> None:
    first = month_of(f"{day:%Y-%m}", day)
    assert first == day.replace(day=1)


@pytest.mark.parametrize("first", [date(2026, 2, 1), date(2026, 11, 1), date(2028, 2, 1)])
def test_a_months_weeks_hold_each_of_its_days_once(pair: tuple[Person, Person], first: date) -> None:
    month = month_page(pair[0], first, datetime(2028, 6, 1, tzinfo=UTC))
    cells = [(place, cell.day) for week in month.weeks for place, cell in enumerate(week) if cell]
    assert all(day.weekday() == place for place, day in cells)
    assert [day for _, day in cells] == [first + timedelta(days=back) for back in range(monthrange(first.year, first.month)[1])]


@pytest.mark.parametrize("path", ["/journal/calendar/", "/journal/calendar/2026-11-03/", "/journal/"])
def test_the_pages_ask_as_often_for_one_entry_as_for_a_page_of_them(
    client: Client, pair: tuple[Person, Person], path: str
) -> None:
    asked = []
    for more in (1, 0, 18):
        for _ in range(more):
            write(pair[0], "2026-11-03")
        with CaptureQueriesContext(connection) as queries:
            shown(client, pair[0], path)
        asked.append(len(queries))
    assert asked[1] == asked[2]  # the first one also reads what is kept for the next


@given(DAYS, st.lists(st.integers(0, 900), max_size=6))
def test_what_comes_up_lies_before_and_as_many_days_after_an_earlier_session(today: date, back: list[int]) -> None:
    ends = sorted({today - timedelta(days=days) for days in back}, reverse=True)
    for echo in echoes(today, ends):
        assert echo.day < today
        if "session" in echo.why:
            since = (today - ends[0]).days
            assert since <= WINDOW
            assert any(abs((echo.day - end).days - since) <= 1 for end in ends[1:])
            assert echo.day < ends[0]


def test_no_day_is_made_up_for_a_month_that_has_none() -> None:
    assert date(2027, 3, 1) not in {echo.day for echo in echoes(date(2027, 3, 31), [])}
    assert [echo.why for echo in echoes(date(2028, 2, 29), [])] == ["From a month ago"]


def test_an_entry_from_the_same_day_after_an_earlier_session_comes_up_until_it_is_left_to_rest(
    client: Client, pair: tuple[Person, Person]
) -> None:
    rowan, wren = pair
    for day in ("2026-10-20", "2026-11-21"):
        starts = datetime.fromisoformat(f"{day}T15:00+00:00")
        make_dosing(rowan, wren, starts, starts + timedelta(minutes=150))
    kin = write(rowan, "2026-10-23", "Three days on, back then.")
    write(rowan, "2026-10-29", "Nine days on.")
    page = shown(client, rowan, "/journal/")
    assert "From 3 days after an earlier session" in page
    with time_machine.travel(NOON, tick=False):
        client.force_login(rowan)
        client.post(f"/journal/{kin.pk}/rest/")
    assert "This time in your journey before" not in shown(client, rowan, "/journal/")
    assert Entry.objects.filter(pk=kin.pk).exists()


def test_without_anything_from_then_nothing_comes_up(pair: tuple[Person, Person]) -> None:
    write(pair[0], "2026-11-20")
    assert earlier_for(pair[0], datetime.fromisoformat(NOON)) is None


def test_anothers_entry_can_not_be_left_to_rest(client: Client, pair: tuple[Person, Person]) -> None:
    theirs = write(make_pair()[0], "2026-11-03")
    client.force_login(pair[0])
    assert client.post(f"/journal/{theirs.pk}/rest/").status_code == 404
