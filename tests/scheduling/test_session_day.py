"""The day itself: started, ended, missed, by its therapist or the desk; real times can be put right."""

from collections.abc import Callable

import pytest
import time_machine
from django.http import Http404
from django.test import Client

from koru.reminders.models import Hush
from scheduling.models import Appointment
from scheduling.phases import Phase
from scheduling.refusals import NotNow
from scheduling.session_day import end, miss, start
from scheduling.sessions import phase_of
from tests.people import make_therapist

from .practice import Practice, at

Clock = Callable[[str], time_machine.Traveller]


@pytest.fixture
def today(practice: Practice, clock: Clock) -> Appointment:
    """A session at ten; it is ten to ten."""
    made = practice.book(at("2026-12-01 10:00"))
    clock("2026-12-01T14:50:00Z")
    return made


def test_started_and_ended_for_real(practice: Practice, today: Appointment, clock: Clock) -> None:
    assert start(today, by=practice.therapist).started_at == at("2026-12-01 09:50")
    assert Hush.objects.get().during.lower == at("2026-12-01 09:50")
    clock("2026-12-01T17:20:00Z")
    made = end(today, by=practice.therapist)
    assert (made.state, made.ended_at) == ("met", at("2026-12-01 12:20"))
    assert phase_of(practice.client, at("2026-12-01 12:21")).phase is Phase.FIRST_DAY


def test_twice_is_as_once(practice: Practice, today: Appointment, clock: Clock) -> None:
    start(today, by=practice.therapist)
    clock("2026-12-01T15:00:00Z")
    assert start(today, by=practice.therapist).started_at == at("2026-12-01 09:50")
    clock("2026-12-01T17:20:00Z")
    end(today, by=practice.therapist)
    clock("2026-12-01T17:40:00Z")
    assert end(today, by=practice.therapist).ended_at == at("2026-12-01 12:20")
    assert today.changes.count() == 3


def test_an_end_can_be_put_right_but_not_into_the_time_to_come(practice: Practice, today: Appointment, clock: Clock) -> None:
    start(today, by=practice.therapist)
    clock("2026-12-01T18:00:00Z")
    end(today, by=practice.therapist)
    assert end(today, by=practice.therapist, at=at("2026-12-01 12:35")).ended_at == at("2026-12-01 12:35")
    for wrong in ("2026-12-01 13:01", "2026-12-01 09:50", "2026-12-01 08:00"):
        with pytest.raises(NotNow):
            end(today, by=practice.therapist, at=at(wrong))


def test_an_end_without_a_start_takes_the_booked_start(practice: Practice, today: Appointment, clock: Clock) -> None:
    clock("2026-12-01T17:20:00Z")
    assert end(today, by=practice.staff).started_at == at("2026-12-01 10:00")


@pytest.mark.parametrize("instant", ["2026-11-30T15:00:00Z", "2026-12-01T13:59:00Z", "2026-12-01T17:30:00Z"])
def test_a_start_too_early_or_after_the_end_is_refused(
    practice: Practice, today: Appointment, clock: Clock, instant: str
) -> None:
    clock(instant)
    with pytest.raises(NotNow):
        start(today, by=practice.therapist)


def test_only_what_has_begun_with_nobody_there_is_missed(practice: Practice, today: Appointment, clock: Clock) -> None:
    with pytest.raises(NotNow):
        miss(today, by=practice.therapist)
    clock("2026-12-01T15:20:00Z")
    for _ in range(2):
        assert miss(today, by=practice.therapist).state == "missed"
    with pytest.raises(NotNow):
        end(today, by=practice.therapist)
    assert phase_of(practice.client, at("2026-12-01 11:00")).phase is Phase.BEFORE


def test_it_is_its_therapists_and_the_desks_alone(practice: Practice, today: Appointment) -> None:
    for by in (practice.client, make_therapist()):
        for act in (start, end, miss):
            with pytest.raises(Http404):
                act(today, by=by)


def test_buttons_go_back_where_they_stood_and_nowhere_else(practice: Practice, today: Appointment, client: Client) -> None:
    client.force_login(practice.therapist)
    path = f"/sessions/{today.pk}/start/"
    assert client.get(path).status_code == 405
    for back, there in (
        ("/care/x/", "/care/x/"),
        ("https://elsewhere.example", "/care/"),
        ("//elsewhere.example", "/care/"),
        ("", "/care/"),
    ):
        assert client.post(path, {"back": back})["Location"] == there
    client.force_login(practice.staff)
    assert client.post(f"/sessions/{today.pk}/missed/")["Location"] == "/desk/"
    today.refresh_from_db()
    assert (today.state, today.started_at) == ("booked", at("2026-12-01 09:50"))


def test_a_session_that_runs_on_shows_as_now_and_then_as_past(
    practice: Practice, today: Appointment, clock: Clock, client: Client
) -> None:
    start(today, by=practice.therapist)
    for instant, word in (("2026-12-01T17:45:00Z", ">Now<"), ("2026-12-01T18:00:01Z", "Took place")):
        clock(instant)
        client.force_login(practice.client)
        assert word in client.get("/sessions/").content.decode()
