"""A change that is undone within two minutes was never told; what is told starts from the time that the reader knows."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from koru.people.clinic import the_clinic
from koru.people.models import Person
from koru.reminders.models import Hush, Letter
from koru.reminders.planning import UNSENT
from koru.reminders.rendering import rendered
from koru.sealing.keyring import keyring
from scheduling.cancelling import cancel
from scheduling.consultation import Talk, appointment_of, book_talk, kind_of_talk
from scheduling.models import Appointment
from scheduling.moving import move
from scheduling.telling import UNDO

from .practice import Practice, at

Clock = Callable[[str], time_machine.Traveller]


@pytest.fixture
def made(practice: Practice) -> Appointment:
    """Booked for the 16th at ten, and confirmed."""
    appointment = practice.book(at("2026-12-16 10:00"))
    send(appointment, "appointment-booked")
    return appointment


def send(appointment: Appointment, kind: str) -> None:
    waiting = Letter.objects.filter(UNSENT, about=appointment.pk, kind=kind)
    assert waiting.update(handed_at=timezone.now(), sent_at=timezone.now())


def waiting(appointment: Appointment, to: Person | None = None) -> dict[tuple[str, str], datetime]:
    """What would still go out about it, and when."""
    letters = Letter.objects.filter(UNSENT, about=appointment.pk).filter(**({"to": to} if to else {}))
    return {(one.kind, one.context.get("variant", "")): one.due_at for one in letters}


def told(to: Person) -> str:
    """The one word of change that somebody would get."""
    with keyring():
        letter = Letter.objects.filter(UNSENT, kind="appointment-changed", to=to).select_related("to").get()
        return rendered(letter, the_clinic(), timezone.now()).text


def test_moved_and_back_within_two_minutes_sends_nothing_and_reminds_as_before(
    practice: Practice, made: Appointment, clock: Clock
) -> None:
    before = waiting(made)
    move(made, at("2026-12-18 14:00"), by=practice.client)
    clock("2026-11-24T17:01:59Z")
    move(made, at("2026-12-16 10:00"), by=practice.client)
    assert waiting(made) == before
    assert not [kind for kind, _ in before if kind in ("appointment-changed", "appointment-booked")]
    assert Hush.objects.get().during.lower == at("2026-12-16 10:00")


def test_word_of_a_change_is_due_two_minutes_after_it(practice: Practice, made: Appointment) -> None:
    move(made, at("2026-12-18 14:00"), by=practice.client)
    assert waiting(made)["appointment-changed", ""] == timezone.now() + UNDO
    assert waiting(made, practice.therapist)["appointment-changed", ""] == timezone.now() + UNDO


def test_once_it_was_told_the_way_back_is_told_too(practice: Practice, made: Appointment) -> None:
    move(made, at("2026-12-18 14:00"), by=practice.client)
    send(made, "appointment-changed")
    move(made, at("2026-12-16 10:00"), by=practice.client)
    assert "Wednesday 16 December, 10:00 am" in told(practice.client)
    assert "Before, it was Friday 18 December, 2:00 pm" in told(practice.client)


def test_moved_twice_in_a_row_one_word_goes_out_from_the_time_that_was_known(practice: Practice, made: Appointment) -> None:
    move(made, at("2026-12-18 14:00"), by=practice.staff)
    move(made, at("2026-12-17 11:00"), by=practice.client)
    for reader in (practice.client, practice.therapist):
        assert "Before, it was Wednesday 16 December, 10:00 am" in told(reader)
        assert "18 December" not in told(reader)


def test_a_therapist_who_moved_it_hears_when_the_client_puts_it_back(practice: Practice, made: Appointment) -> None:
    move(made, at("2026-12-18 14:00"), by=practice.therapist)
    move(made, at("2026-12-16 10:00"), by=practice.client)
    assert ("appointment-changed", "") not in waiting(made, practice.client)
    assert "Before, it was Friday 18 December, 2:00 pm" in told(practice.therapist)


def test_cancelled_right_after_a_move_the_time_that_was_known_is_cancelled(practice: Practice, made: Appointment) -> None:
    move(made, at("2026-12-18 14:00"), by=practice.staff)
    cancel(made, by=practice.staff, reason="clinic")
    assert "is cancelled: Wednesday 16 December, 10:00 am to 12:30 pm" in told(practice.client)


def test_a_word_that_is_just_being_handed_over_counts_as_told(practice: Practice, made: Appointment) -> None:
    move(made, at("2026-12-18 14:00"), by=practice.client)
    Letter.objects.filter(UNSENT, kind="appointment-changed").update(handed_at=timezone.now())
    move(made, at("2026-12-16 10:00"), by=practice.client)
    back = Letter.objects.get(UNSENT, kind="appointment-changed", to=practice.client, handed_at=None)
    assert datetime.fromisoformat(back.context["before"]) == at("2026-12-18 14:00")


def test_a_booking_that_was_not_confirmed_yet_is_confirmed_when_it_is_moved_back(practice: Practice) -> None:
    made = practice.book(at("2026-12-16 10:00"))
    before = waiting(made)
    assert ("appointment-booked", "") in before
    move(made, at("2026-12-18 14:00"), by=practice.client)
    move(made, at("2026-12-16 10:00"), by=practice.client)
    assert waiting(made) == before


def test_a_visitor_who_moves_there_and_back_gets_no_mail_about_it(practice: Practice) -> None:
    with keyring():
        talk = book_talk(
            kind_of_talk(), Talk(at("2026-11-26 10:00"), "phone", "Demo Ash", "Ash@example.org", "Asia/Kathmandu"), key=uuid4()
        )
    made = appointment_of(talk)
    assert made is not None
    send(made, "consultation-booked")
    before = waiting(made)
    move(made, at("2026-11-27 10:00"), by=None)
    move(made, at("2026-11-26 10:00"), by=None)
    assert waiting(made) == before
