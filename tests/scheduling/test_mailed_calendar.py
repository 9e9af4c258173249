"""The calendar file in the mails: built when the mail goes, one event for life, and a time that everybody reads alike."""

import email
import email.policy
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail

from koru.moments.spans import Span
from koru.people.models import Person
from koru.reminders.kinds import load
from koru.reminders.models import Hush, Letter
from koru.reminders.sending import send_due
from koru.sealing.keyring import keyring
from scheduling.cancelling import cancel
from scheduling.consultation import Talk, appointment_of, book_talk, kind_of_talk
from scheduling.models import Appointment
from scheduling.moving import move
from tests.reminders.letters import due_letter, state
from tests.reminders.test_kinds import CLINICAL

from .course import booked, pair
from .practice import Practice, at
from .reading_calendars import agreed, is_well_formed
from .running_clock import sent

Clock = Callable[[str], time_machine.Traveller]
GOLDEN = Path(__file__).parent / "calendars"
KEPT_ID = b"01a20e80-0280-720d-b79a-10ea41545470"


def file_in(message: EmailMessage) -> tuple[bytes, str]:
    """The calendar file of a mail, and what its type says that it asks."""
    (part,) = message.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part.get_filename() == "appointment.ics"
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content, str(part["Content-Type"].params["method"])


def golden(name: str, appointment: Appointment) -> bytes:
    """What was kept after it was looked at, with this appointment's id: kept with plain line ends, for version control."""
    kept = (GOLDEN / f"{name}.ics").read_bytes().replace(b"\n", b"\r\n").replace(b"\r\n ", b"")
    return kept.replace(KEPT_ID, str(appointment.pk).encode())


def test_booked_moved_twice_and_cancelled_the_mails_carry_one_event(practice: Practice, clock: Clock) -> None:
    practice.room.name, practice.room.address = "Fern room", "12 Example Street, New York"
    practice.room.save()
    booked = practice.book(at("2026-12-16 10:00"))
    files = [file_in(sent(practice.client.email)[0])]
    for number, day in enumerate(("17", "18")):
        clock(f"2026-11-25T1{number}:00:00Z")
        move(booked, at(f"2026-12-{day} 14:00"), by=practice.client)
        clock(f"2026-11-25T1{number}:02:00Z")
        files.append(file_in(sent(practice.client.email)[0]))
    clock("2026-11-26T10:00:00Z")
    cancel(booked, by=practice.client, reason="plans")
    clock("2026-11-26T10:02:00Z")
    files.append(file_in(sent(practice.client.email)[0]))
    for name, (file, _) in zip(("booked", "moved", "moved-again", "cancelled"), files, strict=True):
        assert is_well_formed(file)
        assert file.replace(b"\r\n ", b"") == golden(name, booked)
    assert [method for _, method in files] == ["PUBLISH", "PUBLISH", "PUBLISH", "CANCEL"]
    told = [agreed(file)[0] for file, _ in files]
    assert [one.sequence for one in told] == [0, 1, 2, 3]
    assert {(one.uid, one.lasts, one.title) for one in told} == {(f"{booked.pk}@koru", timedelta(minutes=150), "Appointment")}


@pytest.mark.parametrize(
    "start",
    [
        "2027-03-14 00:00",  # clocks go forward at two: the end reads 3:30 am
        "2027-11-07 00:30",  # and back at two: the end reads 2:00 am
    ],
)
def test_across_a_clock_change_two_readers_find_a_hundred_and_fifty_minutes(practice: Practice, start: str) -> None:
    made = practice.book(at("2026-12-16 10:00"))
    begins = at(start)
    row = Appointment.objects.get(pk=made.pk)
    lasting = Span.lasting(begins, 150)
    Appointment.objects.filter(pk=made.pk).update(during=lasting.range, padded=lasting.padded(row.before, row.after).range)
    (told,) = agreed(file_in(sent()[0])[0])
    assert told.lasts == timedelta(minutes=150)
    assert told.starts == begins


def test_each_side_is_told_by_their_own_clock_and_the_clients_word_is_theirs_alone(practice: Practice, clock: Clock) -> None:
    for who, zone in ((practice.client, "America/Los_Angeles"), (practice.therapist, "Australia/Adelaide")):
        Person.objects.filter(pk=who.pk).update(zone=zone, neutral_phrase="Piano lesson" if who.is_client else "")
    practice.client.refresh_from_db()
    made = practice.book(at("2026-12-15 16:00"), kind="integration")
    move(made, at("2026-12-16 16:00"), by=practice.staff)
    clock("2026-11-24T17:02:00Z")
    told = {str(one["To"]): file_in(one)[0] for one in sent()}
    client, therapist = told[practice.client.email], told[practice.therapist.email]
    assert agreed(client)[0].starts == agreed(therapist)[0].starts == at("2026-12-16 16:00")
    assert agreed(client)[0].uid == agreed(therapist)[0].uid
    assert (agreed(client)[0].title, agreed(therapist)[0].title) == ("Piano lesson", "Appointment")
    assert "Wednesday 16 December\\, 1:00 pm to 1:50 pm\\, Los Angeles time (PST)" in unfolded(client)
    assert "Thursday 17 December\\, 7:30 am to 8:20 am\\, Adelaide time (ACDT)" in unfolded(therapist)


def test_the_file_is_of_the_row_when_the_mail_goes_not_when_it_was_planned(practice: Practice) -> None:
    made = practice.book(at("2026-12-16 10:00"))
    later = Span.lasting(at("2026-12-16 11:00"), 150)
    Appointment.objects.filter(pk=made.pk).update(
        during=later.range, padded=later.padded(made.before, made.after).range, revision=7
    )
    (told,) = agreed(file_in(sent(practice.client.email)[0])[0])
    assert (told.starts, told.sequence) == (at("2026-12-16 11:00"), 7)


def test_a_visitors_file_leads_to_their_own_link_and_stays_one_event(practice: Practice, clock: Clock) -> None:
    talk = Talk(at("2026-11-27 10:00"), "phone", "Demo Ash", "ash@example.org", "Asia/Kathmandu")
    with keyring():
        request = book_talk(kind_of_talk(), talk, key=uuid4())
        first = file_in(sent("ash@")[0])[0]
        held = appointment_of(request)
        assert held
        move(held, at("2026-11-30 10:00"), by=None)
        clock("2026-11-24T17:02:00Z")
        second = file_in(sent("ash@")[0])[0]
    assert agreed(first)[0].uid == agreed(second)[0].uid
    assert "Friday 27 November\\, 8:45 pm to 9:15 pm\\, Kathmandu time (UTC+5:45)" in unfolded(first)
    assert f"URL:https://koru.example.org/consultation/{request.token}/" in unfolded(first)


def test_no_property_of_any_file_says_what_it_is_for(practice: Practice, clock: Clock) -> None:
    practice.room.name = "Fern room"
    practice.room.save()
    for kind in ("dosing", "integration", "preparation"):
        made = practice.book(at("2026-12-16 10:00"), kind=kind)
        cancel(made, by=practice.client, reason="plans")
        move(practice.book(at("2026-12-18 10:00"), kind=kind), at("2026-12-18 14:00"), by=practice.staff)
        clock("2026-11-24T17:02:00Z")
        for one in sent():
            said = re.sub(r"(?m)^URL:.*$|https://\S+", "", unfolded(file_in(one)[0]))
            assert not CLINICAL.search(said)
            assert practice.therapist.display_name not in said
            assert practice.client.display_name not in said
        clock("2026-11-24T17:00:00Z")
        Appointment.objects.all().delete()


def test_only_what_is_booked_moved_or_cancelled_carries_a_file() -> None:
    assert {one.name for one in load().values() if one.calendar} == {
        "consultation-booked", "appointment-booked", "appointment-changed", "course-booked",
    }  # fmt: skip


def test_no_reminder_carries_one(practice: Practice, clock: Clock) -> None:
    practice.book(at("2026-12-16 10:00"))
    sent()
    clock("2026-12-15T15:00:00Z")
    assert [list(one.iter_attachments()) for one in sent(practice.client.email)] == [[], []]


def test_a_letter_whose_appointment_is_gone_goes_without(practice: Practice) -> None:
    due_letter(practice.client)
    (message,) = sent()
    assert list(message.iter_attachments()) == []


def test_what_goes_to_the_mail_server_carries_it(practice: Practice) -> None:
    """By the real way out, where the database's own clock says what is due."""
    made = practice.book(at("2026-12-16 10:00"))
    Letter.objects.all().delete()
    Hush.objects.all().delete()
    letter = due_letter(practice.client, about=made.pk, due_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert send_due() == 1
    assert state(letter) == "sent"
    (message,) = mail.outbox
    file, method = file_in(email.message_from_bytes(message.message().as_bytes(), policy=email.policy.default))
    assert (agreed(file)[0].starts, method) == (at("2026-12-16 10:00"), "PUBLISH")


def test_nothing_of_the_file_is_kept(practice: Practice) -> None:
    practice.book(at("2026-12-16 10:00"))
    sent()
    kept: list[Any] = list(Letter.objects.values())
    assert not re.search("VCALENDAR|VEVENT|DTSTART", str(kept))


def unfolded(file: bytes) -> str:
    return file.decode().replace("\r\n ", "")


def test_the_letter_of_a_course_brings_each_of_its_appointments(practice: Practice, clock: Clock) -> None:
    course = booked(practice)
    (message,) = sent(practice.client.email)
    file, method = file_in(message)
    made = {f"{one.appointment_id}@koru": one.start for one in course.dates.all()}
    assert is_well_formed(file)
    assert ({one.uid: one.starts for one in agreed(file)}, method) == (made, "PUBLISH")
    first, _ = pair(course)
    assert f"URL:https://koru.example.org/sessions/{first.pk}/" in unfolded(file)
    move(first, first.starts + timedelta(days=1), by=practice.client)
    clock("2026-11-24T17:02:00Z")
    moved = [agreed(file_in(one)[0])[0] for one in sent(practice.client.email)]
    assert {one.sequence for one in moved} == {1}
    assert {one.uid for one in moved} <= set(made)
    assert f"{first.pk}@koru" in {one.uid for one in moved}
