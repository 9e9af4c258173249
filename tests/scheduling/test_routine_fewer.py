"""Fewer notes about a routine by the link under one: as for check-ins, GET asks, POST acts, no signing in."""

from collections.abc import Callable
from datetime import time
from functools import partial

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from koru.people.models import Person
from koru.reminders.less_often import less_like
from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT
from koru.reminders.stopping import stop_path
from scheduling.keeping_routine import rest
from scheduling.models import Routine
from scheduling.routine_fewer import fewer
from scheduling.routine_notes import KIND, plan_notes, set_notes
from tests.crowd import together
from tests.people import make_client, make_clinic
from tests.reminders.letters import due_letter

from .routine import begun

pytestmark = pytest.mark.django_db
LESS = {"less": "yes"}


@pytest.fixture
def routine(clock: Callable[[str], time_machine.Traveller]) -> Routine:
    """With a note at eight on Tuesdays, Thursdays and Sundays, on a Tuesday at noon in New York."""
    clock("2026-11-24T17:00:00Z")
    make_clinic()
    made = begun(make_client(), "a thing nobody else reads")
    return set_notes(made.pk, time(8), [2, 4, 7], by=made.client)


@pytest.fixture
def came(routine: Routine) -> Letter:
    return due_letter(routine.client, KIND, about=routine.pk, handed_at=timezone.now(), sent_at=timezone.now())


def page(letter: Letter) -> str:
    return Client().get(stop_path(letter.pk)).content.decode()


def days(routine: Routine) -> list[int]:
    routine.refresh_from_db()
    return routine.remind_days


def ahead() -> list[str]:
    rows = Letter.objects.filter(UNSENT, kind=KIND, due_at__gt=timezone.now()).order_by("due_at")
    return [f"{row.due_at:%m-%d}" for row in rows]


@given(st.lists(st.integers(1, 7), min_size=1, max_size=3, unique=True).map(sorted))
def test_a_day_less_and_never_none(chosen: list[int]) -> None:
    kept = fewer(chosen)
    assert set(kept) <= set(chosen)
    assert len(kept) == max(1, len(chosen) - 1)
    assert kept[0] == chosen[0]


def test_step_by_step_and_the_next_one_moves(routine: Routine, came: Letter) -> None:
    assert "Now: three times a week." in page(came)
    assert "Less often: twice a week" in page(came)
    assert ahead() == ["11-26"]
    Client().post(stop_path(came.pk), LESS)
    assert (days(routine), ahead()) == ([2, 7], ["11-29"])
    assert "Less often: once a week" in page(came)
    Client().post(stop_path(came.pk), LESS)
    assert (days(routine), ahead()) == ([2], ["12-01"])
    assert "Less often" not in page(came)
    assert "They come once a week." in page(came)
    assert Client().post(stop_path(came.pk), LESS).status_code == 302
    assert days(routine) == [2]


def test_looking_changes_nothing_and_names_nothing(routine: Routine, came: Letter) -> None:
    for _ in range(2):
        assert "nobody else reads" not in page(came)
    assert (days(routine), ahead()) == ([2, 4, 7], ["11-26"])


def test_of_one_that_rests_there_is_no_less(routine: Routine, came: Letter) -> None:
    rest(routine.pk, by=routine.client)
    assert "Less often" not in page(came)
    assert Client().post(stop_path(came.pk), LESS).status_code == 302
    assert ahead() == []


def test_by_a_letter_of_somebody_else_nothing_of_it_changes(routine: Routine) -> None:
    other: Person = make_client()
    letter = due_letter(other, KIND, about=routine.pk)
    Client().post(stop_path(letter.pk), LESS)
    assert days(routine) == [2, 4, 7]


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_two_steps_at_most_and_one_note_is_ahead(routine: Routine, came: Letter) -> None:
    acts: list[Callable[[], object]] = [partial(less_like, came) for _ in range(4)]
    acts.append(partial(plan_notes, timezone.now()))
    together(acts)
    assert days(routine) == [2]
    assert len(ahead()) == 1
