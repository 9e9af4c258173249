"""A client's session pages: what they offer, what they refuse in words, and that nothing typed is lost."""

import re
from collections.abc import Callable
from datetime import time, timedelta
from html import unescape
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from koru.moments.spans import Span
from koru.people.consents import withdraw_consent
from scheduling.cancelling import cancel
from scheduling.models import Appointment, AvailabilityRule
from tests.people import make_client

from .practice import Practice, at, queries


@pytest.fixture
def web(practice: Practice, client: Client) -> Client:
    client.force_login(practice.client)
    return client


def posted(practice: Practice, start: str, **more: str) -> dict[str, str]:
    return {"kind": "dosing", "with": str(practice.therapist.pk), "place": "room", "key": str(uuid4()), "start": start, **more}


def test_the_page_offers_the_first_week_with_open_times(web: Client) -> None:
    page = web.get("/sessions/book/").content.decode()
    assert "Dosing session" in page
    assert "10:00 am" in page
    assert "New York time (EST)" in page


def test_booking_leads_to_the_session(practice: Practice, web: Client) -> None:
    start = at("2026-12-01 10:00").isoformat()
    answer = web.post("/sessions/book/", posted(practice, start, way_home="Demo Lark"), follow=True)
    made = Appointment.objects.get()
    assert answer.redirect_chain[-1][0] == f"/sessions/{made.pk}/"
    assert made.way_home == "Demo Lark"
    page = answer.content.decode()
    assert "Tuesday 1 December" in page
    assert "From 9:45 am" in page


def test_a_lost_race_keeps_the_form_and_offers_the_nearest(practice: Practice, web: Client) -> None:
    taken = practice.book(at("2026-12-01 10:00"))
    start = at("2026-12-01 10:00").isoformat()
    answer = web.post("/sessions/book/", posted(practice, start, way_home="Demo Lark"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "That time has just been taken." in page
    assert "Nearest open times" in page
    assert "just taken" in page
    assert "Demo Lark" in page
    assert list(Appointment.objects.all()) == [taken]


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("", "Pick one of the times shown."),
        ("tomorrow", "Pick one of the times shown."),
        ("٣", "Pick one of the times shown."),
        ("0001-01-01T00:00", "Pick one of the times shown."),
        ("9999-12-31T23:59+00:00", "Pick one of the times shown."),
        ("2026-11-20T10:00", "That time has passed."),
        ("2027-03-14T02:30", "Clocks go forward then: 02:30 does not exist that night."),
        ("\x00" + "x" * 100_000, "60 characters"),
        ("2026-12-01T10:07", "isn&#x27;t one of the open times"),
    ],
)
def test_odd_starts_are_met_with_words(practice: Practice, web: Client, start: str, words: str) -> None:
    answer = web.post("/sessions/book/", posted(practice, start, way_home="Demo שלום 🌿"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Demo שלום 🌿" in page
    assert not Appointment.objects.exists()


def test_a_lone_surrogate_is_replaced(practice: Practice, web: Client) -> None:
    form = posted(practice, at("2026-12-01 10:00").isoformat().replace("+", "%2B"))
    body = "&".join(f"{name}={value}" for name, value in form.items()) + "&way_home=%ED%A0%80Demo%00Lark"
    assert web.post("/sessions/book/", body, content_type="application/x-www-form-urlencoded").status_code == 302
    assert Appointment.objects.get().way_home.endswith("DemoLark")


def test_a_double_submit_books_once(practice: Practice, web: Client) -> None:
    form = posted(practice, at("2026-12-01 10:00").isoformat())
    first, second = (web.post("/sessions/book/", form) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Appointment.objects.count() == 1


def test_what_is_missing_is_said_and_a_meeting_is_offered_first(practice: Practice, web: Client) -> None:
    withdraw_consent(practice.client, "treatment", by=practice.client)
    assert "consent isn&#x27;t recorded yet" in web.get("/sessions/book/?for=0").content.decode()
    page = web.get("/sessions/book/").content.decode()
    assert "Book this time" in page
    assert "Preparation meeting · 50 minutes" in page


def test_nothing_clinical_stands_in_an_address_of_the_page(web: Client) -> None:
    page = web.get("/sessions/book/").content.decode()
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert not [link for link in links if "dosing" in link or "integration" in link]


def test_others_people_and_kinds_are_not_there(practice: Practice, web: Client) -> None:
    start = at("2026-12-01 10:00").isoformat()
    for wrong in (
        {"with": str(uuid4())},
        {"with": "x"},
        {"kind": "closing"},
        {"kind": "none"},
        {"kind": "integration", "place": "moon"},
    ):
        assert web.post("/sessions/book/", posted(practice, start) | wrong).status_code in (404, 422)
    assert not Appointment.objects.exists()


def test_somebody_elses_session_is_not_there(practice: Practice, client: Client) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    client.force_login(make_client())
    for path in ("", "move/", "cancel/", "calendar.ics"):
        assert client.get(f"/sessions/{made.pk}/{path}").status_code == 404
    for path in ("", "move/", "cancel/", "start/", "end/", "missed/"):
        assert client.post(f"/sessions/{made.pk}/{path}").status_code == 404


def test_moving_keeps_the_row(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    form = {"start": at("2026-12-02 10:00").isoformat(), "key": str(uuid4())}
    assert web.get(f"/sessions/{made.pk}/move/").status_code == 200
    assert web.post(f"/sessions/{made.pk}/move/", form).status_code == 302
    made.refresh_from_db()
    assert (made.revision, made.during.lower) == (1, at("2026-12-02 10:00"))


def test_cancelling_asks_for_a_reason_first(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    path = f"/sessions/{made.pk}/cancel/"
    assert web.post(path, {}).status_code == 422
    assert web.post(path, {"reason": "boredom"}).status_code == 422
    assert web.post(path, {"reason": "unsaid"}).status_code == 302
    assert "Cancelled" in web.get(f"/sessions/{made.pk}/").content.decode()


def test_too_late_is_met_with_a_number_to_call(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-11-26 10:00"))
    for path in ("move/", "cancel/"):
        page = web.get(f"/sessions/{made.pk}/{path}").content.decode()
        assert "+1 212 555 0100" in page
        assert '<button type="submit" class="btn"' not in page


def test_the_way_home_can_be_told_later_and_taken_back(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    for words in ("Demo Lark, +1 212 555 0101", ""):
        web.post(f"/sessions/{made.pk}/", {"way_home": words})
        made = Appointment.objects.get()
        assert made.way_home == words


def test_a_get_changes_nothing(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    before = list(Appointment.objects.values())
    for path in ("", "book/", f"{made.pk}/", f"{made.pk}/move/", f"{made.pk}/cancel/", f"{made.pk}/calendar.ics"):
        assert web.get(f"/sessions/{path}").status_code == 200
        assert web.head(f"/sessions/{path}").status_code == 200
    assert list(Appointment.objects.values()) == before


def test_the_list_asks_as_much_for_thirty_as_for_one(practice: Practice, web: Client) -> None:
    first = practice.book(at("2026-12-01 10:00"), by=practice.staff)
    practice.book(at("2026-12-02 10:00"), kind="integration", by=practice.staff)
    few = queries(web, "/sessions/")
    for day in range(14):
        start = at("2026-12-03 10:00") + timedelta(days=2 * day)  # dosing sessions rest a day in between
        practice.book(start, by=practice.staff)
        practice.book(start + timedelta(hours=4), kind="integration", by=practice.staff)
    cancel(first, by=practice.staff, reason="clinic")
    assert queries(web, "/sessions/") == few
    assert web.get("/sessions/").content.decode().count("Dosing session with") == 15


def test_a_single_session_asks_little(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    assert queries(web, f"/sessions/{made.pk}/") <= 9  # what was agreed and who looked at the brief among them


def test_a_reader_elsewhere_sees_the_rooms_time_first_and_their_own_after(practice: Practice, web: Client) -> None:
    practice.client.zone = "Asia/Kathmandu"
    practice.client.save()
    made = practice.book(at("2026-12-01 14:00"))
    page = web.get(f"/sessions/{made.pk}/").content.decode()
    assert "2:00 pm to 4:30 pm" in page
    assert "New York time (EST)" in page
    assert "Wednesday 2 December, 12:45 am to 3:15 am, Kathmandu time (UTC+5:45)" in page
    call = practice.book(at("2026-12-03 14:00"), kind="integration")
    page = web.get(f"/sessions/{call.pk}/").content.decode()
    assert "Friday 4 December" in page
    assert "12:45 am to 1:35 am" in page
    assert "At the clinic: Thursday 3 December, 2:00 pm to 2:50 pm, New York time (EST)" in page


def test_times_for_a_call_lead_with_the_readers_clock_and_for_a_room_with_the_clinics(practice: Practice, web: Client) -> None:
    practice.client.zone = "America/Denver"
    practice.client.save()
    session, call = (web.get(f"/sessions/book/?for={number}").content.decode() for number in (0, 1))
    assert "Times in New York time (EST), where the room is; in brackets, Denver time (MST)" in session
    assert "to 12:30 pm [8:00 am]" in session
    assert "Times in Denver time (MST); in brackets, New York time (EST)" in call
    assert "to 8:50 am [10:00 am]" in call


def test_the_hour_that_comes_twice_is_named_with_its_letters(
    practice: Practice, web: Client, clock: Callable[[str], time_machine.Traveller]
) -> None:
    AvailabilityRule.objects.update(opens=time(0))
    clock("2026-10-30T17:00:00Z")
    page = web.get("/sessions/book/?for=1&week=2026-10-26").content.decode()
    assert page.count("1:30 am EDT") == page.count("1:30 am EST") == 1
    for offset, letters in (("-04:00", "EDT"), ("-05:00", "EST")):
        said = {"kind": "preparation", "place": "video", "start": f"2026-11-01T01:30:00{offset}", "key": str(uuid4())}
        made = web.post("/sessions/book/", said, follow=True)
        assert f"1:30 am {letters}" in made.content.decode()


@pytest.mark.parametrize("week", ["9999-12-31", "0001-01-01", "nonsense", "٣", "2026-12-07%00", "2199-12-31"])
def test_any_week_in_the_address_is_met_with_a_page(practice: Practice, web: Client, week: str) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    for path in ("/sessions/book/", f"/sessions/{made.pk}/move/"):
        assert web.get(f"{path}?week={week}").status_code == 200


def test_a_stale_form_after_a_cancellation_changes_nothing_and_says_so(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    cancel(made, by=practice.client, reason="plans")
    answer = web.post(f"/sessions/{made.pk}/move/", {"start": at("2026-12-02 10:00").isoformat()})
    assert answer.status_code == 422
    assert "can&#x27;t be changed any more" in answer.content.decode()
    assert "It is cancelled" in web.get(f"/sessions/{made.pk}/cancel/").content.decode()


@pytest.mark.parametrize("words", ["x" * 100_000, "Demo\nLark", "\u202eDemo"])
def test_odd_words_for_the_way_home_are_kept_or_met_with_words(practice: Practice, web: Client, words: str) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    answer = web.post(f"/sessions/{made.pk}/", {"way_home": words})
    assert answer.status_code == (302 if len(words) == 5 else 422)
    assert Appointment.objects.get().way_home == (words if len(words) == 5 else "")


def test_a_wish_made_too_soon_is_kept_asked_again_and_let_go(practice: Practice, web: Client) -> None:
    ended = at("2026-11-24 11:00")
    held = practice.book(at("2026-12-03 10:00"), by=practice.staff)
    span = Span(ended - timedelta(minutes=150), ended)
    Appointment.objects.filter(pk=held.pk).update(
        during=span.range, padded=span.padded(held.before, held.after).range, state="met", started_at=span.start, ended_at=ended
    )
    page = web.get("/sessions/book/").content.decode()
    assert "Ask me again then" in page
    assert "Book this time" not in page
    kept = web.post("/sessions/book/later/", posted(practice, ""), follow=True).content.decode()
    assert "Wednesday 25 November" in kept
    assert "Kept for later" in kept
    assert "Look at the times" not in kept
    with time_machine.travel(ended + timedelta(hours=24), tick=False):
        asked = web.get("/sessions/").content.decode()
        again = re.search(r'href="(/sessions/book/\?[^"]*)">Look at the times', asked)
        assert again
        assert "dosing" not in again[1]
        assert "Book this time" in web.get(unescape(again[1])).content.decode()
        assert "Look for a time now?" not in web.post("/sessions/book/no-more/", follow=True).content.decode()


def test_with_nothing_to_wait_for_asking_later_leads_to_the_times(practice: Practice, web: Client) -> None:
    page = web.post("/sessions/book/later/", posted(practice, ""), follow=True)
    assert "Book this time" in page.content.decode()
