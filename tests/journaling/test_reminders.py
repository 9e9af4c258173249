"""Letters about something to write: on few days, rarer with each phase, none when its reason has gone."""

from collections.abc import Callable
from datetime import time
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journaling import writing
from journaling.models import Entry
from journaling.reminders import invites, plan_prompts
from journaling.writing import Written
from koru.celery import app
from koru.people.clinic import the_clinic
from koru.people.models import Person
from koru.reminders.models import Letter, Preferences
from koru.reminders.rendering import rendered
from scheduling.models import Appointment
from scheduling.phases import Phase, Reading
from tests.journaling.sittings import at, make_dosing, make_pair

pytestmark = pytest.mark.django_db
Clock = Callable[[str], object]


@pytest.fixture
def pair() -> tuple[Person, Person]:
    return make_pair()


def due() -> list[str]:
    ahead = Letter.objects.filter(kind="prompt-ready", withdrawn_at=None).order_by("due_at")
    return [letter.due_at.strftime("%d %H:%M") for letter in ahead]


def test_the_number_falls_with_each_phase_and_nothing_comes_on_the_day_the_next_day_or_between() -> None:
    def days(phase: Phase) -> int:
        return sum(
            invites(Reading(phase, day, None) if phase is not Phase.BEFORE else Reading(phase, None, day)) for day in range(60)
        )

    assert [days(phase) for phase in Phase] == [4, 0, 0, 3, 3, 0]


def test_before_a_session_it_comes_at_ten_in_the_clients_morning(pair: tuple[Person, Person], clock: Clock) -> None:
    clock("2026-11-24T12:00:00+00:00")
    make_dosing(*pair, at("2026-11-30T15:00:00+00:00"))
    plan_prompts(timezone.now())
    plan_prompts(timezone.now())
    assert due() == ["24 15:00"]


def test_it_comes_at_the_time_they_chose_and_tells_a_stranger_nothing(pair: tuple[Person, Person], clock: Clock) -> None:
    clock("2026-11-24T12:00:00+00:00")
    Preferences.objects.create(person=pair[0], prompt_at=time(18, 30))
    make_dosing(*pair, at("2026-11-30T15:00:00+00:00"))
    plan_prompts(timezone.now())
    assert due() == ["24 23:30"]
    words = rendered(Letter.objects.get(), the_clinic(), timezone.now())
    assert words.subject == "Something to write, if you like"
    assert "/journal/" in words.text
    assert "session" not in words.text.lower()


def test_another_hour_or_another_zone_moves_it(pair: tuple[Person, Person], clock: Clock) -> None:
    clock("2026-11-24T12:00:00+00:00")
    make_dosing(*pair, at("2026-11-30T15:00:00+00:00"))
    plan_prompts(timezone.now())
    Preferences.objects.create(person=pair[0], prompt_at=time(18))
    plan_prompts(timezone.now())
    assert due() == ["24 23:00"]
    Person.objects.filter(pk=pair[0].pk).update(zone="America/Denver")
    plan_prompts(timezone.now(), pair[0])
    assert due() == ["25 01:00"]


def test_a_cancelled_session_takes_its_letters_along(pair: tuple[Person, Person], clock: Clock) -> None:
    clock("2026-11-24T12:00:00+00:00")
    make_dosing(*pair, at("2026-11-30T15:00:00+00:00"))
    plan_prompts(timezone.now())
    Appointment.objects.update(state="cancelled")
    plan_prompts(timezone.now())
    assert due() == []


def test_words_already_written_that_day_make_it_needless(pair: tuple[Person, Person], clock: Clock) -> None:
    clock("2026-11-24T12:00:00+00:00")
    make_dosing(*pair, at("2026-11-30T15:00:00+00:00"))
    plan_prompts(timezone.now())
    writing.keep(Written("Already."), key=uuid4(), by=pair[0])
    plan_prompts(timezone.now())
    assert due() == []


def test_after_a_session_the_first_comes_on_the_second_day(pair: tuple[Person, Person], clock: Clock) -> None:
    make_dosing(*pair, at("2026-11-30T15:00:00+00:00"), ended=at("2026-11-30T17:35:00+00:00"))
    for day in ("2026-11-30T18:00:00+00:00", "2026-12-01T12:00:00+00:00", "2026-12-02T12:00:00+00:00"):
        clock(day)
        plan_prompts(timezone.now())
    assert due() == ["02 15:00"]


def test_how_many_clients_there_are_does_not_change_how_much_is_asked(clock: Clock) -> None:
    clock("2026-11-23T12:00:00+00:00")
    asked: list[int] = []
    for clients in (1, 9):
        for _ in range(clients):
            make_dosing(*make_pair(), at("2026-11-30T15:00:00+00:00"))
        with CaptureQueriesContext(connection) as queries:
            plan_prompts(timezone.now())
        asked.append(len(queries))
    assert Letter.objects.count() == 10
    assert asked[0] == asked[1], [query["sql"] for query in queries.captured_queries]


def test_the_clock_strikes_for_the_journal(pair: tuple[Person, Person], clock: Clock) -> None:
    clock("2026-11-24T12:00:00+00:00")
    make_dosing(*pair, at("2026-11-30T15:00:00+00:00"))
    entry = writing.keep(Written("Old."), key=uuid4(), by=make_pair()[0])
    Entry.objects.filter(pk=entry.pk).update(deleted_at=at("2026-10-01T12:00:00+00:00"))
    app.loader.import_default_modules()
    struck = [one["task"] for one in app.conf.beat_schedule.values() if one["task"].startswith("journaling.")]
    assert len(struck) == 2
    for name in struck:
        app.tasks[name]()
    assert due() == ["24 15:00"]
    assert not Entry.objects.filter(pk=entry.pk).exists()
