"""The calendar file: one UID for life, SEQUENCE counts, CANCEL keeps both, and two parsers read the same 150 minutes."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from koru.moments.ids import new_id
from koru.moments.spans import Span
from koru.people.models import Clinic, Person
from scheduling.calendar import ics
from scheduling.cancelling import cancel
from scheduling.models import Appointment, AppointmentKind, Room
from scheduling.moving import move

from .practice import Practice, at
from .reading_calendars import agreed, is_well_formed

STAMP = datetime(2026, 11, 24, 17, tzinfo=UTC)
LINK = "https://koru.example.org/sessions/x/"


def unfolded(file: bytes) -> dict[str, str]:
    """A second reader, of a few lines: RFC 5545 content lines by name."""
    lines = file.decode().replace("\r\n ", "").split("\r\n")
    return {re.split("[;:]", line)[0]: line.split(":", 1)[1] for line in lines if ":" in line}


def of(practice: Practice, appointment: Appointment, reader: Person | None = None) -> bytes:
    return ics(Appointment.objects.locked(appointment.pk), practice.clinic, LINK, STAMP, reader or practice.client)


def test_two_readers_see_a_hundred_and_fifty_minutes_in_utc(practice: Practice) -> None:
    file = of(practice, practice.book(at("2026-12-01 10:00")))
    event = Calendar.from_ical(file).walk("VEVENT")[0]
    assert (event.end - event.start).total_seconds() == 150 * 60
    plain = unfolded(file)
    assert (plain["DTSTART"], plain["DTEND"], plain["DTSTAMP"]) == ("20261201T150000Z", "20261201T173000Z", "20261124T170000Z")
    assert "10:00 am to 12:30 pm, New York time (EST)" in plain["DESCRIPTION"].replace("\\,", ",")
    assert plain["LOCATION"].startswith("Fern room")


def test_moved_and_cancelled_it_stays_the_same_event(practice: Practice) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    files = [of(practice, made)]
    for day in ("02", "03"):
        move(made, at(f"2026-12-{day} 10:00"), by=practice.client)
        files.append(of(practice, made))
    cancel(made, by=practice.client, reason="plans")
    files.append(of(practice, made))
    seen = [
        (unfolded(file)["UID"], unfolded(file)["SEQUENCE"], unfolded(file)["METHOD"], unfolded(file)["STATUS"]) for file in files
    ]
    uid = f"{made.pk}@koru"
    assert seen == [
        (uid, "0", "PUBLISH", "CONFIRMED"),
        (uid, "1", "PUBLISH", "CONFIRMED"),
        (uid, "2", "PUBLISH", "CONFIRMED"),
        (uid, "3", "CANCEL", "CANCELLED"),
    ]


def test_lines_are_folded_end_in_crlf_and_carry_no_clinical_word(practice: Practice) -> None:
    practice.room.name, practice.room.address = "Fern room, ground floor; “左” " + "🌿" * 20, "12 Example Street\nNew York"
    practice.room.save()
    file = of(practice, practice.book(at("2026-12-01 10:00")))
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    assert Calendar.from_ical(file).walk("VEVENT")[0]["LOCATION"].startswith("Fern room, ground floor; “左”")
    words = file.decode().lower()
    assert not [
        word for word in ("dosing", "ketamine", "therap", "session ", practice.therapist.display_name.lower()) if word in words
    ]


@pytest.mark.parametrize(("phrase", "title"), [("", "Appointment"), ("Piano lesson", "Piano lesson")])
def test_the_title_is_neutral_or_the_clients_own(practice: Practice, phrase: str, title: str) -> None:
    practice.client.neutral_phrase = phrase
    practice.client.save()
    assert unfolded(of(practice, practice.book(at("2026-12-01 10:00"))))["SUMMARY"] == title


def test_a_call_has_no_place(practice: Practice) -> None:
    assert "LOCATION" not in unfolded(of(practice, practice.book(at("2026-12-01 10:00"), kind="integration")))


def test_client_and_therapist_can_fetch_it_and_nobody_keeps_a_copy(practice: Practice, client: Client) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    for person in (practice.client, practice.therapist):
        client.force_login(person)
        answer = client.get(f"/sessions/{made.pk}/calendar.ics")
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert "no-store" in answer["Cache-Control"]
    client.force_login(practice.staff)
    assert client.get(f"/sessions/{made.pk}/calendar.ics").status_code == 404


TYPED = st.text(st.characters(codec="utf-8"), max_size=90)
INJECTED = [
    "x\r\nATTENDEE:mailto:evil@example.org",
    "x\nBEGIN:VEVENT\nUID:2",
    "END:VEVENT\r\nEND:VCALENDAR",
    "a;b,c\\n\\",
    "\x00\x0b\x1f\x7f",
    "\u2028\u0085x",
]


@given(phrase=st.one_of(TYPED, st.sampled_from(INJECTED)), name=st.one_of(TYPED, st.sampled_from(INJECTED)), address=TYPED)
def test_whatever_somebody_typed_is_text_in_the_file_and_nothing_else(phrase: str, name: str, address: str) -> None:
    client = Person(id=new_id(), zone="Asia/Kathmandu", neutral_phrase=phrase)
    span = Span.lasting(STAMP, 150)
    made = Appointment(
        id=new_id(), kind=AppointmentKind(neutral_name="Appointment"), client=client, therapist=Person(zone="UTC"),
        room=Room(name=name, address=address, zone="America/Chicago"), during=span.range, state="booked",
    )  # fmt: skip
    file = ics(made, Clinic(sender_name="Koru"), LINK, STAMP, client)
    assert is_well_formed(file)
    (event,) = agreed(file)
    assert (event.uid, event.starts, event.lasts) == (f"{made.pk}@koru", STAMP, timedelta(minutes=150))
    allowed = {"UID", "SEQUENCE", "SUMMARY", "DTSTAMP", "DTSTART", "DTEND", "STATUS", "CLASS", "URL", "DESCRIPTION", "LOCATION"}
    found = Calendar.from_ical(file)
    assert {str(one) for one in found.walk("VEVENT")[0]} == {*allowed, "ORGANIZER"}
    breaks = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
    assert event.title.split() == (breaks.sub(" ", phrase).split() or ["Appointment"])
