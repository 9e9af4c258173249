"""A therapist's other calendar: read by a worker, kept as spans alone, and as good as an appointment for who would book."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import IntegrityError, connection
from django.http import Http404
from django.test import Client
from django.utils import timezone
from psycopg2 import sql
from pytest_django.fixtures import Settings

from koru.celery import app
from koru.moments.spans import Span
from koru.people.models import Person
from scheduling import tasks
from scheduling.busy import BusyCalendar, BusySpan
from scheduling.busy_elsewhere import (
    MOST,
    Enough,
    NotThatHost,
    add_calendar,
    booked_meanwhile,
    due_calendars,
    look_at_one,
    remove_calendar,
)
from scheduling.fetching import Why
from scheduling.models import Appointment
from scheduling.open_times import Wish, open_times
from scheduling.refusals import Refused
from scheduling.tasks import look_at_calendars
from tests.people import make_therapist

from .calendar_server import HOST, Server, serving
from .practice import Practice, at, kind_of, works
from .test_reading_busy import calendar, event

Clock = Callable[[str], time_machine.Traveller]
FREE = "https://calendar.example.org/secret-a1b2c3/basic.ics"
TWO_TO_FOUR = event("SUMMARY:Violet dentist", "LOCATION:Violet street", "DTSTART:20261201T140000", "DURATION:PT2H")
DAY = Span(at("2026-12-01 00:00"), at("2026-12-02 00:00"))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("certificate")
    with serving(folder) as server:
        yield server


@pytest.fixture
def server(running: Server) -> Server:
    running.body = calendar(TWO_TO_FOUR)
    return running


@pytest.fixture
def read(practice: Practice, server: Server) -> BusyCalendar:
    """A calendar of the therapist's that has been read once."""
    made = added(practice.therapist, server)
    look(made, server)
    return made


def added(therapist: Person, server: Server, path: str = "/good") -> BusyCalendar:
    """As added with the port that a server of the tests has: in production it is always 443."""
    made = add_calendar(therapist, FREE + path, by=therapist)
    made.address = server.address(path)
    made.save()
    return made


def look(made: BusyCalendar, server: Server) -> BusyCalendar:
    """The database's clock says what is due, so it is put there."""
    BusyCalendar.objects.filter(pk=made.pk).update(look_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert look_at_one(server.rules())
    return BusyCalendar.objects.get(pk=made.pk)


def open_on_that_day(practice: Practice) -> list[datetime]:
    whom = (practice.therapist.pk,)
    asked = Wish(kind=kind_of("integration"), by=practice.client, client=practice.client, therapists=whom)
    return [one.start for one in open_times(asked, DAY, now=timezone.now())]


def refused(practice: Practice, start: datetime) -> bool:
    try:
        practice.book(start, kind="integration")
    except Refused:
        return True
    Appointment.objects.filter(client=practice.client).delete()
    return False


def test_what_is_busy_there_is_neither_offered_nor_booked_here(practice: Practice, read: BusyCalendar) -> None:
    (span,) = read.spans.all()
    assert Span.of_range(span.during) == Span(at("2026-12-01 14:00"), at("2026-12-01 16:00"))
    kind = kind_of("integration")
    listed = set(open_on_that_day(practice))
    grid = [at("2026-12-01 09:00") + timedelta(minutes=30 * step) for step in range(16)]
    assert at("2026-12-01 10:00") in listed
    for start in grid:
        padded = Span.lasting(start, kind.minutes).padded(kind.before, kind.after)
        if padded.overlaps(Span.of_range(span.during)):
            assert start not in listed
        assert refused(practice, start) is (start not in listed)


def test_it_concerns_that_therapist_alone(practice: Practice, read: BusyCalendar) -> None:
    other = make_therapist()
    works(other)
    asked = Wish(kind=kind_of("consultation"))
    found = {(one.therapist_id, one.start) for one in open_times(asked, DAY, now=timezone.now())}
    assert (other.pk, at("2026-12-01 14:30")) in found
    assert (practice.therapist.pk, at("2026-12-01 14:30")) not in found


def test_removed_or_read_anew_its_times_are_open_again(practice: Practice, read: BusyCalendar, server: Server) -> None:
    before = open_on_that_day(practice)
    server.body = calendar(event("DTSTART:20261201T100000", "DURATION:PT1H"))
    look(read, server)
    assert at("2026-12-01 14:30") in open_on_that_day(practice)
    assert at("2026-12-01 10:00") not in open_on_that_day(practice)
    for _ in range(2):
        remove_calendar(read, by=practice.therapist)
    assert set(open_on_that_day(practice)) > set(before)
    assert not BusySpan.objects.exists()


def test_nothing_but_when_is_kept_and_the_address_is_sealed(practice: Practice, read: BusyCalendar) -> None:
    for table in ("scheduling_busycalendar", "scheduling_busyspan"):
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT string_agg(row_to_json(kept)::text, '') FROM {} kept").format(sql.Identifier(table)))
            kept = str(cursor.fetchone())
        assert not [word for word in ("Violet", "example.org/", "a1b2c3", "one@") if word in kept]


@pytest.mark.parametrize(
    "bad",
    [
        ("/404", Why.REFUSED, {}),
        ("/500", Why.UNREACHABLE, {}),
        ("/endless", Why.TOO_BIG, {"most": 50_000}),
        ("/slow", Why.SLOW, {"seconds": 0.5}),
        ("/to?https://127.0.0.1/", Why.ELSEWHERE, {}),
        ("/packed", Why.NO_CALENDAR, {}),
    ],
)
def test_failing_keeps_what_was_known_and_says_since_when(
    practice: Practice, read: BusyCalendar, server: Server, clock: Clock, bad: tuple[str, Why, dict[str, object]]
) -> None:
    path, why, changed = bad
    offered = open_on_that_day(practice)
    read.address = server.address(path)
    read.save(update_fields=["address"])
    for moment in ("2026-11-24T18:00:00Z", "2026-11-24T18:15:00Z"):
        clock(moment)
        BusyCalendar.objects.update(look_at=datetime(2020, 1, 1, tzinfo=UTC))
        assert look_at_one(server.rules(**changed))
    kept = BusyCalendar.objects.get()
    assert (kept.why, kept.failing_since) == (why, datetime(2026, 11, 24, 18, tzinfo=UTC))
    assert kept.good_at == datetime(2026, 11, 24, 17, tzinfo=UTC)
    assert open_on_that_day(practice) == offered
    kept.address = server.address("/good")
    kept.save()
    again = look(kept, server)
    assert (again.why, again.failing_since) == ("", None)


def test_a_calendar_that_is_none_or_restless_keeps_what_was_known(practice: Practice, read: BusyCalendar, server: Server) -> None:
    for body, why in (
        (b"<html>Please sign in</html>", Why.NO_CALENDAR),
        (calendar(event("DTSTART:20261201T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY")), Why.TOO_BIG),
    ):
        server.body = body
        assert look(read, server).why == why
        assert read.spans.count() == 1


def test_what_is_booked_already_stays_and_is_listed(practice: Practice, server: Server, client: Client) -> None:
    kept = practice.book(at("2026-12-01 14:00"), kind="integration")
    practice.book(at("2026-12-03 14:00"), kind="integration")
    look(added(practice.therapist, server), server)
    kept.refresh_from_db()
    assert kept.state == "booked"
    assert list(booked_meanwhile(practice.therapist, timezone.now())) == [kept]
    client.force_login(practice.therapist)
    page = client.get("/care/availability/calendars/").text
    assert "Booked while you are busy elsewhere" in page
    assert "Tuesday 1 December, 2:00 pm" in page
    assert "Thursday 3 December" not in page


def test_one_worker_takes_it_and_the_next_finds_nothing_for_a_quarter_of_an_hour(practice: Practice, server: Server) -> None:
    added(practice.therapist, server)
    assert due_calendars() == 1
    assert look_at_one(server.rules())
    assert not look_at_one(server.rules())
    assert due_calendars() == 0
    Person.objects.filter(pk=practice.therapist.pk).update(is_active=False)
    BusyCalendar.objects.update(look_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert due_calendars() == 0


def test_removed_while_it_is_read_leaves_nothing(practice: Practice, server: Server) -> None:
    made = added(practice.therapist, server)

    def resolve(host: str, port: int) -> list[str]:
        remove_calendar(made, by=practice.therapist)
        return ["127.0.0.1"]

    assert look_at_one(server.rules(resolve=resolve))
    assert not BusySpan.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example.org/x",
        "http://calendar.example.org/x",
        "https://calendar.example.org:8443/x",
        "calendar",
        "https://[",
    ],
)
def test_only_from_where_the_clinic_allows(practice: Practice, address: str, client: Client) -> None:
    with pytest.raises(NotThatHost):
        add_calendar(practice.therapist, address, by=practice.therapist)
    client.force_login(practice.therapist)
    answer = client.post("/care/availability/calendars/", {"address": address})
    assert answer.status_code == 422
    assert f'value="{address}"' in answer.text
    assert "Calendars are read from these places alone: calendar.example.org." in answer.text
    assert not BusyCalendar.objects.exists()


def test_it_is_ones_own_to_add_once_and_a_handful_at_most(practice: Practice) -> None:
    for stranger in (practice.client, make_therapist()):
        with pytest.raises(Http404):
            add_calendar(practice.therapist, FREE, by=stranger)
    first = add_calendar(practice.therapist, FREE, by=practice.therapist)
    assert add_calendar(practice.therapist, FREE, by=practice.therapist) == first
    with pytest.raises(Http404):
        remove_calendar(first, by=make_therapist())
    for number in range(MOST - 1):
        add_calendar(practice.therapist, f"{FREE}?{number}", by=practice.therapist)
    with pytest.raises(Enough):
        add_calendar(practice.therapist, f"{FREE}?more", by=practice.therapist)


def test_the_page_adds_and_removes_and_never_shows_the_address(practice: Practice, client: Client) -> None:
    client.force_login(practice.therapist)
    webcal = FREE.replace("https:", "webcal:")
    assert client.post("/care/availability/calendars/", {"address": f" {webcal} "}).status_code == 302
    made = BusyCalendar.objects.get()
    assert (made.address, made.host) == (FREE, HOST)
    page = client.get("/care/availability/calendars/").text
    assert "Not read yet" in page
    assert "a1b2c3" not in page
    assert HOST in client.get("/care/availability/").text
    for _ in range(2):
        assert client.post(f"/hours/calendars/{made.pk}/remove/").status_code in {302, 404}
    assert not BusyCalendar.objects.exists()


def test_the_desk_hears_after_a_day(practice: Practice, read: BusyCalendar, clock: Clock, client: Client) -> None:
    BusyCalendar.objects.update(failing_since=at("2026-11-23 12:00:01"), why=Why.UNREACHABLE)
    client.force_login(practice.staff)
    assert "Calendars that can’t be read" not in client.get("/desk/").text
    clock("2026-11-24T17:00:01Z")
    page = client.get("/desk/").text
    assert "Calendars that can’t be read" in page
    assert "Since Mon 23 Nov" in page
    assert "Can’t be read since Monday 23 November, 12:00 pm" in client.get(f"/desk/hours/?of={practice.therapist.pk}").text


def test_where_no_host_is_allowed_the_page_says_so(practice: Practice, settings: Settings, client: Client) -> None:
    settings.KORU_CALENDAR_HOSTS = []
    client.force_login(practice.therapist)
    page = client.get("/care/availability/calendars/").text
    assert "Add it" not in page
    assert client.post("/care/availability/calendars/", {"address": FREE}).status_code == 422


def test_the_database_knows_a_reason_for_each_silence(practice: Practice, read: BusyCalendar) -> None:
    with pytest.raises(IntegrityError):
        BusyCalendar.objects.update(failing_since=timezone.now())


def test_the_clock_asks_each_minute_and_its_task_reads_what_is_due(practice: Practice, settings: Settings) -> None:
    """By the rules of production: this machine isn't in the open internet, so it is not read, and that is said."""
    settings.KORU_CALENDAR_HOSTS = ["localhost"]
    asked = app.conf.beat_schedule["calendars"]
    assert (asked["task"], asked["schedule"]) == (look_at_calendars.name, 60.0)
    add_calendar(practice.therapist, "https://localhost/calendar.ics", by=practice.therapist)
    BusyCalendar.objects.update(look_at=datetime(2020, 1, 1, tzinfo=UTC))
    tasks.look_at_one()
    assert BusyCalendar.objects.get().why == Why.ELSEWHERE
    tasks.look_at_one()
