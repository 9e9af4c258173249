"""Traps of time and letters that others fell into (FEATURES.md, traps 2, 6, 7, 11), each with its years and zones."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from koru.people.clinic import the_clinic
from koru.people.models import Person
from koru.reminders.models import Letter
from koru.reminders.rendering import rendered
from koru.sealing.keyring import keyring
from koru.ui.times import MONTHS, spoken_instant, spoken_range, spoken_zone
from scheduling.cancelling import cancel
from scheduling.consultation import Talk, appointment_of, book_talk, cancel_talk, kind_of_talk, mark_of, pick_again
from scheduling.handing_over import hand_over
from scheduling.models import Appointment
from scheduling.moving import move
from scheduling.session_day import miss
from tests.people import ally, make_therapist
from tests.reminders.test_real_letters import URL, rows, signed_in
from tests.reminders.test_rendering import KINDS, words

from .course import booked as booked_course
from .course import pair
from .practice import NEW_YORK, Practice, at, works
from .reading_calendars import agreed
from .running_clock import sent, sent_until, words_of
from .test_feed import address_of, events
from .test_mailed_calendar import file_in, unfolded

Clock = Callable[[str], time_machine.Traveller]
LOS_ANGELES, ADELAIDE, CHICAGO = ZoneInfo("America/Los_Angeles"), ZoneInfo("Australia/Adelaide"), ZoneInfo("America/Chicago")
OLD, NEW = at("2026-12-16 10:00"), at("2026-12-18 14:00")


def lives_in(person: Person, zone: str) -> None:
    person.zone = zone
    person.save(update_fields=["zone"])


# 2: the wrong day across zones

ACROSS = [
    ("2026-12-15 16:00", "Tuesday 15 December, 1:00 pm", "Wednesday 16 December, 7:30 am"),  # both in their winter and summer
    ("2026-12-15 09:00", "Tuesday 15 December, 6:00 am", "Wednesday 16 December, 12:30 am"),
    ("2026-12-31 16:00", "Thursday 31 December, 1:00 pm", "Friday 1 January, 7:30 am"),  # over the year's end
    ("2027-03-15 16:00", "Monday 15 March, 1:00 pm", "Tuesday 16 March, 6:30 am"),  # New York and Los Angeles have changed
    ("2027-04-05 16:00", "Monday 5 April, 1:00 pm", "Tuesday 6 April, 5:30 am"),  # and Adelaide the day before
    ("2028-02-28 16:00", "Monday 28 February, 1:00 pm", "Tuesday 29 February, 7:30 am"),  # a leap day for one of them
]


@pytest.mark.parametrize(("start", "in_los_angeles", "in_adelaide"), ACROSS)
def test_therapist_in_adelaide_and_client_in_los_angeles_meet_at_one_instant(
    practice: Practice, clock: Clock, start: str, in_los_angeles: str, in_adelaide: str
) -> None:
    clock((at(start) - timedelta(days=10)).isoformat())
    lives_in(practice.client, "America/Los_Angeles")
    lives_in(practice.therapist, "Australia/Adelaide")
    made = practice.book(at(start), kind="integration", by=practice.staff)
    instant = made.starts
    (confirmed,) = sent(practice.client.email)
    page = unescape(signed_in(practice.client).get(f"/sessions/{made.pk}/").text).replace("<br>\n", ", ").replace("<br>", ", ")
    mailed, link = file_in(confirmed)[0], signed_in(practice.client).get(f"/sessions/{made.pk}/calendar.ics").content
    for said in (page, words_of(confirmed), plain(mailed), plain(link)):
        assert in_los_angeles in said
        assert f"Los Angeles time ({'PST' if '-12' in start or '-02' in start else 'PDT'})" in said
    for file in (mailed, link):
        assert agreed(file)[0].starts == instant
    assert in_adelaide in plain(signed_in(practice.therapist).get(f"/sessions/{made.pk}/calendar.ics").content)
    for person in (practice.client, practice.therapist):
        assert [one.starts for one in events(address_of(person)).values()] == [instant]


def plain(file: bytes) -> str:
    return unfolded(file).replace("\\,", ",")


# 6: an old link acts again


def everything_ever_mailed() -> set[str]:
    """The paths of all links in all letters, those taken back too."""
    with keyring():
        letters = Letter.objects.select_related("to")
        written = [rendered(one, the_clinic(), timezone.now()) for one in letters]
    return {path.rstrip(".") for one in written for path in URL.findall(one.text + one.html)}


def test_after_all_changes_every_link_ever_mailed_does_nothing_however_often(practice: Practice, clock: Clock) -> None:
    with keyring():
        made = practice.book(OLD)
        talk = book_talk(kind_of_talk(), Talk(at("2026-11-30 10:00"), "phone", "Demo Ash", "ash@example.org", "UTC"), key=uuid4())
        old_forms = [form(made), visitor_form(talk.token, "2026-12-01T15:00Z", appointment_of(talk))]
        for number, day in enumerate(("18", "21")):
            clock(f"2026-11-24T17:1{number}:00Z")
            move(made, at(f"2026-12-{day} 10:00"), by=practice.client)
            held = appointment_of(talk)
            assert held
            pick_again(talk, at(f"2026-12-0{number + 1} 11:00"), "phone", key=uuid4(), seen=mark_of(held))
        cancel(made, by=practice.client, reason="plans")
        held = appointment_of(talk)
        assert held
        cancel_talk(talk, seen=mark_of(held))
    links = everything_ever_mailed()
    assert len(links) >= 10
    people = [Client(), *map(signed_in, (practice.client, practice.therapist, practice.staff))]
    before = rows()
    for _ in range(2):
        for path in sorted(links):
            for web in people:
                assert web.get(path).status_code in {200, 302, 404}, path
        for path, fields in old_forms:
            for web in (people[0], people[1]):
                assert web.post(path, fields).status_code in {302, 404, 422}, path
    assert rows_of_time(rows()) == rows_of_time(before)


def rows_of_time(found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Appointments, what was done with them, and the outbox."""
    return {one for one in found if one[0] in {"scheduling_appointment", "scheduling_appointmentchange", "reminders_letter"}}


def form(made: Appointment) -> tuple[str, dict[str, str]]:
    """As a page left open would send it."""
    return f"/sessions/{made.pk}/move/", {"start": "2026-12-22T15:00Z"}


def visitor_form(token: str, start: str, held: Appointment | None) -> tuple[str, dict[str, str]]:
    assert held
    return f"/consultation/{token}/move/", {"at": start, "place": "phone", "key": str(uuid4()), "seen": mark_of(held)}


# 7: a letter for a time that no longer holds


def by_page(practice: Practice, made: Appointment, to: datetime | None) -> None:
    change(signed_in(practice.client), f"/sessions/{made.pk}/", to, {"reason": "plans"})


def by_desk(practice: Practice, made: Appointment, to: datetime | None) -> None:
    change(signed_in(practice.staff), f"/desk/appointments/{made.pk}/", to, {"reason": "clinic"})


def change(web: Client, page: str, to: datetime | None, why: dict[str, str]) -> None:
    if to:
        answer = web.post(f"{page}move/", {"start": to.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"), **why})
    else:
        answer = web.post(f"{page}cancel/", why)
    assert answer.status_code == 302, answer.text


def by_therapist(practice: Practice, made: Appointment, to: datetime | None) -> None:
    if to:
        move(made, to, by=practice.therapist, reason="clinic")
    else:
        cancel(made, by=practice.therapist, reason="clinic")


PATHS = [by_page, by_desk, by_therapist]


@pytest.mark.parametrize("path", PATHS)
def test_moved_on_any_path_nothing_speaks_of_the_old_time_and_one_of_each_of_the_new(
    practice: Practice, clock: Clock, path: Callable[[Practice, Appointment, datetime | None], None]
) -> None:
    made = practice.book(OLD)
    sent()
    path(practice, made, NEW)
    mails = [words_of(one) for one in sent_until(NEW, clock, practice.client.email)]
    assert sum("has a new time" in one for one in mails) == 1
    told_of_old = [one for one in mails if "16 December, 10:00 am" in one]
    assert all("Before, it was" in one for one in told_of_old)
    assert sum(one.startswith("Tomorrow at 2:00 pm") for one in mails) == 1
    assert sum(one.startswith("Today at 2:00 pm") for one in mails) == 1
    assert not [one for one in mails if "10:00 am" in one.split("\n")[0]]


@pytest.mark.parametrize("path", PATHS)
def test_cancelled_on_any_path_nothing_more_is_said_but_that(
    practice: Practice, clock: Clock, path: Callable[[Practice, Appointment, datetime | None], None]
) -> None:
    made = practice.book(OLD)
    sent()
    path(practice, made, None)
    mails = [words_of(one) for one in sent_until(OLD + timedelta(days=3), clock, practice.client.email)]
    assert [one.split("\n")[0] for one in mails] == ["Your appointment has changed"]


def test_a_visitors_link_takes_its_letters_along(practice: Practice, clock: Clock) -> None:
    web, talk = Client(), Talk(at("2026-12-01 10:00"), "phone", "Demo Ash", "ash@example.org", "America/New_York")
    with keyring():
        request = book_talk(kind_of_talk(), talk, key=uuid4())
    sent()
    path, fields = visitor_form(request.token, "2026-12-03T19:00Z", appointment_of(request))
    assert web.post(path, fields).status_code == 302
    mails = [words_of(one) for one in sent_until(at("2026-12-02 13:00"), clock, "ash@")]
    assert [one.split("\n")[0] for one in mails] == ["Your appointment has changed"]
    held = appointment_of(request)
    assert held
    assert web.post(f"/consultation/{request.token}/cancel/", {"seen": mark_of(held)}).status_code == 302
    mails = [words_of(one) for one in sent_until(at("2026-12-04 15:00"), clock, "ash@")]
    assert len(mails) == 1
    assert "Your appointment is cancelled: Thursday 3 December, 2:00 pm" in mails[0]


def test_a_session_of_a_course_takes_the_letters_of_both_meetings_along(practice: Practice, clock: Clock) -> None:
    course = booked_course(practice)
    sent()
    session, meeting = pair(course)
    was = session.starts, meeting.starts
    move(session, session.starts + timedelta(days=1), by=practice.client)
    session, meeting = pair(course)
    mails = [words_of(one) for one in sent_until(meeting.ends, clock, practice.client.email)]
    of_these = [one for one in mails if str(session.pk) in one or str(meeting.pk) in one]
    for start, it in zip(was, (session, meeting), strict=True):
        old = [one for one in of_these if spoken_instant(start, NEW_YORK) in one and str(it.pk) in one]
        assert all("Before, it was" in one for one in old)
        new = [one for one in of_these if spoken_instant(it.starts, NEW_YORK) in one and "tomorrow" in one.lower()]
        assert len(new) == 1


def test_given_to_a_colleague_each_reminder_comes_once(practice: Practice, clock: Clock) -> None:
    other = make_therapist()
    works(other)
    ally(practice.client, other)
    made = practice.book(OLD)
    sent()
    hand_over(made, other, by=practice.staff)
    mails = [one for one in sent_until(OLD, clock) if practice.staff.email not in str(one["To"])]
    subjects = [str(one["Subject"]) for one in mails if str(one["To"]) == practice.client.email]
    assert subjects.count("Your appointment has changed") == 1
    assert subjects.count("Tomorrow at 10:00 am") == 1
    (given,) = [one for one in mails if str(one["To"]) == other.email]
    assert agreed(file_in(given)[0])[0].uid == f"{made.pk}@koru"
    assert not [one for one in mails if str(one["To"]) == practice.therapist.email]
    assert events(address_of(practice.therapist)) == {}
    assert set(events(address_of(other))) == {f"{made.pk}@koru"}


def test_missed_nothing_reminds_and_nothing_follows_of_it(practice: Practice, clock: Clock) -> None:
    made = practice.book(OLD)
    sent_until(OLD, clock)
    clock((OLD + timedelta(minutes=20)).isoformat())
    miss(made, by=practice.therapist)
    later = sent_until(OLD + timedelta(days=2), clock, practice.client.email)
    assert not [one for one in later if "Good morning" in str(one["Subject"])]


# 11: UTC, the wrong zone, or no time in the letter

READERS = ["Asia/Kathmandu", "America/St_Johns"]
DATE = re.compile(rf"\d{{1,2}} (?:{'|'.join(MONTHS)})(?! \d{{4}})(?P<after>.{{0,20}})")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", ["dosing", "integration"])
def test_page_letter_and_file_agree_for_a_room_in_chicago_and_by_video(
    practice: Practice, clock: Clock, reader: str, kind: str
) -> None:
    lives_in(practice.client, reader)
    practice.room.zone = "America/Chicago"
    practice.room.save()
    made = practice.book(at("2026-12-16 10:00"), kind=kind)
    own = ZoneInfo(reader)
    leading = CHICAGO if kind == "dosing" else own
    lead = f"{spoken_range(made.starts, made.ends, leading)}, {spoken_zone(leading, made.starts)}"
    (confirmed,) = sent(practice.client.email)
    file = plain(file_in(confirmed)[0])
    page = signed_in(practice.client).get(f"/sessions/{made.pk}/").text
    assert lead in words_of(confirmed)
    assert lead in file
    assert spoken_zone(leading, made.starts) in page
    for said in (words_of(confirmed), file):
        brackets = said[said.find("[") : said.find("]")] if "[" in said else ""
        assert (spoken_zone(own, made.starts) in brackets) is (kind == "dosing")
        assert "UTC" not in said.replace("UTC+5:45", "")
    for mail in sent_until(made.starts, clock, practice.client.email):
        assert spoken_zone(leading, made.starts) in words_of(mail)
        assert spoken_instant(made.starts, leading).split(", ")[1] in words_of(mail)


@pytest.mark.parametrize(("name", "variant"), KINDS)
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("room", ["America/Chicago", ""])
def test_no_letter_names_a_day_without_its_time_and_zone(name: str, variant: str, reader: str, room: str) -> None:
    said = words(name, variant, reader, **({"room_zone": room} if room else {})).text
    for found in DATE.finditer(said):
        assert re.match(r", \d{1,2}:\d\d [ap]m", found["after"]), said
    if DATE.search(said):
        assert re.search(r" time \((?:[A-Z]{2,5}|UTC[+-]\d{1,2}(?::\d\d)?)\)", said)
