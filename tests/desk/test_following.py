"""A request is followed until something comes of it: notes, owners, days to come back, kind closings, and an end by itself."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from koru.desk import requests
from koru.desk.board import _turn
from koru.desk.following import keep_what_was_said, note_down, take_over
from koru.desk.lapsing import close_lapsed, lapse
from koru.people.models import Clinic
from koru.privacy.models import AccessRow
from koru.reminders.models import Letter
from koru.reminders.rendering import rendered
from koru.sealing.models import DataKey
from scheduling.consultation import pick_again
from scheduling.models import ConsultationRequest, RequestNote
from tests.days import this_day
from tests.people import make_client, make_staff
from tests.reminders.test_kinds import CLINICAL
from tests.scheduling.practice import Practice, at, queries

from .asked import request_without_time, talk_at

Clock = Callable[[str], time_machine.Traveller]
TALK = at("2026-11-25 10:00")
LONG_AFTER = "2026-12-20T17:00:00Z"
CLOSED = "consultation-closed"


@pytest.fixture
def web(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.staff)
    return client


def page_of(web: Client, asked: ConsultationRequest) -> str:
    return web.get(f"/desk/requests/{asked.pk}/").content.decode()


def kept(asked: ConsultationRequest) -> ConsultationRequest:
    return ConsultationRequest.objects.get(pk=asked.pk)


def test_a_note_is_kept_once_with_who_wrote_it_and_is_sealed(practice: Practice, web: Client) -> None:
    asked = request_without_time()
    form = {"words": "Calls back after the move.\nAsk for Fern.", "come_back_on": "", "key": str(uuid4())}
    for _ in range(2):
        assert web.post(f"/desk/requests/{asked.pk}/follow/", form).status_code == 302
    note = RequestNote.objects.get()
    assert (note.text, note.by, note.sealed_for) == ("Calls back after the move.\nAsk for Fern.", practice.staff, asked.pk)
    assert "Calls back after the move.<br>Ask for Fern." in page_of(web, asked)
    assert kept(asked).owner == practice.staff
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row_to_json(note)::text, '') FROM scheduling_requestnote note")
        assert "Fern" not in str(cursor.fetchone())


def test_notes_stand_on_the_request_alone_and_ask_the_same_however_many(practice: Practice, web: Client) -> None:
    asked = request_without_time()
    note_down(asked, "canarynotex1", None, by=practice.staff, key=uuid4())
    few = queries(web, f"/desk/requests/{asked.pk}/")
    for _ in range(10):
        note_down(asked, "canarynotex1", None, by=practice.staff, key=uuid4())
    assert queries(web, f"/desk/requests/{asked.pk}/") == few
    for path in ("/desk/", "/desk/requests/", "/desk/clients/", "/desk/find/?q=teasel"):
        assert "canarynotex1" not in web.get(path).content.decode()


def test_the_day_to_come_back_puts_it_at_the_end_and_then_at_the_top(practice: Practice, web: Client, clock: Clock) -> None:
    first, rests = request_without_time(name="Demo Early"), request_without_time(name="Demo Later", email="later@example.org")
    note_down(rests, "", timezone.now().date() + timedelta(days=2), by=practice.staff, key=uuid4())
    page = web.get("/desk/requests/").content.decode()
    assert page.index("Demo Early") < page.index("Demo Later")
    assert "Comes back Thu 26 Nov" in page
    clock("2026-11-26T15:00:00Z")
    page = web.get("/desk/requests/").content.decode()
    assert page.index("Demo Later") < page.index("Demo Early")
    assert "To come back to today" in page
    assert kept(first).come_back_on is None


@given(st.lists(st.one_of(st.none(), st.integers(-3, 3)), max_size=8))
def test_what_is_due_comes_first_and_what_rests_last(days: list[int | None]) -> None:
    today = this_day()
    asked = [ConsultationRequest(come_back_on=None if one is None else today + timedelta(days=one)) for one in days]
    turns = [_turn(one, today) for one in sorted(asked, key=lambda one: _turn(one, today))]
    assert turns == sorted(turns)
    assert turns.count(0) == sum(one is not None and one <= 0 for one in days)


@pytest.mark.parametrize(
    "wrong", [{"come_back_on": "2026-11-23"}, {"come_back_on": "2030-01-01"}, {"come_back_on": "soon"}, {"words": "x" * 5_000}]
)
def test_what_is_wrong_with_a_note_is_said_and_its_words_stay(practice: Practice, web: Client, wrong: dict[str, str]) -> None:
    asked = request_without_time()
    answer = web.post(f"/desk/requests/{asked.pk}/follow/", {"words": "Ask for Fern.", **wrong})
    assert (answer.status_code, "There is a problem" in answer.content.decode()) == (422, True)
    assert wrong.get("words", "Ask for Fern.") in answer.content.decode()
    assert not RequestNote.objects.exists()


def test_somebody_takes_a_request_over(practice: Practice, web: Client) -> None:
    asked = request_without_time(owner=make_staff(display_name="Demo Alder"))
    assert "Demo Alder" in page_of(web, asked)
    web.post(f"/desk/requests/{asked.pk}/mine/")
    assert kept(asked).owner == practice.staff
    assert "Take it over" not in page_of(web, asked)


@pytest.mark.parametrize("reason", ConsultationRequest.Declined.values)
def test_not_now_keeps_why_and_writes_kind_words_once(practice: Practice, web: Client, reason: str) -> None:
    asked = request_without_time(state="met")
    for _ in range(2):
        web.post(f"/desk/requests/{asked.pk}/not-now/", {"reason": reason, "tell": "on"})
    assert (kept(asked).state, kept(asked).declined_for) == ("declined", reason)
    letter = Letter.objects.get(kind=CLOSED)
    words = rendered(letter, practice.clinic, timezone.now())
    assert letter.address == asked.email
    assert "https://koru.example.org/consultation/" in words.text
    assert not CLINICAL.search(words.subject + words.text)


def test_not_now_writes_nothing_unless_it_is_ticked_and_never_without_an_address(practice: Practice, web: Client) -> None:
    silent, unreachable = request_without_time(), request_without_time(email="")
    web.post(f"/desk/requests/{silent.pk}/not-now/", {"reason": "full"})
    web.post(f"/desk/requests/{unreachable.pk}/not-now/", {"reason": "full", "tell": "on"})
    assert {kept(one).state for one in (silent, unreachable)} == {"declined"}
    assert not Letter.objects.filter(kind=CLOSED).exists()


def test_an_odd_reason_closes_nothing(practice: Practice, web: Client) -> None:
    asked = request_without_time()
    assert web.post(f"/desk/requests/{asked.pk}/not-now/", {"reason": "because"}).status_code == 422
    assert kept(asked).state == "new"


def test_a_request_past_its_time_closes_itself_and_tells_once(practice: Practice, clock: Clock) -> None:
    asked, talked = request_without_time(), talk_at(TALK)
    assert close_lapsed(timezone.now()) == 0
    clock(LONG_AFTER)
    ConsultationRequest.objects.update(made_at=at("2026-11-20 10:00"))
    assert close_lapsed(timezone.now()) == 2
    assert close_lapsed(timezone.now()) == 0
    assert {kept(asked).state, kept(talked).state} == {"lapsed"}
    letters = Letter.objects.filter(kind=CLOSED)
    assert set(letters.values_list("address", flat=True)) == {asked.email, talked.email}
    words = rendered(letters[0], Clinic.objects.get(), timezone.now())
    assert "we have closed that request" in words.text
    ConsultationRequest.objects.update(state="new")
    assert close_lapsed(timezone.now()) == 2
    assert letters.count() == 2


def test_what_somebody_sees_to_does_not_close_by_itself(practice: Practice, clock: Clock) -> None:
    noted, rests, ahead, invited = (request_without_time(email=f"{number}@example.org") for number in range(4))
    clock(LONG_AFTER)
    ConsultationRequest.objects.update(made_at=at("2026-11-20 10:00"))
    note_down(noted, "They are away.", None, by=practice.staff, key=uuid4())
    note_down(rests, "", timezone.now().date() + timedelta(days=40), by=practice.staff, key=uuid4())
    requests.offer_time(
        ahead, at("2026-12-22 10:00"), therapist=practice.therapist, place="phone", by=practice.staff, key=uuid4()
    )
    requests.mark_held(invited, by=practice.staff)
    requests.invite_to_account(invited, by=practice.staff, therapist=None)
    assert close_lapsed(timezone.now()) == 0


def test_taken_up_meanwhile_it_stays(practice: Practice, clock: Clock) -> None:
    asked = request_without_time()
    clock(LONG_AFTER)
    ConsultationRequest.objects.update(made_at=at("2026-11-20 10:00"))
    note_down(asked, "Called today.", None, by=practice.staff, key=uuid4())
    assert lapse(asked.pk, timezone.now()) is False
    assert kept(asked).state == "new"


def test_after_it_has_closed_a_time_can_be_offered_or_picked_again(practice: Practice, web: Client, clock: Clock) -> None:
    asked = request_without_time(state="lapsed")
    assert "Offer a time" in page_of(web, asked)
    assert "Past its time" in web.get("/desk/requests/").content.decode()
    requests.offer_time(asked, TALK, therapist=practice.therapist, place="video", by=practice.staff, key=uuid4())
    assert kept(asked).state == "booked"
    other = request_without_time(state="lapsed", email="other@example.org")
    pick_again(other, at("2026-11-26 10:00"), "video", key=uuid4(), seen="")
    assert kept(other).state == "booked"


def test_what_was_said_becomes_the_clients_and_is_sealed_with_their_key(practice: Practice, web: Client) -> None:
    asked = request_without_time(note="A step-free door, please.", phone="+1 415 555 0147", state="invited")
    note_down(asked, "Wants to begin in January.", None, by=practice.staff, key=uuid4())
    client = make_client()
    ConsultationRequest.objects.filter(pk=asked.pk).update(client=client)
    for _ in range(2):
        keep_what_was_said(kept(asked), client)
    notes = RequestNote.objects.filter(request=asked)
    assert {(note.text, note.by, note.sealed_for) for note in notes} == {
        ("A step-free door, please.", None, client.pk),
        ("Wants to begin in January.", practice.staff, client.pk),
    }
    client.refresh_from_db()
    assert (client.phone, kept(asked).note) == ("+1 415 555 0147", "")
    DataKey.objects.filter(owner=asked.pk).delete()
    before = AccessRow.objects.filter(client=client.pk).count()
    page = web.get(f"/desk/clients/{client.pk}/").content.decode()
    assert "A step-free door, please." in page
    assert "Wants to begin in January." in page
    assert AccessRow.objects.filter(client=client.pk).count() > before


def test_stopped_halfway_it_goes_on_with_what_is_left(practice: Practice) -> None:
    asked, client = request_without_time(note="A step-free door, please."), make_client()
    for words in ("One.", "Two.", "Three."):
        note_down(asked, words, None, by=practice.staff, key=uuid4())
    done = RequestNote.objects.filter(request=asked)[0]
    words = done.text
    done.sealed_for, done.text = client.pk, words
    done.save()
    keep_what_was_said(kept(asked), client)
    assert {note.text for note in RequestNote.objects.filter(sealed_for=client.pk)} == {
        "One.", "Two.", "Three.", "A step-free door, please.",
    }  # fmt: skip


def test_a_note_after_joining_is_sealed_with_the_clients_key(practice: Practice) -> None:
    client = make_client()
    asked = request_without_time(client=client, state="invited")
    note_down(asked, "Called.", None, by=practice.staff, key=uuid4())
    take_over(asked, by=practice.staff)
    assert RequestNote.objects.get().sealed_for == client.pk


def test_nobody_but_the_desk_reads_or_writes_notes(practice: Practice) -> None:
    asked = request_without_time()
    for person in (practice.client, practice.therapist):
        browser = Client()
        browser.force_login(person)
        for path in ("follow/", "mine/", "contact/"):
            assert browser.post(f"/desk/requests/{asked.pk}/{path}", {"words": "No."}).status_code == 404
    assert not RequestNote.objects.exists()
