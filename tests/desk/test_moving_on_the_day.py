"""Moving on the timetable: the same question, the same deed; a refusal in words; undone in two minutes, nobody hears."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from koru.people.models import Person
from koru.privacy.models import AccessRow
from koru.reminders.models import Letter
from scheduling.models import Appointment, AppointmentChange, Skill
from scheduling.moving import move, wish_to_move
from scheduling.open_times import open_times
from tests.people import ally, cleared, make_client, make_therapist
from tests.scheduling.practice import LONG_AGO, Practice, at, works

from .asked import talk_at

FRIDAY = "?day=2026-11-27"


@pytest.fixture
def web(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.staff)
    return client


@pytest.fixture
def session(practice: Practice) -> Appointment:
    """Friday, ten to half past twelve: outside its notice of a day."""
    return practice.book(at("2026-11-27 10:00"))


def asked(web: Client, one: Appointment, day: str = FRIDAY) -> Any:
    return web.get(f"/desk/appointments/{one.pk}/starts/{day}", headers={"X-Requested-With": "fetch"})


def dropped(web: Client, one: Appointment, start: object, **said: str) -> Any:
    said = {"start": str(start), **said}
    return web.post(f"/desk/appointments/{one.pk}/drop/{FRIDAY}", said, headers={"HX-Request": "true"})


def test_what_is_offered_on_the_day_is_what_the_deed_takes_and_nothing_else(
    practice: Practice, web: Client, session: Appointment
) -> None:
    offered = re.findall(r'data-start="([^"]+)"', asked(web, session).content.decode())
    assert offered
    day = [one.start for one in open_times(wish_to_move(session, practice.staff), session.span, now=timezone.now())]
    assert session.starts in day
    assert session.starts.isoformat() not in offered
    for start in offered:
        assert dropped(web, session, start).status_code == 200
    assert dropped(web, session, at("2026-11-27 18:00").isoformat()).status_code == 422


def test_a_drop_moves_the_row_and_shows_the_day_with_a_way_back(web: Client, session: Appointment) -> None:
    answer = dropped(web, session, at("2026-11-27 13:00").isoformat())
    page = answer.content.decode()
    session.refresh_from_db()
    assert (session.starts, session.revision) == (at("2026-11-27 13:00"), 1)
    assert "Moved to Fri 27 Nov, 1:00 pm." in page
    assert "h4 m0 l2 n30" in page
    assert f'value="{at("2026-11-27 10:00").astimezone(session.starts.tzinfo).isoformat()}"' in page


def test_undone_within_two_minutes_nobody_hears(
    web: Client, session: Appointment, clock: Callable[[str], time_machine.Traveller]
) -> None:
    before = session.starts
    dropped(web, session, at("2026-11-27 13:00").isoformat())
    assert Letter.objects.filter(about=session.pk, kind="appointment-changed", withdrawn_at=None).exists()
    clock("2026-11-24T17:01:50Z")
    assert dropped(web, session, before.isoformat()).status_code == 200
    session.refresh_from_db()
    assert session.starts == before
    assert not Letter.objects.filter(about=session.pk, kind="appointment-changed", withdrawn_at=None).exists()


def test_inside_the_notice_it_asks_why_and_keeps_the_reason(
    practice: Practice, web: Client, clock: Callable[[str], time_machine.Traveller]
) -> None:
    talk = practice.book(at("2026-11-27 10:00"), "integration")
    assert 'name="reason"' not in asked(web, talk).content.decode()
    clock("2026-11-27T13:00:00Z")
    assert 'name="reason"' in asked(web, talk).content.decode()
    unsaid = dropped(web, talk, at("2026-11-27 14:00").isoformat())
    assert (unsaid.status_code, "Please say why" in unsaid.content.decode()) == (422, True)
    assert dropped(web, talk, at("2026-11-27 14:00").isoformat(), reason="client_asked").status_code == 200
    assert AppointmentChange.objects.get(appointment=talk, what="moved").reason == "client_asked"


def test_a_time_taken_meanwhile_is_refused_in_words_with_the_nearest(
    practice: Practice, web: Client, session: Appointment
) -> None:
    other = practice.book(at("2026-11-30 10:00"), client=cleared(make_client()), by=practice.staff)
    start = at("2026-11-27 14:00")
    move(other, start, by=practice.staff)
    answer = dropped(web, session, start.isoformat())
    words = answer.content.decode()
    session.refresh_from_db()
    assert (answer.status_code, session.revision) == (422, 0)
    assert "That time has just been taken. It stays at Fri 27 Nov, 10:00 am. Open nearby: " in words


@pytest.mark.parametrize("start", ["", "soon", "2026-11-27T02:30", "9999-01-01T10:00", "\x00", "2026-11-27T10:00:00+99:00"])
def test_an_odd_start_is_refused_and_nothing_moves(web: Client, session: Appointment, start: str) -> None:
    assert dropped(web, session, start).status_code == 422
    session.refresh_from_db()
    assert session.revision == 0


@pytest.mark.parametrize("state", ["met", "missed", "cancelled"])
def test_nothing_past_running_or_cancelled_moves(web: Client, session: Appointment, state: str) -> None:
    Appointment.objects.filter(pk=session.pk).update(state=state)
    assert dropped(web, session, at("2026-11-27 13:00").isoformat()).status_code == 422
    assert "data-starts" not in web.get(f"/desk/{FRIDAY}").content.decode()


def test_without_scripts_the_starts_lead_to_the_form_and_a_drop_to_the_day(web: Client, session: Appointment) -> None:
    answer = web.get(f"/desk/appointments/{session.pk}/starts/{FRIDAY}")
    assert answer.headers["Location"] == f"/desk/appointments/{session.pk}/move/"
    answer = web.post(f"/desk/appointments/{session.pk}/drop/", {"start": at("2026-11-27 13:00").isoformat()}, follow=True)
    assert "Moved to Fri 27 Nov, 1:00 pm" in answer.content.decode()


def test_the_client_sees_who_moved_it_and_a_visitors_talk_leaves_no_trace(
    practice: Practice, web: Client, session: Appointment
) -> None:
    dropped(web, session, at("2026-11-27 13:00").isoformat())
    acts = AccessRow.objects.filter(client=practice.client.pk, actor=practice.staff.pk).values_list("act", flat=True)
    assert "appointment moved" in set(acts)
    talk = talk_at(at("2026-11-27 10:00")).appointments.get()
    before = AccessRow.objects.count()
    assert dropped(web, talk, at("2026-11-27 10:30").isoformat()).status_code == 200
    assert AccessRow.objects.count() == before


def test_a_move_back_and_forth_is_one_event_in_every_calendar(web: Client, session: Appointment) -> None:
    for hour in (13, 10, 13):
        dropped(web, session, (at("2026-11-27 00:00") + timedelta(hours=hour)).isoformat())
    session.refresh_from_db()
    assert (session.revision, Appointment.objects.count()) == (3, 1)


def test_a_move_by_the_form_is_undone_on_its_page_while_nobody_knows(web: Client, session: Appointment) -> None:
    page, was = f"/desk/appointments/{session.pk}/", session.starts
    assert "Undo" not in web.get(page).content.decode()
    web.post(f"{page}move/", {"start": at("2026-11-27 13:00").isoformat(), "reason": "room"})
    shown = web.get(page).content.decode()
    assert "Moved from Friday 27 November, 10:00 am." in shown
    said = dict(re.findall(r'name="(start|reason)" value="([^"]*)"', shown))
    assert web.post(f"{page}drop/", said).status_code == 302
    session.refresh_from_db()
    assert session.starts == was
    AppointmentChange.objects.update(at="2020-01-01T00:00:00Z")
    assert "Undo" not in web.get(page).content.decode()


@pytest.fixture
def hazel(practice: Practice) -> Person:
    """Another therapist with hours, who works with the client too."""
    therapist = make_therapist(display_name="Demo Hazel")
    works(therapist)
    ally(practice.client, therapist, since=LONG_AGO)
    return therapist


def letters(one: Appointment, to: Person) -> list[str]:
    rows = Letter.objects.filter(about=one.pk, to=to, kind="appointment-changed", withdrawn_at=None)
    return sorted({row.context.get("variant", "") for row in rows})


def test_in_the_column_of_another_who_works_with_them_its_own_time_is_open_too(
    practice: Practice, web: Client, session: Appointment, hazel: Person
) -> None:
    stranger = make_therapist()
    works(stranger)
    page = asked(web, session).content.decode()
    theirs = re.findall(rf'data-start="([^"]+)" data-column="col-{hazel.pk}" data-therapist="{hazel.pk}"', page)
    assert session.starts.isoformat() in theirs
    assert f"col-{stranger.pk}" not in page
    assert "data-therapist" not in asked(web, session, f"{FRIDAY}&by=room").content.decode()
    Skill.objects.create(person=hazel, kind_id="integration", part="lead")
    assert f"col-{hazel.pk}" not in asked(web, session).content.decode()


@pytest.mark.parametrize("hour", ["10:00", "13:00"])
def test_dropped_there_it_is_theirs_and_each_whom_it_concerns_hears_it(
    practice: Practice, web: Client, session: Appointment, hazel: Person, hour: str
) -> None:
    start = at(f"2026-11-27 {hour}")
    answer = dropped(web, session, start.isoformat(), therapist=str(hazel.pk))
    session.refresh_from_db()
    assert (answer.status_code, session.therapist, session.starts, session.revision) == (200, hazel, start, 1)
    assert "with Demo Hazel now." in answer.content.decode()
    assert "Undo" not in answer.content.decode()
    assert letters(session, practice.therapist) == ["cancelled"]
    assert letters(session, hazel) == (["given"] if hour == "10:00" else [""])
    assert letters(session, practice.client) == (["somebody-else"] if hour == "10:00" else [""])
    assert "Undo" not in web.get(f"/desk/appointments/{session.pk}/").content.decode()
    assert set(session.changes.values_list("what", flat=True)) >= {"handed"}


def test_whom_it_is_not_theirs_to_meet_never_gets_it(web: Client, session: Appointment, hazel: Person) -> None:
    stranger, start = make_therapist(), at("2026-11-27 13:00").isoformat()
    works(stranger)
    assert dropped(web, session, start, therapist=str(stranger.pk)).status_code == 404
    assert dropped(web, session, start, therapist=str(session.client_id)).status_code == 422
    session.refresh_from_db()
    assert session.revision == 0


def test_the_form_offers_the_same_people_and_moves_to_them(web: Client, session: Appointment, hazel: Person) -> None:
    path = f"/desk/appointments/{session.pk}/move/"
    page = web.get(f"{path}?therapist={hazel.pk}&week=2026-11-23").content.decode()
    assert f'name="therapist" value="{hazel.pk}"' in page
    assert session.starts.isoformat() in page
    form = {"therapist": str(hazel.pk), "start": session.starts.isoformat(), "reason": "clinic"}
    assert web.post(path, form).status_code == 302
    session.refresh_from_db()
    assert (session.therapist, session.starts) == (hazel, at("2026-11-27 10:00"))
