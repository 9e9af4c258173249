"""A session's checklist: the clinic's lines, the client's own ticks; the clinic learns of two of them."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.http import Http404
from django.test import Client
from django.utils import timezone

from koru.desk.open_tasks import open_tasks
from koru.sealing.keyring import keyring
from scheduling.checklist_page import checklist_of, told_of
from scheduling.models import Appointment, ChecklistItem, ChecklistTick
from scheduling.ticking import tick
from scheduling.way_home import name_way_home, still_the_same
from tests.crowd import together
from tests.people import make_client

from .practice import NEW_YORK, NOON, Practice, at, make_practice, queries

Clock = Callable[[str], time_machine.Traveller]


@pytest.fixture
def session(practice: Practice) -> Appointment:
    """A dosing session on Tuesday 1 December at two; it is a week before."""
    return practice.book(at("2026-12-01 14:00"))


@pytest.fixture
def web(practice: Practice, client: Client) -> Client:
    client.force_login(practice.client)
    return client


def line(words: str) -> ChecklistItem:
    return ChecklistItem.objects.get(words__startswith=words)


def groups(session: Appointment, practice: Practice) -> list[str]:
    return [group.shown for group in checklist_of(session, practice.client, timezone.now()).groups]


def test_lines_come_when_their_time_has_come_the_nearest_first(practice: Practice, session: Appointment, clock: Clock) -> None:
    for instant, shown in (
        ("2026-11-24T17:00:00Z", ["week"]),
        ("2026-11-29T08:59:00Z", ["week"]),  # still Saturday to somebody whose days begin at four
        ("2026-11-29T09:01:00Z", ["before", "week"]),
        ("2026-12-01T09:01:00Z", ["day", "before", "week"]),
    ):
        clock(instant)
        assert groups(session, practice) == shown


def test_a_tick_is_kept_at_once_without_scripts_and_taken_away_again(web: Client, session: Appointment) -> None:
    evening = line("The evening")
    path = f"/sessions/{session.pk}/checklist/{evening.pk}/"
    for done, ticks in (("1", 1), ("1", 1), ("0", 0), ("0", 0), ("", 0), ("\x00", 0), ("1", 1)):
        assert web.post(path, {"done": done})["Location"] == f"/sessions/{session.pk}/#checklist"
        assert ChecklistTick.objects.count() == ticks
    assert 'aria-pressed="true"' in web.get(f"/sessions/{session.pk}/").content.decode()
    assert web.post(path, {"done": "0", "from": "today"})["Location"] == "/today/#checklist"
    part = web.post(path, {"done": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith("<section")
    assert web.get(path).status_code == 405


def test_the_checklist_stands_on_today_from_a_week_before_in_the_same_queries(
    practice: Practice, web: Client, session: Appointment, clock: Clock
) -> None:
    assert "The evening is free" in web.get("/today/").content.decode()
    asked = queries(web, "/today/")
    tick(session, line("The evening"), done=True, by=practice.client)
    assert queries(web, "/today/") == asked
    clock("2026-11-20T17:00:00Z")
    assert "The evening is free" not in web.get("/today/").content.decode()


def test_on_the_quiet_day_nothing_is_to_tick_and_what_to_know_is_there(web: Client, session: Appointment, clock: Clock) -> None:
    clock("2026-12-01T19:05:00Z")
    page = web.get("/today/").content.decode()
    assert "No driving until tomorrow" in page
    assert "aria-pressed" not in page


@pytest.mark.django_db
def test_no_driving_until_tomorrow_is_on_the_page_that_is_kept_offline() -> None:
    assert "drive until tomorrow" in Client().get("/help-now/").content.decode()


def test_ticks_are_nobody_elses_but_the_food_rule(practice: Practice, session: Appointment, clock: Clock) -> None:
    clock("2026-12-01T13:00:00Z")
    pages = [(practice.staff, f"/desk/appointments/{session.pk}/"), (practice.therapist, f"/care/{practice.client.pk}/brief/")]

    def read() -> list[str]:
        read = []
        for person, path in pages:
            web = Client()
            web.force_login(person)
            read.append(web.get(path).content.decode())
        return read

    for page in read():
        assert "Today's rules" in page
        assert "Not said yet" in page
    for item in ChecklistItem.objects.filter(kind="dosing").exclude(about__in=["escort", "note"]):
        tick(session, item, done=True, by=practice.client)
    for page in read():
        assert "Read and kept to, said Tuesday 1 December, 8:00 am" in page
        others = ChecklistItem.objects.exclude(about="fasting").values_list("words", flat=True)
        assert [words for words in others if words in page] == []


def test_the_page_says_which_lines_the_clinic_is_told(web: Client, session: Appointment, clock: Clock) -> None:
    clock("2026-12-01T13:00:00Z")
    page = web.get(f"/sessions/{session.pk}/").content.decode()
    told = [part for part in page.split("<li>") if "Your clinic is told this one." in part]
    assert len(told) == 2
    assert "takes me home" in "".join(told)
    assert "read today&#x27;s rules" in "".join(told)


def test_others_tick_nothing_nor_does_anybody_what_isnt_on_the_list(practice: Practice, session: Appointment) -> None:
    evening = line("The evening")
    for by in (practice.therapist, practice.staff, make_client()):
        with pytest.raises(Http404):
            tick(session, evening, done=True, by=by)
    elsewhere = ChecklistItem.objects.create(kind_id="integration", shown="week", words="Demo line")
    closed = ChecklistItem.objects.create(kind_id="dosing", shown="week", words="Demo closed line", is_open=False)
    for item in (elsewhere, closed, line("Somebody I trust"), line("Running late")):
        with pytest.raises(Http404):
            tick(session, item, done=True, by=practice.client)
    Appointment.objects.update(state="cancelled")
    session.refresh_from_db()
    with pytest.raises(Http404):
        tick(session, evening, done=True, by=practice.client)


def test_an_unfilled_number_is_told_to_nobody(web: Client, session: Appointment, clock: Clock) -> None:
    clock("2026-11-30T17:00:00Z")
    page = web.get(f"/sessions/{session.pk}/").content.decode()
    assert "rules on food" in page
    assert "stop eating" not in page
    ChecklistItem.objects.filter(words__contains="rules on food").update(
        rule="Your clinic asks you to stop eating 6 hours before."
    )
    assert "stop eating 6 hours" in web.get(f"/sessions/{session.pk}/").content.decode()


@pytest.mark.django_db
def test_the_clinic_keeps_one_line_that_tells_it_something_and_names_who_approved() -> None:
    second = ChecklistItem(kind_id="dosing", shown="day", words="Demo second", about="fasting")
    with pytest.raises(ValidationError, match="such a line"):
        second.full_clean()
    with pytest.raises(ValidationError, match="neither"):
        ChecklistItem(kind_id="dosing", shown="day", words="Demo", approved_on=date(2026, 11, 1)).full_clean()


def desk_lines() -> list[str]:
    return [task.words for sort in open_tasks(timezone.now(), NEW_YORK) if "way home" in sort.title for task in sort.some]


def test_a_way_home_named_weeks_before_is_asked_again_a_day_before_and_else_the_desks_first_line(
    practice: Practice, web: Client, session: Appointment, clock: Clock
) -> None:
    page = f"/sessions/{session.pk}/"
    name_way_home(session, "Demo Lark", by=practice.client)
    assert "still hold" not in web.get(page).content.decode()
    clock("2026-11-30T19:00:01Z")
    asked = web.get(page).content.decode()
    assert "Demo Lark" in asked
    assert "Does that still hold?" in asked
    clock("2026-12-01T07:30:00Z")
    assert desk_lines() == ["Tue 1 Dec, 2:00 pm. Named, not said again since"]
    web.post(f"{page}way-home/still/")
    assert desk_lines() == []
    assert "still hold" not in web.get(page).content.decode()
    with keyring():
        assert Appointment.objects.get().way_home == "Demo Lark"
    assert told_of(Appointment.objects.get(), timezone.now()).way_home == "Named"


def test_said_within_the_day_before_it_is_not_asked_twice(
    practice: Practice, web: Client, session: Appointment, clock: Clock
) -> None:
    clock("2026-11-30T20:00:00Z")
    name_way_home(session, "Demo Lark", by=practice.staff)
    clock("2026-12-01T08:00:00Z")
    assert desk_lines() == []
    assert "still hold" not in web.get(f"/sessions/{session.pk}/").content.decode()


def test_saying_again_is_the_clients_alone_and_names_nobody(practice: Practice, session: Appointment) -> None:
    for by in (practice.staff, practice.therapist, make_client()):
        with pytest.raises(Http404):
            still_the_same(session, by=by)
    assert still_the_same(session, by=practice.client).way_home_at is None


@pytest.mark.django_db(transaction=True)
def test_one_line_ticked_many_times_at_once_is_ticked_once(clock: Clock) -> None:
    clock(NOON)
    practice = make_practice()
    session = practice.book(at("2026-12-01 14:00"))
    evening = line("The evening")
    answers = together([partial(tick, session, evening, done=True, by=practice.client)] * 16)
    assert not [one for one in answers if isinstance(one, Exception)]
    assert ChecklistTick.objects.count() == 1


def test_no_line_of_anothers_session_or_one_that_never_was(web: Client, session: Appointment) -> None:
    assert web.post(f"/sessions/{session.pk}/checklist/{uuid4()}/", {"done": "1"}).status_code == 404
    later = timezone.now() + timedelta(days=9)
    assert web.post(f"/sessions/{uuid4()}/checklist/{line('The evening').pk}/", {"at": later}).status_code == 404
