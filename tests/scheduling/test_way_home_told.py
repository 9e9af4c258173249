"""Twelve hours before a session without a way home the desk is written to, once, and not any more once it is answered."""

from collections.abc import Callable

import pytest
import time_machine
from django.utils import timezone

from koru.people.models import Person
from koru.reminders.models import Letter
from koru.reminders.rendering import rendered
from koru.sealing.keyring import keyring
from scheduling.cancelling import cancel
from scheduling.models import Appointment
from scheduling.tasks import tell_of_ways_home
from scheduling.way_home import name_way_home, still_the_same
from tests.people import make_staff

from .practice import Practice, at

Clock = Callable[[str], time_machine.Traveller]
ELEVEN_HOURS, THIRTEEN_HOURS = "2026-12-02T04:00:00Z", "2026-12-02T02:00:00Z"


@pytest.fixture
def session(practice: Practice) -> Appointment:
    return practice.book(at("2026-12-02 10:00"))


def told(session: Appointment) -> list[Person]:
    letters = Letter.objects.filter(about=session.pk, kind="driver-missing", withdrawn_at=None)
    return [one.to for one in letters.select_related("to").order_by("to__display_name") if one.to]


def test_everybody_at_the_desk_hears_once_and_not_before_twelve_hours(
    practice: Practice, session: Appointment, clock: Clock
) -> None:
    left = make_staff(is_active=False)
    clock(THIRTEEN_HOURS)
    tell_of_ways_home()
    assert told(session) == []
    clock(ELEVEN_HOURS)
    for _ in range(3):
        tell_of_ways_home()
    assert practice.staff in told(session)
    assert left not in told(session)
    assert len(told(session)) == len(set(told(session)))
    assert practice.client not in told(session)
    letter = Letter.objects.filter(to=practice.staff, kind="driver-missing").get()
    with keyring():
        words = rendered(letter, practice.clinic, timezone.now())
    assert words.subject == "One thing is open"
    assert practice.client.display_name not in words.text
    assert letter.not_after == session.starts


def test_named_or_said_again_nobody_is_told(practice: Practice, session: Appointment, clock: Clock) -> None:
    with keyring():
        name_way_home(session, "Demo Lark", by=practice.client)
    clock(ELEVEN_HOURS)
    tell_of_ways_home()
    assert practice.staff in told(session)  # named long before, and not said again since
    with keyring():
        still_the_same(session, by=practice.client)
    assert told(session) == []
    tell_of_ways_home()
    assert told(session) == []


def test_noted_at_the_desk_or_cancelled_it_is_taken_back(practice: Practice, session: Appointment, clock: Clock) -> None:
    clock(ELEVEN_HOURS)
    tell_of_ways_home()
    with keyring():
        name_way_home(session, "Demo Lark", by=practice.staff)
    assert told(session) == []
    other = practice.book(at("2026-12-02 14:00"), "integration", by=practice.staff)
    tell_of_ways_home()
    assert told(other) == []
    with keyring():
        cancel(session, by=practice.staff, reason="clinic")
    assert told(session) == []
