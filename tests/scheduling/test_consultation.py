"""A visitor's free talk: a time in a few fields, one link for its life, nothing typed lost."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from koru.people.inviting import invite
from koru.people.models import Clinic, Invitation, Person
from koru.reminders.models import Letter
from scheduling.consultation import appointment_of, mark_of
from scheduling.consultation_guard import stamp
from scheduling.models import Appointment, AvailabilityRule, ConsultationRequest
from tests.people import make_client, make_clinic, make_room, make_staff, make_therapist

Clock = Callable[[str], Any]

NOW = "2026-11-24T15:00:00+00:00"  # Tuesday, 10:00 in New York
AT = "2026-11-26T15:00Z"  # Thursday, 10:00 in New York
OTHER = "2026-11-27T16:30Z"
TALK = "/consultation/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def open_clinic(clock: Clock) -> Person:
    """One therapist, weekdays 9 to 17 in New York; Tuesday morning."""
    clock(NOW)
    cache.clear()
    make_clinic(zone="America/New_York", phone="+1 212 555 0100")
    make_staff()
    therapist = make_therapist()
    for weekday in range(1, 6):
        AvailabilityRule.objects.create(
            therapist=therapist, weekday=weekday, opens=time(9), closes=time(17), valid=DateRange(date(2026, 1, 1), None)
        )
    return therapist


def old_enough(seconds: int = 30) -> str:
    """The stamp of a form that was opened so long ago."""
    with time_machine.travel(datetime.now(UTC) - timedelta(seconds=seconds), tick=False):
        return stamp()


def asked(**fields: str) -> dict[str, str]:
    """A whole form, as a browser would send it."""
    return {
        "at": AT,
        "place": "video",
        "name": "Demo Rowan",
        "email": "rowan@example.org",
        "phone": "",
        "note": "",
        "website": "",
        "zone": "America/Denver",
        "shown": old_enough(),
        "key": str(uuid4()),
        **fields,
    }


def test_a_time_is_held_at_once_and_the_mail_only_confirms(client: Client) -> None:
    answer = client.post(TALK, asked())
    talk = ConsultationRequest.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/consultation/{talk.token}/"
    held = Appointment.objects.get()
    assert (held.kind_id, held.state, held.during.lower) == ("consultation", "booked", datetime(2026, 11, 26, 15, tzinfo=UTC))
    assert set(Letter.objects.values_list("kind", flat=True)) == {"consultation-booked", "consultation-soon", "new-request"}


def booked(client: Client, **fields: str) -> ConsultationRequest:
    assert client.post(TALK, asked(**fields)).status_code == 302
    return ConsultationRequest.objects.get(email=fields.get("email", "rowan@example.org"))


def link_of(talk: ConsultationRequest) -> str:
    return f"{TALK}{talk.token}/"


def seen(talk: ConsultationRequest) -> str:
    held = appointment_of(talk)
    return mark_of(held) if held else ""


def move(client: Client, talk: ConsultationRequest, at: str) -> Any:
    return client.post(f"{link_of(talk)}move/", {"at": at, "key": str(uuid4()), "seen": seen(talk)})


def cancel(client: Client, talk: ConsultationRequest) -> Any:
    return client.post(f"{link_of(talk)}cancel/", {"seen": seen(talk)})


def everything_typed(page: str) -> bool:
    return all(value in page for value in ('value="Demo Rowan"', 'value="rowan@example.org"', 'value="A low chair"'))


# the page of open times


def test_two_taps_lead_from_the_first_page_to_a_chosen_time(client: Client) -> None:
    page = client.get("/").content.decode()
    assert 'href="/consultation/?at=2026-11-24T19:00Z"' in page
    chosen = client.get("/consultation/?at=2026-11-24T19:00Z").content.decode()
    assert re.search(r'value="2026-11-24T19:00Z" checked', chosen)


def test_the_first_page_shows_four_times_and_no_more_than_two_of_a_day(client: Client) -> None:
    days = re.findall(r"\?at=(\d{4}-\d\d-\d\d)", client.get("/").content.decode())
    assert len(days) == 4
    assert max(days.count(day) for day in days) == 2


def test_without_a_clinic_or_times_the_first_page_still_stands(client: Client) -> None:
    AvailabilityRule.objects.all().delete()
    assert "No times are open" in client.get("/").content.decode()
    Clinic.objects.all().delete()
    assert client.get("/").status_code == 200
    assert "Not open yet" in client.get(TALK).content.decode()


def test_times_are_those_of_the_zone_asked_for_and_it_is_named(client: Client) -> None:
    page = client.get(TALK, {"zone": "America/Denver", "show": "2026-11-26"}).content.decode()
    assert re.search(r'value="2026-11-26T15:00Z"[^>]*>8:00 am', page)
    assert "Open times, Denver time (MST)" in page
    assert '<option value="America/Denver" selected>' in page


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "\x00", "A" * 9000, "ภาษา"])
def test_a_zone_nobody_knows_becomes_the_clinics_and_says_so(client: Client, zone: str) -> None:
    page = client.get(TALK, {"zone": zone}).content.decode()
    assert "We don&#x27;t know that time zone" in page
    assert "Open times, New York time (EST)" in page


def test_asking_for_other_times_keeps_what_is_typed_and_finds_no_fault(client: Client) -> None:
    answer = client.post(TALK, asked(note="A low chair", show="2026-12-01", email="rowan@example.org"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert everything_typed(page)
    assert "1 Dec to 7 Dec" in page
    assert "There is a problem" not in page


@pytest.mark.parametrize("show", ["1999-01-01", "9999-12-31", "0001-01-01", "soon", "\x00", "2026-02-30"])
def test_a_week_that_is_none_or_out_of_reach_becomes_one_within(client: Client, show: str) -> None:
    assert client.get(TALK, {"show": show, "zone": "Asia/Kathmandu"}).status_code == 200


def test_the_page_costs_the_same_with_one_time_and_with_many(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, open_clinic: Person
) -> None:
    with CaptureQueriesContext(connection) as many:
        client.get(TALK, {"show": "2026-11-30"})
    AvailabilityRule.objects.exclude(weekday=1).delete()
    AvailabilityRule.objects.update(opens=time(9), closes=time(10))
    with django_assert_num_queries(len(many)):
        client.get(TALK, {"show": "2026-11-30"})
    assert len(many) <= 8


@pytest.mark.parametrize("verb", ["put", "patch", "delete"])
def test_other_verbs_are_refused(client: Client, verb: str) -> None:
    link = link_of(booked(client))
    for path in ("/", TALK, link, f"{link}move/", f"{link}cancel/", f"{link}calendar.ics"):
        assert getattr(client, verb)(path).status_code == 405


def test_who_is_signed_in_is_led_to_their_own_pages(client: Client) -> None:
    client.force_login(make_client())
    assert 'href="/home/"' in client.get("/").content.decode()


# booking


@pytest.mark.parametrize("place", ["video", "phone", "room"])
def test_every_way_of_meeting_can_be_had(client: Client, place: str) -> None:
    make_room()
    booked(client, place=place, phone="+1 303 555 0142")
    held = Appointment.objects.get()
    assert (held.place, held.room is not None) == (place, place == "room")


def test_after_booking_the_page_says_it_is_held_and_shows_the_link(client: Client) -> None:
    page = client.post(TALK, asked(), follow=True).content.decode()
    assert "Your time is held" in page
    assert "Thursday 26 November, 8:00 am to 8:30 am, Denver time (MST) [10:00 am to 10:30 am, New York time (EST)]" in page


def test_a_talk_in_a_room_leads_with_the_rooms_clock(client: Client) -> None:
    make_room(zone="America/New_York")
    page = client.post(TALK, asked(place="room"), follow=True).content.decode()
    assert "10:00 am to 10:30 am, New York time (EST) [8:00 am to 8:30 am, Denver time (MST)]" in page


def test_the_same_form_sent_twice_is_one_talk_and_the_same_page(client: Client) -> None:
    form = asked()
    first, second = client.post(TALK, form), client.post(TALK, form)
    assert first["Location"] == second["Location"]
    assert Appointment.objects.count() == ConsultationRequest.objects.count() == 1
    assert Letter.objects.filter(kind="consultation-booked").count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"at": ""}, "Choose one of the times."),
        ({"at": "soon"}, "Pick one of the times shown."),
        ({"at": "\x00"}, "Choose one of the times."),
        ({"at": "9" * 400}, "Pick one of the times shown."),
        ({"at": "0001-01-01T00:00+14:00"}, "Pick one of the times shown."),
        ({"at": "2027-03-14T02:30"}, "02:30 does not exist that night"),
        ({"at": "2026-11-23T15:00Z"}, "That time has passed."),
        ({"at": "2026-11-24T15:30Z"}, "That is too soon to book here."),
        ({"at": "2027-11-25T15:00Z"}, "That is further ahead than we book."),
        ({"at": "2026-11-26T03:00Z"}, "open times"),
        ({"at": "2026-11-26T15:07Z"}, "open times"),
        ({"place": "moon"}, "Pick one of the values shown."),
        ({"place": ""}, "Choose one"),
        ({"place": "phone"}, "For a phone call we need your number."),
        ({"phone": "soon"}, "This doesn&#x27;t look like a phone number"),
        ({"phone": "1" * 16}, "This doesn&#x27;t look like a phone number"),
        ({"name": ""}, "What should we call you?"),
        ({"name": "   "}, "What should we call you?"),
        ({"name": "Rowan\nBcc: all@example.org"}, "Please use one line."),
        ({"name": "Rowan\u2028x"}, "Please use one line."),
        ({"name": "x" * 100_000}, "Keep this to 80 characters."),
        ({"email": ""}, "Enter an email address with an @"),
        ({"email": "rowan"}, "Enter an email address with an @"),
        ({"email": "rowan@example.org\nBcc: all@example.org"}, "Enter an email address with an @"),
        ({"email": "x" * 100_000 + "@example.org"}, "characters"),
        ({"note": "x" * 100_000}, "Keep this to 200 characters."),
        ({"note": "one\ntwo"}, "Please use one line."),
        ({"website": "https://example.org"}, "Please leave this field empty."),
        ({"shown": ""}, "lost something on its way"),
        ({"shown": "forged:1:1"}, "lost something on its way"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    client: Client, fields: dict[str, str], words: str
) -> None:
    answer = client.post(TALK, asked(**{"note": "A low chair", **fields}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(words) >= 2 or "shown" in fields  # in the summary and at the field
    assert words in page
    assert "<title>Error: " in page
    kept = {"name": "Demo Rowan", "email": "rowan@example.org", "note": "A low chair"} | fields
    for name in {"name", "email", "note"} - fields.keys():
        assert f'value="{kept[name]}"' in page
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("name", ["روان", "🌿 Rowan", "Ro\u0301wan", "a\u200bb", "O'Neil <b>"])
def test_names_of_all_scripts_are_kept_and_shown_as_they_are(client: Client, name: str) -> None:
    talk = booked(client, name=name)
    assert talk.name == unicodedata.normalize("NFC", name)
    assert f"<bdi>{escape(talk.name)}</bdi>" in client.get(link_of(talk)).content.decode()


def test_nul_and_controls_leave_the_note_and_the_rest_is_kept(client: Client) -> None:
    assert booked(client, note="step\x00-free\x1b door").note == "step-free door"


def test_invalid_bytes_are_no_fault_of_the_server(client: Client) -> None:
    body = b"name=\xff\xfe\xed\xa0\x80&email=%ff&at=%ed%a0%80&zone=%ff"
    assert client.post(TALK, body, content_type="application/x-www-form-urlencoded").status_code == 422
    assert client.post(TALK, b"{}", content_type="application/json").status_code in {415, 422}
    assert client.post(TALK, b"--x\r\nbroken", content_type="multipart/form-data; boundary=x").status_code in {400, 422}


def test_a_form_sent_too_fast_or_after_a_day_is_asked_for_once_more(client: Client) -> None:
    fast = client.post(TALK, asked(shown=old_enough(0)))
    stale = client.post(TALK, asked(shown=old_enough(25 * 3600)))
    assert "That was very quick" in fast.content.decode()
    assert "This page was open for long" in stale.content.decode()
    assert {fast.status_code, stale.status_code} == {422}
    again = re.search(r'name="shown" value="([^"]+)"', stale.content.decode())
    assert again
    assert again[1] != old_enough(25 * 3600)


def test_too_many_from_one_place_are_met_kindly_and_lose_nothing(client: Client) -> None:
    for n in range(10):
        client.post(TALK, asked(email=f"demo{n}@example.org", at=f"2026-12-{1 + n // 5:02d}T{14 + n % 5}:00Z"))
    answer = client.post(TALK, asked(note="A low chair"))
    page = answer.content.decode()
    assert answer.status_code == 429
    assert everything_typed(page)
    assert "Please wait a minute" in page
    assert 'href="tel:+12125550100"' in page
    assert ConsultationRequest.objects.count() == 10


def test_with_valkey_away_talks_are_booked_and_still_counted(client: Client, settings: Settings) -> None:
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"}}
    cache.clear()
    booked(client)
    statuses = [client.post(TALK, asked(at=f"2026-12-01T{14 + n % 7}:07Z")).status_code for n in range(5)]
    assert statuses == [422, 422, 422, 429, 429]  # four a day for one mail address
    assert ConsultationRequest.objects.count() == 1


def test_a_lost_race_keeps_the_form_and_offers_near_times(client: Client) -> None:
    booked(client, email="first@example.org")
    answer = client.post(TALK, asked(note="A low chair"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "That time was taken a moment ago. These are the nearest open ones." in page
    assert everything_typed(page)
    near = page.split("Nearest open times")[1].split("</fieldset>")[0]
    assert len(re.findall(r'name="at" value="2026-11-2[56]T', near.split("week")[0])) == 3
    again = re.search(r'name="at" value="([^"]+)"', near)
    assert again
    assert client.post(TALK, asked(at=again[1])).status_code == 302


# the link


def test_after_three_moves_the_first_mails_link_shows_the_current_time(client: Client) -> None:
    talk = booked(client)
    for at in (OTHER, "2026-11-30T18:00Z", "2026-12-01T14:30Z"):
        assert move(client, talk, at).status_code == 302
    assert "Tuesday 1 December, 7:30 am" in client.get(link_of(talk)).content.decode()
    assert Appointment.objects.get().revision == 3


def test_moving_to_a_taken_time_keeps_the_time_one_has(client: Client) -> None:
    talk = booked(client)
    booked(client, email="other@example.org", at=OTHER)
    answer = move(client, talk, OTHER)
    assert answer.status_code == 422
    assert "Nearest open times" in answer.content.decode()
    assert talk.appointments.get().during.lower == datetime(2026, 11, 26, 15, tzinfo=UTC)


def test_cancelled_it_can_be_picked_again_under_the_same_link(client: Client) -> None:
    talk = booked(client)
    for _ in range(2):
        assert cancel(client, talk).status_code == 302
    talk.refresh_from_db()
    assert (talk.state, Appointment.objects.get().state) == ("cancelled", "cancelled")
    assert "Pick another time" in client.get(link_of(talk)).content.decode()
    form = {"at": OTHER, "place": "video", "key": str(uuid4()), "seen": seen(talk)}
    for _ in range(2):
        assert client.post(f"{link_of(talk)}move/", form).status_code == 302
    assert "Friday 27 November, 9:30 am" in client.get(link_of(talk)).content.decode()
    assert Appointment.objects.filter(state="booked").count() == 1


def test_close_to_the_talk_it_takes_a_call(client: Client, clock: Clock) -> None:
    talk = booked(client)
    clock("2026-11-26T14:00:00+00:00")
    answer = cancel(client, talk)
    assert answer.status_code == 422
    assert "this one is for a call" in answer.content.decode()
    assert Appointment.objects.get().state == "booked"


def test_replaying_every_link_by_get_or_head_changes_nothing(client: Client) -> None:
    talk = booked(client)
    move(client, talk, OTHER)
    cancel(client, talk)
    before = rows()
    for tail in ("", "move/", "cancel/", "calendar.ics"):
        for verb in (client.get, client.head):
            assert verb(link_of(talk) + tail, headers={"Sec-Purpose": "prefetch"}).status_code == 200
    assert rows() == before


def rows() -> list[Any]:
    models = (Appointment, ConsultationRequest, Letter)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_an_old_form_sent_again_does_not_act_on_a_newer_time(client: Client) -> None:
    talk = booked(client)
    old_cancel = {"seen": seen(talk)}
    old_move = {"at": "2026-11-30T18:00Z", "key": str(uuid4()), "seen": seen(talk)}
    assert client.post(f"{link_of(talk)}move/", old_move).status_code == 302
    move(client, talk, OTHER)
    cancel(client, talk)
    picked = {"at": "2026-12-01T15:00Z", "place": "video", "key": str(uuid4()), "seen": seen(talk)}
    client.post(f"{link_of(talk)}move/", picked)
    before = rows()
    for _ in range(2):
        stale = client.post(f"{link_of(talk)}move/", old_move)
        assert (stale.status_code, "Your time has changed since" in stale.content.decode()) == (422, True)
        assert client.post(f"{link_of(talk)}cancel/", old_cancel).status_code == 422
        assert client.post(f"{link_of(talk)}move/", picked).status_code == 302
        assert client.post(f"{link_of(talk)}cancel/").status_code == 422
    assert rows() == before


def test_the_calendar_file_is_one_event_for_life(client: Client) -> None:
    talk = booked(client)
    first = client.get(f"{link_of(talk)}calendar.ics").content.decode()
    move(client, talk, OTHER)
    second = client.get(f"{link_of(talk)}calendar.ics").content.decode()
    assert re.findall(r"UID:.*", first) == re.findall(r"UID:.*", second)
    assert ("SEQUENCE:0" in first, "SEQUENCE:1" in second) == (True, True)
    assert not re.search("ketamine|therapy|consultation:", first.replace("/consultation/", ""), re.IGNORECASE)


def test_the_link_ends_thirty_days_after_the_talk(client: Client, clock: Clock) -> None:
    talk = booked(client)
    clock("2026-12-26T15:29:00+00:00")
    assert client.get(link_of(talk)).status_code == 200
    clock("2026-12-26T15:31:00+00:00")
    assert client.get(link_of(talk)).status_code == 404


@pytest.mark.parametrize("tail", ["", "move/", "cancel/", "calendar.ics"])
@pytest.mark.parametrize("token", ["nobody", "%00", "a" * 3000, "🌿"])
def test_a_link_nobody_was_given_says_so(client: Client, token: str, tail: str) -> None:
    for verb in (client.get, client.post):
        assert verb(f"{TALK}{token}/{tail}").status_code in ({404} if verb == client.get else {404, 405})


def test_once_the_visitor_is_a_client_the_link_changes_nothing_any_more(client: Client) -> None:
    talk = booked(client)
    Appointment.objects.update(client=make_client())
    for tail in ("move/", "cancel/"):
        assert client.post(link_of(talk) + tail, {"at": OTHER}).status_code == 404
    assert Appointment.objects.get().state == "booked"
    assert "Your times are in your Koru now" in client.get(link_of(talk)).content.decode()


def test_pages_of_a_link_are_never_stored(client: Client) -> None:
    talk = booked(client)
    answer = client.get(link_of(talk))
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert not client.session.keys()


def test_no_token_or_word_of_a_visitor_reaches_the_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        talk = booked(client, note="A low chair")
        client.get(link_of(talk))
    for secret in (talk.token, "rowan@example.org", "A low chair", "Demo Rowan"):
        assert secret not in caplog.text


def test_the_outcome_of_the_talk_is_told_under_the_link(client: Client, clock: Clock) -> None:
    talk = booked(client)
    clock("2026-11-27T15:00:00+00:00")
    Appointment.objects.update(state="met")
    assert "Thank you for talking with us" in client.get(link_of(talk)).content.decode()
    invitation = invite(talk.email, talk.name, by=make_staff(), zone=talk.zone, about=talk.pk)
    Invitation.objects.update(expires_at=datetime(2100, 1, 1, tzinfo=UTC))  # by the database's own clock
    assert f"/invitation/{invitation.token}/" in client.get(link_of(talk)).content.decode()


def test_the_desk_is_told_once_a_request(client: Client) -> None:
    booked(client)
    assert Letter.objects.filter(kind="new-request").count() == 1
    assert Letter.objects.get(kind="new-request").to == Person.objects.get(role="staff")
