"""What stands beside a routine: the session's checklist, the quiet timer, and the table to take along."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from koru.sealing.keyring import keyring
from scheduling.focusing import STRETCHES, USUAL, stretch
from scheduling.keeping_routine import make_smaller
from scheduling.marking_routine import mark
from scheduling.models import Appointment, ChecklistTick, RoutineMark
from scheduling.routine_session import session_list
from scheduling.week_word import say_word
from tests.people import make_client

from .practice import NOON, Practice, at, make_practice
from .routine import begun

Clock = Callable[[str], time_machine.Traveller]


@pytest.fixture
def practice(db: None, clock: Clock) -> Practice:
    clock(NOON)
    return make_practice()


@pytest.fixture
def web(practice: Practice, client: Client) -> Client:
    client.force_login(practice.client)
    return client


def shown(web: Client, path: str = "/routine/") -> str:
    answer = web.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_sessions_checklist_stands_beside_it_from_a_week_before_and_is_ticked_there(practice: Practice, web: Client) -> None:
    assert session_list(practice.client, timezone.now()) is None
    far = practice.book(at("2026-12-09 14:00"))
    assert session_list(practice.client, timezone.now()) is None
    near = practice.book(at("2026-12-01 14:00"))
    listed = session_list(practice.client, timezone.now())
    assert listed
    assert (listed.appointment.pk, listed.is_over) == (near.pk, False)
    assert far.pk != near.pk
    assert "To have ready" in shown(web)
    line = next(one for one in listed.checklist.left if not one.is_escort)
    path = f"/sessions/{near.pk}/checklist/{line.item.pk}/"
    assert web.post(path, {"done": "1", "from": "routine"})["Location"] == "/routine/#checklist"
    assert ChecklistTick.objects.filter(appointment=near, item=line.item).exists()
    again = web.post(path, {"done": "0", "from": "routine"}, headers={"HX-Request": "true"}).content.decode()
    assert 'name="from" value="routine"' in again


def test_until_the_day_after_what_is_to_read_afterwards_stands_there(practice: Practice, web: Client, clock: Clock) -> None:
    session = practice.book(at("2026-12-01 10:00"))
    Appointment.objects.filter(pk=session.pk).update(state="met")
    for instant, there in (
        ("2026-12-01T18:00:00Z", True),
        ("2026-12-03T08:59:00Z", True),  # before four in the morning it is still the day after
        ("2026-12-03T09:01:00Z", False),
    ):
        clock(instant)
        assert (session_list(practice.client, timezone.now()) is not None) == there
    clock("2026-12-02T18:00:00Z")
    assert "Today and tomorrow" in shown(web)
    assert "To have ready" not in shown(web)


@given(st.text(max_size=5), st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)))
def test_a_stretch_lasts_its_minutes_whatever_the_clocks_do_and_a_break_follows(asked: str, moment: datetime) -> None:
    now = moment.replace(tzinfo=UTC)
    told = stretch(asked, now, ZoneInfo("Australia/Lord_Howe"))
    assert told.minutes in STRETCHES
    assert told.minutes == (int(asked) if asked in {str(one) for one in STRETCHES} else USUAL)
    assert (told.until - now).total_seconds() == told.seconds
    assert told.back > told.until


def test_the_timer_is_plain_text_too_and_keeps_nothing(practice: Practice, web: Client) -> None:
    routine = begun(practice.client, "I text one person")
    theirs = begun(make_client(), "not yours")
    page = shown(web, "/routine/focus/")
    assert "I text one person" in page
    assert "not yours" not in page
    page = shown(web, f"/routine/focus/?on={routine.pk}&minutes=25")
    for words in ("I text one person", "Until 12:25 pm, only this.", "Until 12:30 pm, if you like.", "Did it"):
        assert words in page
    for odd in (f"?on={theirs.pk}&minutes=5", "?on=x&minutes=-1", "?minutes=%00", "?minutes=1e9&on=%ff"):
        assert "not yours" not in shown(web, f"/routine/focus/{odd}")
    assert not RoutineMark.objects.exists()


def test_the_table_holds_all_of_it_and_nobody_elses(practice: Practice, web: Client, clock: Clock) -> None:
    client = practice.client
    routine = begun(client, "=SUM(1)")
    begun(make_client(), "not yours")
    mark(routine.pk, "smallest", by=client)
    clock("2026-11-24T17:05:00Z")
    with keyring():
        make_smaller(routine.pk, "one breath", by=client)
        say_word("soft", "at lunch", by=client)
    table = list(csv.reader(StringIO(web.get("/routine/routine.csv").getvalue().decode("utf-8-sig"))))
    assert table == [
        ["Day", "If", "Then", "Said"],
        ["2026-11-24", "the kettle is on", "'=SUM(1)", "Begun"],
        ["2026-11-24", "the kettle is on", "one breath", "Made smaller"],
        ["2026-11-24", "the kettle is on", "one breath", "Smallest version"],
        ["2026-11-23", "A word for the week", "soft", "at lunch"],
    ]
