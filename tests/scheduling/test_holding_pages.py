"""Holding a time on the booking page: without scripts a page that says until when, with scripts the part that changes."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from scheduling.models import Appointment
from tests.people import ally, cleared, make_client

from .practice import LONG_AGO, Practice, at, queries

TEN = at("2026-12-01 10:00")
BOOK = "/sessions/book/"
Clock = Callable[[str], time_machine.Traveller]
HX = {"HX-Request": "true"}


@pytest.fixture
def web(practice: Practice, client: Client) -> Client:
    client.force_login(practice.client)
    return client


def posted(practice: Practice, **changed: Any) -> dict[str, Any]:
    said = {"kind": "dosing", "with": practice.therapist.pk, "place": "room", "week": "2026-11-30", "start": TEN.isoformat()}
    return {**said, **changed}


def test_without_scripts_the_page_says_until_when_it_is_held(practice: Practice, web: Client) -> None:
    page = web.post(f"{BOOK}hold/", posted(practice, way_home="Demo Lark"), follow=True).content.decode()
    assert "Held for you until 12:10 pm" in page
    assert "Tuesday 1 December<br>10:00 am to 12:30 pm" in page
    assert 'value="Demo Lark"' in page
    assert "until Sunday 29 November, 10:00 am, New York time (EST)" in page
    assert 'data-held="600"' in page


def test_what_is_held_is_booked_whichever_week_is_shown(practice: Practice, web: Client) -> None:
    web.post(f"{BOOK}hold/", posted(practice))
    held = Appointment.objects.get()
    page = web.get(f"{BOOK}?for=0&week=2026-12-14").content.decode()
    assert f'id="held-start" value="{held.starts.isoformat()}"' in page
    web.post(BOOK, posted(practice, start=held.starts.isoformat()))
    assert [(one.pk, one.state) for one in Appointment.objects.all()] == [(held.pk, "booked")]


def test_a_picked_radio_wins_over_what_was_held(practice: Practice, web: Client) -> None:
    web.post(f"{BOOK}hold/", posted(practice))
    web.post(BOOK, posted(practice, start=[TEN.isoformat(), at("2026-12-02 11:00").isoformat()]))
    assert Appointment.objects.get().starts == at("2026-12-02 11:00")


def test_it_is_lengthened_once_and_keeps_what_was_typed(practice: Practice, web: Client, clock: Clock) -> None:
    web.post(f"{BOOK}hold/", posted(practice))
    assert "ten minutes longer" in web.get(BOOK).content.decode()
    clock("2026-11-24T17:09:00Z")
    page = web.post(f"{BOOK}longer/", posted(practice, way_home="Demo Lark"), follow=True).content.decode()
    assert "Held for you until 12:20 pm" in page
    assert "ten minutes longer" not in page
    assert 'value="Demo Lark"' in page


def test_one_that_is_over_is_said_to_be(practice: Practice, web: Client, clock: Clock) -> None:
    web.post(f"{BOOK}hold/", posted(practice))
    clock("2026-11-24T17:10:00Z")
    page = web.post(f"{BOOK}longer/", posted(practice), follow=True).content.decode()
    assert "It isn&#x27;t held any more." in page
    assert "Held for you" not in page


def test_it_is_let_go(practice: Practice, web: Client) -> None:
    web.post(f"{BOOK}hold/", posted(practice))
    held = Appointment.objects.get()
    assert web.post(f"{BOOK}let-go/", posted(practice, held="no id")).status_code == 404
    page = web.post(f"{BOOK}let-go/", posted(practice, held=held.pk), follow=True)
    assert "Held for you" not in page.content.decode()
    assert not Appointment.objects.exists()


def test_a_page_that_is_left_lets_it_go_and_is_told_nothing(practice: Practice, web: Client) -> None:
    web.post(f"{BOOK}hold/", posted(practice))
    left = web.post(f"{BOOK}let-go/", posted(practice, held=Appointment.objects.get().pk, left="yes"))
    assert (left.status_code, left.content) == (204, b"")
    assert not Appointment.objects.exists()


def test_to_scripts_the_part_about_the_choice_is_the_answer(practice: Practice, web: Client) -> None:
    part = web.post(f"{BOOK}hold/", posted(practice), headers=HX)
    assert part.status_code == 200
    words = part.content.decode()
    assert "<html" not in words
    assert "Held for you until 12:10 pm" in words
    assert "Tuesday 1 December, 10:00 am to 12:30 pm, is held until 12:10 pm." in words


@pytest.mark.parametrize("headers", [{}, HX])
def test_a_time_that_somebody_else_holds_is_just_taken(practice: Practice, web: Client, headers: dict[str, str]) -> None:
    other = cleared(make_client(), date(2027, 12, 31))
    ally(other, practice.therapist, since=LONG_AGO)
    second = Client()
    second.force_login(other)
    second.post(f"{BOOK}hold/", posted(practice))
    answer = web.post(f"{BOOK}hold/", posted(practice, way_home="Demo Lark"), headers=headers)
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "That time has just been taken." in words
    assert words.count('class="slot"') >= 3
    assert ("Demo Lark" in words) is (not headers)
    assert (f'data-taken="{TEN.isoformat()}"' in words) is bool(headers)
    assert Appointment.objects.get().client == other


def test_what_is_held_is_shown_while_one_looks_at_something_else(practice: Practice, web: Client) -> None:
    web.post(f"{BOOK}hold/", posted(practice))
    page = web.get(f"{BOOK}?for=1").content.decode()
    assert "Dosing session on Tuesday 1 December, 10:00 am to 12:30 pm, is held until 12:10 pm." in page
    assert "Held for you" not in page
    back = re.search(r'href="([^"]*)">Go on with it', page)
    assert back
    assert "Held for you" in web.get(unescape(back[1]).split("#")[0]).content.decode()


def test_close_to_it_the_page_offers_a_call_before_booking(practice: Practice, web: Client) -> None:
    page = web.post(f"{BOOK}hold/", posted(practice, start=at("2026-11-26 10:00").isoformat()), follow=True).content.decode()
    assert "once it is booked, changes are for a call" in page
    assert 'href="tel:+1 212 555 0100"' in page


def test_the_clock_of_whoever_reads_is_named_where_it_differs(practice: Practice, web: Client) -> None:
    practice.client.zone = "America/Denver"
    practice.client.save(update_fields=["zone"])
    page = web.post(f"{BOOK}hold/", posted(practice), follow=True).content.decode()
    assert "Held for you until 10:10 am, your time" in page


@pytest.mark.parametrize("start", ["", "never", "2026-12-01T10:07:00-05:00", "2027-03-14T02:30"])
def test_an_odd_time_is_met_with_words_and_holds_nothing(practice: Practice, web: Client, start: str) -> None:
    assert web.post(f"{BOOK}hold/", posted(practice, start=start)).status_code == 422
    assert not Appointment.objects.exists()


def test_a_hold_costs_the_page_one_question(practice: Practice, web: Client) -> None:
    web.get(BOOK)
    before = queries(web, BOOK)
    web.post(f"{BOOK}hold/", posted(practice))
    assert queries(web, BOOK) <= before
