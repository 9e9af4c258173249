"""Needing less is the result: offered after steady weeks, taken by the client alone, and back at once with a flag."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from koru.people.models import Person
from koru.reminders.check_in_notes import note_of, plan_check_ins, plan_check_ins_anew
from koru.reminders.choices import set_check_in_time
from koru.reminders.fewer import WIDER
from koru.reminders.less_often import STEPS, after, space_check_ins, take_next
from koru.reminders.models import Letter, Preferences
from koru.reminders.planning import UNSENT
from koru.safety.flags import Flag
from koru.safety.noticing import ask_for_help
from moodtracking.needing_less import a_week
from moodtracking.steady_weeks import in_each_week
from tests.care.world import make_pair, signed_in
from tests.reminders.letters import due_letter

from .steady import checked_in, steady

pytestmark = pytest.mark.django_db
Clock = Callable[[str], time_machine.Traveller]
PAGE, DEED = "/check-in/items/", "/check-in/items/rhythm/"
NOW = datetime.fromisoformat("2026-11-24T17:00:00+00:00")  # noon in New York


@pytest.fixture
def client(clock: Clock) -> Person:
    clock(NOW.isoformat())
    person, _ = make_pair()
    set_check_in_time(person, time(18), by=person)
    return person


def press(person: Person, apart: int | str) -> str:
    return signed_in(person).post(DEED, {"apart": apart}, follow=True).content.decode()


def apart_of(person: Person) -> int:
    return Preferences.objects.get(person=person).check_in_apart


def ahead(person: Person) -> date:
    (due,) = set(Letter.objects.filter(UNSENT, about=note_of(person.pk)).values_list("due_at", flat=True))
    return due.date()


def came_today(person: Person) -> None:
    due = NOW - timedelta(hours=1)
    due_letter(person, "check-in", about=note_of(person.pk), due_at=due, handed_at=due, sent_at=due)


def test_after_four_steady_weeks_it_is_offered_and_taken_by_one_press(client: Person) -> None:
    came_today(steady(client))
    plan_check_ins()
    page = signed_in(client).get(PAGE).content.decode()
    assert "Every other day, at 6:00 pm." in page
    assert "Every fourth day is enough" in page
    assert ahead(client) == date(2026, 11, 26)
    page = press(client, 4)
    assert "Every fourth day, at 6:00 pm." in page
    assert ahead(client) == date(2026, 11, 28), "the letter ahead moves with the choice"
    assert "is enough" not in page, "the next step is offered only after some weeks at this one"


def test_pressed_twice_it_is_one_step(client: Person) -> None:
    steady(client)
    press(client, 4)
    press(client, 4)
    assert apart_of(client) == 4


@pytest.mark.parametrize("weeks", [(), (0,), (0, 1, 2), (1, 2, 3), (0, 1, 3)])
def test_with_a_silent_week_nothing_is_offered(client: Person, weeks: tuple[int, ...]) -> None:
    checked_in(client, *weeks)
    assert "is enough" not in signed_in(client).get(PAGE).content.decode()
    press(client, 4)
    assert apart_of(client) == 2


@pytest.mark.parametrize("apart", ["", "x", "3", "7", "1", "-4", "4.0", "٤"])
def test_what_is_not_offered_does_nothing(client: Person, apart: str) -> None:
    press(steady(client), apart)
    assert apart_of(client) == 2


def test_a_flag_brings_the_old_rhythm_back_in_its_own_transaction(client: Person) -> None:
    came_today(steady(client))
    plan_check_ins()
    press(client, 4)
    assert ahead(client) == date(2026, 11, 28)
    ask_for_help(client, by=client)
    assert Flag.objects.of_client(client).exists()
    assert apart_of(client) == 2
    assert ahead(client) == date(2026, 11, 26)
    assert "is enough" not in signed_in(client).get(PAGE).content.decode(), "none is offered while it is fresh"


def test_a_rhythm_of_ones_own_choice_stays_through_a_flag(client: Person) -> None:
    space_check_ins(client, 7, by=client)
    ask_for_help(client, by=client)
    assert apart_of(client) == 7


def test_as_before_is_always_one_press_away(client: Person) -> None:
    press(steady(client), 4)
    assert "Every other day again" in signed_in(client).get(PAGE).content.decode()
    press(client, 2)
    assert apart_of(client) == 2


def test_fewer_letters_are_planned_after_each_step(client: Person, clock: Clock) -> None:
    counts = []
    for step in STEPS:
        Preferences.objects.update(check_in_apart=step, check_in_answered_at=timezone.now())
        Letter.objects.all().delete()
        for day in range(28):
            clock((NOW + timedelta(days=day)).isoformat())
            Preferences.objects.update(check_in_answered_at=timezone.now())
            plan_check_ins_anew()
            Letter.objects.filter(UNSENT, due_at__lt=timezone.now() + timedelta(days=1)).update(
                handed_at=timezone.now(), sent_at=timezone.now()
            )
        counts.append(Letter.objects.filter(about=note_of(client.pk), channel="mail", withdrawn_at=None).count())
    assert counts == sorted(counts, reverse=True)
    assert len(set(counts)) == len(STEPS), counts


def test_the_line_shows_how_many_came_in_each_week(client: Person) -> None:
    for weeks, notes in ((6, 3), (3, 2), (0, 1)):
        for note in range(notes):
            due = NOW - timedelta(weeks=weeks, days=1 + note)
            due_letter(client, "check-in", due_at=due, handed_at=due, sent_at=due)
    page = signed_in(client).get(PAGE).content.decode()
    assert "Notes a week" in page
    assert "No note in the first of these weeks, one note in the last." in page


def test_who_gets_no_notes_sees_nothing_of_it(client: Person) -> None:
    set_check_in_time(client, None, by=client)
    assert "How often a note comes" not in signed_in(client).get(PAGE).content.decode()
    assert not take_next(client, 4, by=client)


TODAY = date(2026, 11, 24)


@given(st.sets(st.integers(0, 27), max_size=28))
def test_each_of_four_weeks_needs_one(back: set[int]) -> None:
    days = [TODAY - timedelta(days=one) for one in back]
    assert in_each_week(days, TODAY) is all(any(week * 7 <= one < week * 7 + 7 for one in back) for week in range(4))


@given(st.lists(st.integers(0, 55), max_size=40))
def test_every_note_of_eight_weeks_is_in_one_week(back: list[int]) -> None:
    counted = a_week([TODAY - timedelta(days=one) for one in back], TODAY)
    assert sum(count for _, count in counted) == len(back)
    assert [first for first, _ in counted] == sorted(first for first, _ in counted)


def test_the_steps_only_widen_and_end() -> None:
    assert [after(step) for step in STEPS] == [4, 7, None]
    assert tuple(STEPS)[1:] == WIDER
