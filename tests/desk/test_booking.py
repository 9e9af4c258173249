"""The desk books, moves and cancels for somebody: any kind they are ready for, with a reason where it is close."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from koru.people.consents import withdraw_consent
from koru.privacy.models import AccessRow
from koru.reminders.models import Letter
from scheduling.models import Appointment, AppointmentChange, AppointmentKind
from tests.people import make_client, make_room, make_therapist
from tests.scheduling.practice import Practice, at

from .asked import request_without_time, talk_at

PAGE = "/desk/book/"
START = at("2026-12-01 10:00")


@pytest.fixture
def web(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.staff)
    return client


def number_of(slug: str) -> str:
    kinds = list(AppointmentKind.objects.order_by("-minutes", "slug"))
    return str(next(place for place, kind in enumerate(kinds) if kind.slug == slug))


def said(practice: Practice, kind: str = "dosing", **more: str) -> dict[str, str]:
    chosen = {"client": str(practice.client.pk), "with": str(practice.therapist.pk), "for": number_of(kind)}
    return {**chosen, "place": "video", "key": str(uuid4()), "start": START.isoformat(), **more}


def test_first_somebody_is_looked_for(practice: Practice, web: Client) -> None:
    assert "Book for whom?" in web.get(PAGE).content.decode()
    found = web.get(PAGE, {"q": practice.client.display_name[:8].lower()}).content.decode()
    assert practice.client.email in found
    assert "Nobody is found" in web.get(PAGE, {"q": "nobody at all"}).content.decode()


def test_a_session_is_booked_for_a_client_and_they_can_see_who_did_it(practice: Practice, web: Client) -> None:
    answer = web.post(PAGE, said(practice, way_home="Demo Lark"), follow=True)
    made = Appointment.objects.get()
    assert answer.redirect_chain[-1][0] == f"/desk/appointments/{made.pk}/"
    assert (made.kind_id, made.client, made.booked_by, made.way_home) == ("dosing", practice.client, practice.staff, "Demo Lark")
    assert Letter.objects.filter(about=made.pk, kind="appointment-booked", to=practice.client).exists()
    assert AccessRow.objects.filter(client=practice.client, act="appointment", actor=practice.staff).exists()


def test_the_form_sent_twice_books_once(practice: Practice, web: Client) -> None:
    form = said(practice)
    first, second = web.post(PAGE, form), web.post(PAGE, form)
    assert first["Location"] == second["Location"]
    assert Appointment.objects.count() == 1


def test_the_desk_may_book_inside_the_notice_and_kinds_a_client_may_not(practice: Practice, web: Client) -> None:
    soon = at("2026-11-24 14:00").isoformat()
    assert web.post(PAGE, said(practice, "closing", start=soon)).status_code == 302
    assert Appointment.objects.get().kind_id == "closing"


def test_a_lost_race_keeps_all_and_names_the_nearest(practice: Practice, web: Client) -> None:
    practice.book(START)
    answer = web.post(PAGE, said(practice, way_home="Demo Lark"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "That time has just been taken." in page
    assert "Nearest open times" in page
    assert "just taken" in page
    assert "Demo Lark" in page
    assert Appointment.objects.count() == 1


def test_without_consent_no_session_is_offered_nor_booked(practice: Practice, web: Client) -> None:
    withdraw_consent(practice.client, "treatment", by=practice.staff)
    page = web.get(PAGE, {"client": str(practice.client.pk), "for": number_of("dosing")}).content.decode()
    assert "consent isn" in page
    assert "Their papers" in page
    assert web.post(PAGE, said(practice)).status_code == 422
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("", "Pick one of the times shown."),
        ("soon", "Pick one of the times shown."),
        ("9999-12-31T23:59:59", "Pick one of the times shown."),
        ("2026-11-23T10:00:00-05:00", "That time has passed."),
        ("2026-12-01T03:00:00-05:00", "one of the open times"),
        ("2027-03-14T02:30", "does not exist that night"),
        ("\x002026-12-01", "one of the open times"),
    ],
)
def test_odd_times_are_named_in_words(practice: Practice, web: Client, start: str, words: str) -> None:
    answer = web.post(PAGE, said(practice, "integration", start=start))
    assert answer.status_code == 422
    assert words in answer.content.decode().replace("&#x27;", "'")
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("name", ["client", "with", "room", "for", "place", "request"])
def test_what_is_not_there_answers_404(practice: Practice, web: Client, name: str) -> None:
    form = said(practice)
    if name == "request":
        form.pop("client")
    for odd in ("nobody", str(uuid4()), "-1"):
        assert web.post(PAGE, {**form, name: odd, "for": odd if name == "for" else number_of("closing")}).status_code == 404
        assert web.get(PAGE, {**form, name: odd, "for": odd if name == "for" else number_of("closing")}).status_code == 404
    assert not Appointment.objects.exists()


def test_others_ids_are_not_taken_for_clients_or_therapists(practice: Practice, web: Client) -> None:
    assert web.post(PAGE, said(practice, client=str(make_therapist().pk))).status_code == 404
    assert web.post(PAGE, said(practice, **{"with": str(make_client().pk)})).status_code == 404
    assert web.post(PAGE, said(practice, client=str(make_client(is_active=False).pk))).status_code == 404


def test_a_room_that_was_named_is_the_one_that_is_booked(practice: Practice, web: Client) -> None:
    other = make_room(name="Moss room")
    assert web.post(PAGE, said(practice, room=str(other.pk))).status_code == 302
    assert Appointment.objects.get().room == other


def test_a_visitor_gets_the_free_talk_and_nothing_else(practice: Practice, web: Client) -> None:
    asked = request_without_time()
    form = said(practice, "dosing")
    form.pop("client")
    assert web.post(PAGE, {**form, "request": str(asked.pk)}).status_code == 302
    made = Appointment.objects.get()
    assert (made.kind_id, made.request, made.client) == ("consultation", asked, None)
    asked.refresh_from_db()
    assert asked.state == "booked"


def test_a_second_time_for_the_same_visitor_is_refused_in_words(practice: Practice, web: Client) -> None:
    asked = talk_at(START)
    form = said(practice, start=at("2026-12-02 10:00").isoformat())
    form.pop("client")
    answer = web.post(PAGE, {**form, "request": str(asked.pk)})
    assert answer.status_code == 422
    assert "There is a time already" in answer.content.decode()


def test_a_session_is_moved_with_a_reason(practice: Practice, web: Client) -> None:
    made = practice.book(START)
    later = at("2026-12-02 11:00")
    path = f"/desk/appointments/{made.pk}/move/"
    assert web.post(path, {"start": later.isoformat()}).status_code == 422
    assert web.post(path, {"start": later.isoformat(), "reason": "room"}).status_code == 302
    made.refresh_from_db()
    assert (made.span.start, made.revision) == (later, 1)
    assert AppointmentChange.objects.get(appointment=made, what="moved").reason == "room"


def test_the_notice_is_waived_with_a_reason(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-11-24 15:00"), "integration", by=practice.staff)
    assert web.post(f"/desk/appointments/{made.pk}/cancel/", {}).status_code == 422
    assert web.post(f"/desk/appointments/{made.pk}/cancel/", {"reason": "unwell"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "cancelled"


def test_cancelled_twice_is_as_once(practice: Practice, web: Client) -> None:
    made = practice.book(START)
    for _ in range(2):
        assert web.post(f"/desk/appointments/{made.pk}/cancel/", {"reason": "clinic"}).status_code == 302
    assert AppointmentChange.objects.filter(appointment=made, what="cancelled").count() == 1


def test_what_is_over_is_neither_moved_nor_cancelled(practice: Practice, web: Client) -> None:
    made = practice.book(START)
    past = timezone.now() - timedelta(days=1)
    span = made.span.__class__.lasting(past, 150)
    Appointment.objects.filter(pk=made.pk).update(during=span.range, padded=span.padded(made.before, made.after).range)
    page = f"/desk/appointments/{made.pk}/"
    assert web.post(f"{page}move/", {"start": START.isoformat(), "reason": "room"}).status_code == 422
    assert web.post(f"{page}cancel/", {"reason": "room"}).status_code == 422
    assert "isn't moved" in web.get(f"{page}move/").content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize("reason", ["", "because", "x" * 100_000, "\x00"])
def test_an_odd_reason_changes_nothing(practice: Practice, web: Client, reason: str) -> None:
    made = practice.book(START)
    assert web.post(f"/desk/appointments/{made.pk}/cancel/", {"reason": reason}).status_code == 422
    made.refresh_from_db()
    assert made.state == "booked"


def test_an_appointment_of_nobody_is_not_there(web: Client) -> None:
    for page in ("", "move/", "cancel/"):
        assert web.get(f"/desk/appointments/{uuid4()}/{page}").status_code == 404
