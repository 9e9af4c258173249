"""One letter ahead for each thing that recurs, by its reader's clock as it is now, however often and when it is planned."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from koru.celery import app
from koru.people.models import Person
from koru.reminders.check_in_notes import note_of, plan_check_ins
from koru.reminders.choices import set_check_in_time
from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT, withdraw
from koru.reminders.recurring import Recurring, plan_next
from koru.reminders.rhythm import Rhythm
from koru.today.moving_zone import tell_about_oneself
from tests.people import make_client, make_clinic
from tests.zone_rules import new_york_as_halifax

pytestmark = pytest.mark.django_db
Clock = Callable[[str], time_machine.Traveller]
KIND = "prompt-ready"  # any kind that can be planned ahead


@pytest.fixture
def person(clock: Clock) -> Person:
    clock("2026-11-24T17:00:00Z")  # noon in New York
    make_clinic()
    return make_client()


@pytest.fixture
def new_rules(tmp_path: Path) -> Iterator[Callable[[], None]]:
    with new_york_as_halifax(tmp_path) as come:
        yield come


def thing(person: Person, at: time = time(8), thing: UUID | None = None) -> Recurring:
    return Recurring(KIND, person, thing or uuid4(), Rhythm(at), context={"path": "/journal/"})


def planned(*things: Recurring, times: int = 1) -> list[str]:
    """When each is due, as a clock in UTC reads it."""
    for _ in range(times):
        plan_next(things, timezone.now())
    ahead = Letter.objects.filter(UNSENT).order_by("due_at")
    return [f"{due:%d %H:%M}" for due in ahead.values_list("due_at", flat=True)]


def goes() -> None:
    """As a sender would."""
    Letter.objects.filter(UNSENT, due_at__lte=timezone.now()).update(handed_at=timezone.now(), sent_at=timezone.now())


def in_zone(person: Person, zone: str) -> Person:
    person.zone = zone
    person.save(update_fields=["zone"])
    return person


def test_planned_again_and_again_it_is_one(person: Person) -> None:
    assert planned(thing(person, thing=uuid4()), times=1) == ["25 13:00"]
    only = thing(make_client())
    assert planned(only, times=3) == ["25 13:00", "25 13:00"], "one each"


def test_the_day_after_it_went_the_next_is_ahead(person: Person, clock: Clock) -> None:
    daily = thing(person)
    planned(daily)
    clock("2026-11-25T13:00:30Z")
    assert planned(daily) == ["25 13:00", "26 13:00"], "the one that is due is not taken back"
    goes()
    assert planned(daily, times=2) == ["26 13:00"]


def test_another_time_or_other_days_take_the_place_of_the_old_ones(person: Person) -> None:
    it = uuid4()
    planned(thing(person, time(8), it))
    assert planned(thing(person, time(9, 30), it)) == ["25 14:30"]
    plan_next([Recurring(KIND, person, it, Rhythm(time(9, 30), frozenset({5})))], timezone.now())
    (saturday,) = Letter.objects.filter(UNSENT).values_list("due_at", flat=True)
    assert f"{saturday:%d %H:%M}" == "28 14:30"


def test_what_is_let_go_comes_no_more(person: Person) -> None:
    it = uuid4()
    planned(thing(person, thing=it))
    assert withdraw(it, "let go") == 1
    assert planned() == []


def test_a_flight_to_another_zone_keeps_eight_at_eight(person: Person) -> None:
    it = uuid4()
    planned(thing(person, thing=it))
    for zone, due in (("Asia/Kathmandu", "25 02:15"), ("Europe/Berlin", "25 07:00"), ("America/New_York", "25 13:00")):
        assert planned(thing(in_zone(person, zone), thing=it)) == [due]


def test_back_over_the_date_line_a_date_that_had_its_note_has_no_second(person: Person, clock: Clock) -> None:
    it = uuid4()
    planned(thing(in_zone(person, "Pacific/Kiritimati"), thing=it))
    clock("2026-11-24T18:00:00Z")  # eight there, on the 25th
    goes()
    assert planned(thing(in_zone(person, "Pacific/Honolulu"), thing=it)) == ["26 18:00"], "eight there on the 26th"


def test_saying_in_settings_that_one_is_elsewhere_moves_the_note_at_once(person: Person) -> None:
    set_check_in_time(person, time(18), by=person)
    plan_check_ins()
    about = {"display_name": "Demo", "zone": "Europe/Berlin", "region": "DE", "phone": "", "neutral_phrase": ""}
    tell_about_oneself(person, about)
    (note,) = Letter.objects.filter(UNSENT, about=note_of(person.pk))
    assert (note.zone, f"{note.due_at:%d %H:%M}") == ("Europe/Berlin", "25 17:00"), "six is past there today"


def test_new_rules_of_the_clock_move_what_is_planned_when_the_clock_looks_again(
    person: Person, new_rules: Callable[[], None]
) -> None:
    set_check_in_time(person, time(18), by=person)
    plan_check_ins()
    new_rules()
    app.loader.import_default_modules()
    app.tasks[app.conf.beat_schedule["recurring"]["task"]]()
    (note,) = Letter.objects.filter(UNSENT)
    assert note.due_at.astimezone(ZoneInfo("America/New_York")).time() == time(18)
    assert f"{note.due_at:%d %H:%M}" == "24 22:00"


@pytest.mark.parametrize("jump", ["2026-11-24T09:00:00Z", "2026-11-22T12:00:00Z", "2026-11-26T12:59:00Z"])
def test_a_clock_that_jumps_after_it_went_brings_no_second_of_that_day(person: Person, clock: Clock, jump: str) -> None:
    daily = thing(person)
    planned(daily)
    clock("2026-11-25T13:00:00Z")
    goes()
    clock(jump)
    assert planned(daily, times=2) == ["26 13:00"]


def test_a_clock_that_jumps_over_days_plans_the_next_and_nothing_of_those(person: Person, clock: Clock) -> None:
    daily = thing(person)
    planned(daily)
    clock("2026-12-03T12:00:00Z")
    ahead = [one for one in planned(daily) if one != "25 13:00"]
    assert ahead == ["03 13:00"]
    old = Letter.objects.get(due_at=datetime.fromisoformat("2026-11-25T13:00:00+00:00"))
    assert old.not_after, "what is long past is withdrawn as too late by its sender"
    assert old.not_after < timezone.now() - timedelta(days=7)


def test_how_many_things_there_are_does_not_change_how_much_is_asked(
    person: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    things = [thing(person)]
    planned(*things)
    many = [thing(make_client()) for _ in range(9)]
    planned(*many)
    for asked in (things, many):
        with django_assert_num_queries(6):  # two savepoints, the latest, those ahead
            plan_next(asked, timezone.now())
