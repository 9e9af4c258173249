"""Who takes a client home, as they told the desk by phone: kept sealed, on the list of looks, and the task is done."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.http import Http404
from django.test import Client

from koru.people.consents import record_clearance
from koru.privacy.looks import looks_at
from koru.sealing.keyring import keyring
from scheduling.models import Appointment
from scheduling.way_home import name_way_home
from tests.people import make_client
from tests.scheduling.practice import Practice, at

Clock = Callable[[str], time_machine.Traveller]


@pytest.fixture
def web(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.staff)
    return client


def page_of(made: Appointment) -> str:
    return f"/desk/appointments/{made.pk}/"


def test_the_first_line_of_the_desk_leads_to_where_it_is_noted_and_goes_with_it(
    practice: Practice, web: Client, clock: Clock
) -> None:
    made = practice.book(at("2026-11-27 14:00"))
    clock("2026-11-27T07:30:00+00:00")
    desk = web.get("/desk/").content.decode()
    first = desk.split('id="open"')[1].split("</li>")[0]
    assert "No way home yet" in first
    assert f'href="{page_of(made)}"' in first
    answer = web.post(page_of(made), {"way_home": "Demo Lark \u05e9\u05dc\u05d5\u05dd"}, follow=True)
    assert "Noted." in answer.content.decode()
    assert "No way home yet" not in web.get("/desk/").content.decode()
    with keyring():
        assert Appointment.objects.get().way_home == "Demo Lark \u05e9\u05dc\u05d5\u05dd"


def test_the_client_sees_it_and_who_noted_it(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-11-27 14:00"))
    web.post(page_of(made), {"way_home": "Demo Lark"})
    own = Client()
    own.force_login(practice.client)
    assert 'value="Demo Lark"' in own.get(f"/sessions/{made.pk}/").content.decode()
    assert ("way home noted", practice.staff.pk) in {(look.act, look.actor_id) for look in looks_at(practice.client)}
    assert "noted who takes you home" in own.get("/settings/who-looked/").content.decode()


def test_the_desk_is_not_shown_what_the_client_wrote(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-11-27 14:00"), way_home="Demo canary of the client")
    page = web.get(page_of(made)).content.decode()
    assert "canary" not in page
    assert "Named" in page


@pytest.mark.parametrize(("words", "said"), [("", "Write a name"), ("x" * 100_000, "characters"), ("one\ntwo", "one line")])
def test_what_is_odd_is_said_and_nothing_is_noted(practice: Practice, web: Client, words: str, said: str) -> None:
    made = practice.book(at("2026-11-27 14:00"), way_home="Demo Lark")
    answer = web.post(page_of(made), {"way_home": words})
    assert answer.status_code == 422
    assert answer.content.decode().count(said) >= 2
    with keyring():
        assert Appointment.objects.get().way_home == "Demo Lark"


def test_nobody_else_notes_it(practice: Practice) -> None:
    made = practice.book(at("2026-11-27 14:00"))
    for by in (practice.therapist, make_client()):
        with pytest.raises(Http404):
            name_way_home(made, "Demo Stranger", by=by)


def test_a_clearance_that_lapses_makes_a_task_and_never_cancels(practice: Practice, web: Client, clock: Clock) -> None:
    made = practice.book(at("2026-12-16 10:00"))
    record_clearance(practice.client, "Demo", "yes", date(2026, 11, 24), date(2026, 12, 1), by=practice.staff)
    for day in ("2026-11-24", "2026-12-02", "2026-12-15"):
        clock(f"{day}T17:00:00+00:00")
        desk = web.get("/desk/").content.decode()
        assert "Clearance" in desk.split('id="open"')[1].split("</section>")[0]
        made.refresh_from_db()
        assert (made.state, made.revision) == ("booked", 0)
