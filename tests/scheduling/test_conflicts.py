"""What lies outside the hours: found as the slow way finds it, shown before a change is kept, then at the desk."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from hypothesis import given
from pytest_django import DjangoAssertNumQueries

from koru.moments.spans import Span
from koru.people.models import Person
from koru.reminders.models import Letter
from scheduling.conflicts import outside
from scheduling.hours import add_days
from scheduling.hours_week import ChangedMeanwhile, hours_of, keep_week
from scheduling.models import Appointment, AppointmentKind, AvailabilityRule, Room, StaysAsItIs
from scheduling.refusals import Refused
from scheduling.working import digest, week_on
from tests.people import make_client, make_staff, make_therapist

from .practice import Practice, at, make_practice
from .slow_times import MINUTE, World, within
from .test_open_times import build, slow, worlds

TODAY = date(2026, 11, 24)


@given(drawn=worlds())
@slow
def test_outside_is_what_the_slow_way_finds(db: None, drawn: tuple[World, date]) -> None:
    world, change = drawn
    with transaction.atomic():
        therapist = build(world)
        room = Room.objects.latest("pk")
        Appointment.objects.update(room=room, place="room")
        now = datetime.combine(change - timedelta(days=3), time(0), at("2026-01-01 00:00").tzinfo)
        found = {one.appointment_id: (one.not_there, one.room_shut) for one in outside(therapist, now)}
        expected = {one.pk: lies(world, Span.of_range(one.padded), change) for one in Appointment.objects.all()}
        transaction.set_rollback(True)
    assert found == {pk: lying for pk, lying in expected.items() if any(lying)}


def lies(world: World, span: Span, change: date) -> tuple[bool, bool]:
    """Minute by minute: whether the therapist isn't there, whether the room is shut."""
    around = change - timedelta(days=4), change + timedelta(days=4)
    there, room = world.there(*around), world.room_open(*around)
    away, shut = world.gone_of(world.away + world.closed), world.gone_of(world.room_away)
    minutes = [span.start + MINUTE * number for number in range(span.minutes)]
    not_there = any(not within(one, there) or within(one, away) for one in minutes)
    return not_there, any(not within(one, room) or within(one, shut) for one in minutes)


@pytest.fixture
def own(practice: Practice, client: Client) -> Client:
    client.force_login(practice.therapist)
    return client


@pytest.fixture
def desk(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.staff)
    return client


def cells(opens: int, closes: int, weekdays: range = range(1, 8)) -> list[str]:
    return [f"{day}-{hour:02d}00-{hour + 1:02d}00" for day in weekdays for hour in range(opens, closes)]


def week_form(practice: Practice, *, opens: int = 9, closes: int = 17, starting: str = "2026-11-24") -> dict[str, object]:
    seen = digest(hours_of(practice.therapist, TODAY))
    return {"at": cells(opens, closes), "starting": starting, "until": "", "seen": seen}


def test_a_change_that_touches_nobody_is_kept_at_once(practice: Practice, own: Client) -> None:
    practice.book(at("2026-12-01 10:00"))
    form = week_form(practice, opens=8, closes=18)
    page = own.post(f"/hours/{practice.therapist.pk}/week/", form, follow=True).content.decode()
    assert "Kept. Open times follow from it at once." in page
    assert set(AvailabilityRule.objects.in_force_from(TODAY).values_list("opens", "closes")) == {(time(8), time(18))}


def test_a_change_that_touches_somebody_shows_them_first_and_then_they_stay(
    practice: Practice, own: Client, desk: Client
) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    path, form = f"/hours/{practice.therapist.pk}/week/", week_form(practice, opens=12)
    answer = own.post(path, form)
    page = answer.content.decode()
    assert practice.client.display_name in page
    assert "Tuesday 1 December, 10:00 am" in page
    assert "12:00 pm to 5:00 pm" in page
    assert AvailabilityRule.objects.filter(opens=time(9)).count() == 7
    kept = own.post(path, form | {"sure": answer.context["seal"]}, follow=True).content.decode()
    assert "1 booked outside of it stay booked" in kept
    assert set(AvailabilityRule.objects.in_force_from(TODAY).values_list("opens", flat=True)) == {time(12)}
    made.refresh_from_db()
    assert made.state == "booked"
    assert Letter.objects.filter(kind="appointment-changed").count() == 0
    assert "Booked outside the hours" in desk.get("/desk/").content.decode()


def test_whoever_was_booked_between_looking_and_keeping_is_shown_too(practice: Practice, own: Client) -> None:
    practice.book(at("2026-12-01 10:00"))
    path, form = f"/hours/{practice.therapist.pk}/week/", week_form(practice, opens=12)
    seal = own.post(path, form).context["seal"]
    practice.book(at("2026-12-04 10:00"))
    again = own.post(path, form | {"sure": seal})
    assert len(again.context["touched"]) == 2
    assert AvailabilityRule.objects.filter(opens=time(9)).count() == 7


def test_it_waits_at_the_desk_until_somebody_says_that_it_stays_and_again_when_hours_change(
    practice: Practice, desk: Client
) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    page = f"/desk/appointments/{made.pk}/"
    assert "isn&#x27;t there then" not in desk.get(page).content.decode()
    add_days(practice.therapist, "away", date(2026, 12, 1), date(2026, 12, 1), by=practice.staff, opens=time(9), closes=time(11))
    assert "isn&#x27;t there then" in desk.get(page).content.decode()
    for _ in range(2):
        said = desk.post(f"{page}stays/", follow=True).content.decode()
    assert f"It stays as it is: {practice.staff.display_name}" in said
    assert StaysAsItIs.objects.get().by == practice.staff
    assert "Booked outside the hours" not in desk.get("/desk/").content.decode()
    add_days(practice.therapist, "away", date(2026, 12, 1), date(2026, 12, 1), by=practice.staff)
    assert "Booked outside the hours" in desk.get("/desk/").content.decode()
    desk.post(f"/desk/appointments/{made.pk}/cancel/", {"reason": "clinic"})
    assert "Booked outside the hours" not in desk.get("/desk/").content.decode()


def test_a_held_time_is_shown_and_ends_by_itself(
    practice: Practice, desk: Client, clock: Callable[[str], time_machine.Traveller]
) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    Appointment.objects.filter(pk=made.pk).update(state="held", held_until=at("2026-11-24 12:10"))
    answer = desk.post(f"/hours/{practice.therapist.pk}/days/", {"what": "away", "on": "2026-12-01"})
    assert "Held until 12:10 pm" in answer.content.decode()
    clock("2026-11-24T17:11:00Z")
    assert outside(practice.therapist, at("2026-11-24 12:11")) == []


def test_closing_the_clinic_or_a_room_shows_whom_it_touches(practice: Practice, desk: Client) -> None:
    practice.book(at("2026-12-01 10:00"))
    closed = desk.post(f"/hours/{practice.clinic.pk}/days/", {"on": "2026-12-01"})
    assert practice.client.display_name in closed.content.decode()
    for path, form in (
        ("days", {"what": "away", "on": "2026-12-01"}),
        ("weekly", {"weekday": "1", "opens": "09:00", "closes": "17:00", "starting": "2026-11-24"}),
    ):
        shut = desk.post(f"/hours/{practice.room.pk}/{path}/", form).content.decode()
        assert f"{practice.room} is shut then" in shut


def test_a_second_person_who_is_away_is_said(practice: Practice) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    second = make_therapist()
    Appointment.objects.filter(pk=made.pk).update(second_person=second)
    (one,) = outside(None, at("2026-11-24 12:00"))
    assert (one.not_there, one.second_not_there, one.room_shut) == (False, True, False)
    assert outside(second, at("2026-11-24 12:00")) == [one]


def test_a_week_changed_meanwhile_is_refused_with_what_was_marked(practice: Practice, own: Client) -> None:
    form = week_form(practice, opens=8)
    keep_week(practice.therapist, {1: [(time(9), time(12))]}, TODAY, by=practice.staff, today=TODAY)
    answer = own.post(f"/hours/{practice.therapist.pk}/week/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody has changed these hours" in page
    assert 'value="2-0800-0830" aria-label="Tuesday 8:00 am to 8:30 am" checked' in page
    again = own.post(f"/hours/{practice.therapist.pk}/week/", form | {"seen": answer.context["seen"]})
    assert again.status_code == 302


def test_a_week_for_some_days_comes_back_as_it_was_over_the_end_of_the_year(practice: Practice, own: Client) -> None:
    form = week_form(practice, closes=12, starting="2026-12-28") | {"until": "2027-01-03"}
    own.post(f"/hours/{practice.therapist.pk}/week/", form)
    hours = hours_of(practice.therapist, TODAY)
    whole, half = [(time(9), time(17))], [(time(9), time(12))]
    days = ((date(2026, 12, 27), whole), (date(2026, 12, 28), half), (date(2027, 1, 3), half), (date(2027, 1, 4), whole))
    for day, there in days:
        assert week_on(hours, day)[day.isoweekday()] == there
    page = own.get("/care/availability/?from=2026-12-30").content.decode()
    assert "From Mon 4 Jan" in page


@pytest.mark.parametrize(("starts", "first"), [(1, "Monday"), (7, "Sunday")])
def test_each_rule_stands_under_its_weekday_whichever_day_comes_first(
    practice: Practice, own: Client, starts: int, first: str
) -> None:
    practice.clinic.week_starts = starts
    practice.clinic.save()
    AvailabilityRule.objects.exclude(weekday=7).delete()
    grid = own.get("/care/availability/").context["grid"]
    assert grid.columns[0].name == first
    assert [column.name for column in grid.columns if any(cell.checked for cell in column.cells)] == ["Sunday"]
    form = week_form(practice) | {"at": ["3-0900-0930"], "seen": ""}
    own.post(f"/hours/{practice.therapist.pk}/week/", form)
    grid = own.get("/care/availability/").context["grid"]
    assert [column.name for column in grid.columns if any(cell.checked for cell in column.cells)] == ["Wednesday"]


def test_hours_between_half_hours_have_rows_of_their_own_and_survive_the_grid(practice: Practice, own: Client) -> None:
    AvailabilityRule.objects.update(opens=time(9, 45), closes=time(17, 10))
    page = own.get("/care/availability/?whole=1")
    ticked = [cell.value for column in page.context["grid"].columns for cell in column.cells if cell.checked]
    before = set(AvailabilityRule.objects.values_list("pk", "opens", "closes"))
    form = week_form(practice) | {"at": ticked}
    assert own.post(f"/hours/{practice.therapist.pk}/week/", form).status_code == 302
    assert set(AvailabilityRule.objects.values_list("pk", "opens", "closes")) == before


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_one_week_at_once_one_is_told(clock: Callable[[str], time_machine.Traveller]) -> None:
    practice = make_practice()
    today = date(2020, 1, 1)
    seen, barrier, told = digest(hours_of(practice.therapist, today)), Barrier(2), list[str]()

    def change(by: Person, closes: int) -> None:
        barrier.wait()
        try:
            keep_week(practice.therapist, {1: [(time(8), time(closes))]}, date(2027, 1, 4), by=by, seen=seen, today=today)
            told.append("kept")
        except Refused as refused:
            told.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [Thread(target=change, args=(by, 10 + n)) for n, by in enumerate((practice.staff, make_staff()))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [ChangedMeanwhile.__name__, "kept"]


def test_the_list_is_one_query_however_much_lies_outside(
    practice: Practice, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kind = AppointmentKind.objects.get(pk="integration")
    for number in range(30):
        span = Span.lasting(at("2026-12-01 20:00") + timedelta(days=number), 50)
        Appointment.objects.create(
            kind=kind, client=make_client(), therapist=practice.therapist, place="video", during=span.range,
            padded=span.range, before=0, after=0,
        )  # fmt: skip
    with django_assert_num_queries(1):
        assert len(outside(None, at("2026-11-24 12:00"))) == 30


def test_a_room_has_a_week_of_its_own_on_the_same_grid(practice: Practice, desk: Client) -> None:
    path = f"/hours/{practice.room.pk}/week/"
    form = {"at": cells(9, 17, range(1, 6)), "starting": "2026-11-24", "until": "", "seen": digest([])}
    assert desk.post(path, form).status_code == 302
    assert AvailabilityRule.objects.filter(room=practice.room).count() == 5
    practice.book(at("2026-12-01 10:00"))
    shut = desk.post(path, form | {"at": cells(13, 17, range(1, 6)), "seen": digest(hours_of(practice.room, TODAY))})
    assert f"{practice.room} is shut then" in shut.content.decode()
