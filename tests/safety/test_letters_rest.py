"""While somebody is being looked after, nothing is sent that asks something of them; appointments still are."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from koru.reminders.kinds import load
from koru.reminders.models import AskingPause, Preferences
from koru.reminders.sending import send_due
from koru.safety.handling import close
from koru.safety.helping import ask_for_call
from tests.reminders.letters import due_letter, state

from .flagged import House


@pytest.fixture(autouse=True)
def nothing_is_quiet(house: House) -> None:
    """Whatever the hour of the test."""
    Preferences.objects.create(person=house.rowan, quiet_from=time(12), quiet_until=time(12))


def test_the_kinds_that_ask_are_named() -> None:
    asking = {one.key for one in load().values() if one.asks}
    assert {"J1", "K1"} <= asking <= {"J1", "K1", "R1", "W1", "A3", "H1"}


def test_a_note_that_asks_is_dropped_while_it_is_urgent(house: House) -> None:
    house.item9(3)
    letter = due_letter(house.rowan, "check-in")
    assert (send_due(), state(letter)) == (0, "paused")


def test_after_closing_notes_go_out_again(house: House) -> None:
    close(house.item9(3).pk, "reached", "", by=house.wren)
    letter = due_letter(house.rowan, "check-in")
    assert (send_due(), state(letter)) == (1, "sent")


def test_what_tells_of_an_appointment_goes_out_all_the_same(house: House) -> None:
    house.item9(3)
    letter = due_letter(house.rowan, "session-tomorrow")
    assert (send_due(), state(letter)) == (1, "sent")


def test_a_prompt_flag_pauses_nothing_until_a_call_is_asked_for(house: House) -> None:
    flag = house.item9(1)
    assert not AskingPause.objects.exists()
    ask_for_call(flag, "+1 212 555 0123", "", by=house.rowan)
    assert AskingPause.objects.get().person == house.rowan


def test_two_urgent_ones_both_have_to_be_closed(house: House) -> None:
    first = house.item9(3)
    second = ask_for_call(house.item9(3), "+1 212 555 0123", "", by=house.rowan)
    assert first.pk == second.pk
    other = AskingPause.objects.create(about=house.hazel.pk, person=house.rowan, since=timezone.now() - timedelta(hours=1))
    close(first.pk, "reached", "", by=house.wren)
    assert AskingPause.objects.get() == other
