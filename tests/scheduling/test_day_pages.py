"""The day itself on pages: one tap at the desk, and the therapist's open page learns of it; times put right, and history."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from scheduling.cancelling import cancel
from scheduling.history import history_of
from scheduling.models import Appointment
from scheduling.session_day import arrive, start

from .practice import NEW_YORK, Practice, at

Clock = Callable[[str], time_machine.Traveller]


@pytest.fixture
def session(practice: Practice, clock: Clock) -> Appointment:
    """A dosing session at two in the afternoon; it is ten to two."""
    made = practice.book(at("2026-12-01 14:00"))
    clock("2026-12-01T18:50:00Z")
    return made


@pytest.fixture
def desk(practice: Practice) -> Client:
    web = Client()
    web.force_login(practice.staff)
    return web


def test_the_desk_taps_here_and_the_therapists_open_pages_learn_of_it(
    practice: Practice, session: Appointment, desk: Client
) -> None:
    own = Client()
    own.force_login(practice.therapist)
    first = own.get("/care/").content.decode()
    seen = first.split("people-today/?seen=")[1].split('"')[0]
    assert own.get(f"/care/people-today/?seen={seen}").status_code == 204
    page = f"/desk/appointments/{session.pk}/"
    assert "They are here" in desk.get(page).content.decode()
    answer = desk.post(f"/sessions/{session.pk}/arrived/", {"back": page}, follow=True)
    assert "Here since 1:50 pm" in answer.content.decode()
    assert "Here since 1:50 pm" in own.get(f"/care/people-today/?seen={seen}").content.decode()
    assert "Here since 1:50 pm" in own.get(f"/sessions/{session.pk}/day/").content.decode()
    assert "Here since 1:50 pm" in desk.get("/desk/fresh/?day=2026-12-01").content.decode()


def test_real_times_are_put_right_on_a_page_that_keeps_what_is_typed(
    practice: Practice, session: Appointment, desk: Client, clock: Clock
) -> None:
    start(session, by=practice.therapist)
    clock("2026-12-01T21:40:00Z")
    page = f"/sessions/{session.pk}/times/"
    assert 'value="13:50"' in desk.get(page).content.decode()
    wrong = desk.post(page, {"started": "13:50", "ended": "13:40"})
    assert wrong.status_code == 422
    assert 'value="13:40"' in wrong.content.decode()
    odd = desk.post(page, {"started": "25:99", "ended": "x" * 5000})
    assert odd.status_code == 422
    kept = desk.post(page, {"arrived": "13:45", "started": "13:50", "ended": "16:20"}, follow=True).content.decode()
    assert "Ended at 4:20 pm" in kept
    session.refresh_from_db()
    assert (session.state, session.started_at) == ("met", at("2026-12-01 13:50"))


def test_history_stands_on_the_desks_and_the_therapists_page(practice: Practice, session: Appointment, desk: Client) -> None:
    arrive(session, by=practice.staff)
    own = Client()
    own.force_login(practice.therapist)
    for page in (desk.get(f"/desk/appointments/{session.pk}/"), own.get(f"/sessions/{session.pk}/times/")):
        body = page.content.decode()
        assert "Here at 1:50 pm" in body
        assert practice.staff.display_name in body


def test_a_missed_one_leads_to_another_time_with_them(
    practice: Practice, session: Appointment, desk: Client, clock: Clock
) -> None:
    clock("2026-12-01T19:30:00Z")
    page = f"/desk/appointments/{session.pk}/"
    body = desk.post(f"/sessions/{session.pk}/missed/", {"back": page, "reason": "late"}, follow=True).content.decode()
    assert f"client={practice.client.pk}&amp;for=0&amp;with={practice.therapist.pk}" in body
    assert "too late to begin" in body
    assert desk.get(f"/desk/book/?client={practice.client.pk}&for=0&with={practice.therapist.pk}").status_code == 200
    own = Client()
    own.force_login(practice.client)
    assert "Did not take place" in own.get(f"/sessions/{session.pk}/").content.decode()


def test_an_open_page_whose_session_has_ended_is_loaded_anew(practice: Practice, session: Appointment) -> None:
    for path in (f"/sessions/{session.pk}/day/", "/care/people-today/"):
        answer = Client().get(path, headers={"HX-Request": "true"})
        assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")


def test_a_clients_own_reason_is_not_told_in_the_history(practice: Practice) -> None:
    made = practice.book(at("2026-12-04 10:00"))
    cancel(made, by=practice.client, reason="not_ready")
    told = [line.words for line in history_of(made, NEW_YORK)]
    assert told == [
        "Booked, Fri 4 Dec, 10:00 am",
        "Cancelled, Fri 4 Dec, 10:00 am",
    ]
