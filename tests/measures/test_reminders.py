"""The letter about a form: on its day at the hour a client likes, once more three days later, and never too late."""

from collections.abc import Callable
from datetime import datetime, time

import pytest
import time_machine
from django.utils import timezone

from koru.people.clinic import the_clinic
from koru.reminders.models import Letter, Preferences
from koru.reminders.rendering import rendered
from moodtracking.measures.assigning import end
from moodtracking.measures.models import Response
from moodtracking.measures.reminders import replan, replan_all
from moodtracking.measures.tasks import look_again
from scheduling.models import Appointment
from tests.care.world import appointment

from .world import Pair, assigned, begun, filled, make_pair

pytestmark = pytest.mark.django_db
Clock = Callable[[str], time_machine.Traveller]


@pytest.fixture
def pair(clock: Clock) -> Pair:
    clock("2026-11-02T13:00:00Z")  # eight in the morning in New York
    return make_pair()


def due() -> list[str]:
    letters = Letter.objects.filter(kind="measure-due", withdrawn_at=None).order_by("due_at")
    return [f"{at:%m-%d %H:%M}" for at in letters.values_list("due_at", flat=True)]


def test_on_its_day_at_ten_and_three_days_later(pair: Pair) -> None:
    assigned(pair)
    assert due() == ["11-02 15:00", "11-05 15:00"]


def test_at_the_hour_that_the_client_has_chosen(pair: Pair) -> None:
    Preferences.objects.create(person=pair[0], prompt_at=time(18))
    assigned(pair)
    assert due() == ["11-02 23:00", "11-05 23:00"]


def test_one_letter_a_day_for_all_that_is_ready(pair: Pair) -> None:
    assigned(pair, "phq-9")
    assigned(pair, "gad-7")
    assert due() == ["11-02 15:00", "11-05 15:00"]
    assert {one.context["minutes"] for one in Letter.objects.filter(kind="measure-due")} == {"4 minutes"}


def test_hard_questions_are_never_announced_after_eight_in_the_evening(pair: Pair) -> None:
    Preferences.objects.create(person=pair[0], prompt_at=time(20, 30), quiet_from=time(23), quiet_until=time(7))
    assigned(pair, "pcl-5", "monthly")
    letter = Letter.objects.filter(kind="measure-due").earliest("due_at")
    assert due()[0] == "11-02 15:00", "at the usual hour instead"
    assert letter.not_after == datetime.fromisoformat("2026-11-02T23:00:00+00:00")


def test_once_it_is_filled_in_the_next_is_planned_and_the_old_one_gone(pair: Pair) -> None:
    assigned(pair)
    filled(pair[0], [1] * 9)
    assert due() == ["11-16 15:00", "11-19 15:00"]


def test_looked_at_a_moment_after_its_time_it_is_still_on_its_way(pair: Pair, clock: Clock) -> None:
    assigned(pair)
    clock("2026-11-02T15:00:30Z")
    replan(pair[0])
    assert due() == ["11-02 15:00", "11-05 15:00"]


def test_who_moves_to_another_zone_has_it_at_ten_there(pair: Pair) -> None:
    assigned(pair)
    pair[0].zone = "America/Denver"
    pair[0].save(update_fields=["zone"])
    replan(pair[0])
    assert due() == ["11-02 17:00", "11-05 17:00"]


def test_ended_or_failed_it_leaves_no_letter(pair: Pair) -> None:
    row = assigned(pair)
    end(row.pk, client=pair[0], by=pair[1])
    assert due() == []


def test_a_session_that_moves_takes_the_letter_along(pair: Pair) -> None:
    assigned(pair)
    filled(pair[0], [1] * 9)
    session = appointment(*pair, datetime.fromisoformat("2026-11-16T15:00:00+00:00"))
    Appointment.objects.filter(pk=session.pk).update(kind="dosing")
    look_again()
    assert due() == ["11-18 15:00", "11-21 15:00"]
    Appointment.objects.filter(pk=session.pk).update(state="cancelled")
    look_again()
    assert due() == ["11-16 15:00", "11-19 15:00"]


def test_looking_again_changes_nothing(pair: Pair) -> None:
    assigned(pair)
    before = list(Letter.objects.values_list("pk", "due_at"))
    assert replan_all() == 1
    replan(pair[0])
    assert list(Letter.objects.values_list("pk", "due_at")) == before


def test_what_lapsed_is_not_announced_again_until_its_next_turn(pair: Pair, clock: Clock) -> None:
    assigned(pair)
    clock("2026-11-10T13:00:00Z")
    look_again()
    assert [one for one in due() if one > "11-09"] == ["11-16 15:00", "11-19 15:00"]


def test_the_letter_names_nothing(pair: Pair) -> None:
    assigned(pair)
    letter = Letter.objects.filter(kind="measure-due").earliest("due_at")
    mail = rendered(letter, the_clinic(), timezone.now())
    words = f"{mail.subject} {mail.text}".lower()
    assert "a short form is ready" in words
    assert "2 minutes" in words
    assert not [name for name in ("phq", "depress", "ketamine", "mood", "therap") if name in words]


def test_the_clock_closes_what_was_left(pair: Pair, clock: Clock) -> None:
    assigned(pair)
    begun(pair[0])
    clock("2026-11-05T13:00:00Z")
    look_again()
    assert Response.objects.get().state == "stopped"
    assert timezone.now() == Response.objects.get().closed_at
