"""Sending what is due: once, by rows alone, looked at again at the last moment."""

from datetime import time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db.models import F
from django.utils import timezone

from koru.moments.spans import Span
from koru.reminders.choices import opt_out, pause
from koru.reminders.claiming import claim
from koru.reminders.models import Letter, Preferences
from koru.reminders.planning import hush, plan, withdraw
from koru.reminders.sending import send_due
from tests.people import make_client, make_clinic

from .letters import due_letter, planned, state

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clinic() -> None:
    make_clinic()


def test_a_due_letter_goes_out_once() -> None:
    letter = due_letter(make_client(email="rowan@example.org"))
    assert (send_due(), send_due()) == (1, 0)
    assert state(letter) == "sent"
    [message] = mail.outbox
    assert message.to == ["rowan@example.org"]
    assert message.extra_headers["Message-ID"] == f"<{letter.pk}@demo.example.org>"


def test_a_letter_planned_twice_is_one_letter() -> None:
    one = planned("appointment-booked", make_client())
    plan([one, one])
    plan([one])
    assert Letter.objects.count() == 1


def test_a_letter_whose_time_has_passed_is_not_planned() -> None:
    plan([planned("session-week", make_client(), due_at=timezone.now() - timedelta(seconds=1))])
    assert not Letter.objects.exists()


def test_a_letter_due_in_an_hour_waits() -> None:
    plan([planned("security", make_client(), due_at=timezone.now() + timedelta(hours=1))])
    assert send_due() == 0


def test_a_withdrawn_letter_never_goes_out() -> None:
    about = uuid4()
    letter = due_letter(make_client(), about=about)
    assert withdraw(about, "cancelled") == 1
    assert send_due() == 0
    assert state(letter) == "cancelled"


def test_a_letter_withdrawn_after_it_was_claimed_does_not_go_out() -> None:
    about, worker = uuid4(), uuid4()
    letter = due_letter(make_client(), about=about)
    assert claim(worker) == [letter.pk]
    assert withdraw(about, "moved") == 1
    Letter.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert send_due() == 0


def test_what_one_worker_holds_no_other_takes_until_the_lease_ends() -> None:
    letter = due_letter(make_client())
    assert claim(uuid4()) == [letter.pk]
    assert claim(uuid4()) == []
    Letter.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert claim(uuid4()) == [letter.pk]


def test_a_letter_in_doubt_is_not_withdrawn_but_not_sent_again_either() -> None:
    about = uuid4()
    letter = due_letter(make_client(), about=about, handed_at=timezone.now(), attempts=1)
    assert withdraw(about, "cancelled") == 0
    assert send_due() == 0
    assert state(letter) == "in doubt, too late"


def test_a_letter_in_doubt_that_is_still_true_goes_again() -> None:
    letter = due_letter(make_client(), handed_at=timezone.now(), attempts=1)
    assert send_due() == 1
    assert state(letter) == "sent"


def test_a_reminder_of_what_has_begun_is_taken_back() -> None:
    letter = due_letter(make_client(), not_after=timezone.now() - timedelta(seconds=1))
    assert send_due() == 0
    assert state(letter) == "too late"


def test_a_stopped_kind_is_taken_back_though_the_choice_came_after_the_plan() -> None:
    person = make_client()
    opt_out(person, "session-week", by=person)
    letter = due_letter(person, "session-week", zone=where_it_is_noon())
    assert send_due() == 0
    assert state(letter) == "stopped"


def test_stopping_one_kind_leaves_the_others() -> None:
    person = make_client()
    opt_out(person, "check-in", by=person)
    due_letter(person, "appointment-changed")
    assert send_due() == 1


def test_a_pause_rests_notes_but_never_appointments() -> None:
    person = make_client()
    pause(person, timezone.now() + timedelta(days=3), by=person)
    note = due_letter(person, "check-in", zone=where_it_is_noon())
    about_it = due_letter(person, "session-week", zone=where_it_is_noon())
    assert send_due() == 1
    assert (state(note), state(about_it)) == ("paused", "sent")


def test_in_quiet_hours_that_were_chosen_later_a_letter_waits_for_their_end() -> None:
    person = make_client(zone="UTC")
    hour = timezone.now().hour
    Preferences.objects.create(person=person, quiet_from=time(hour), quiet_until=time((hour + 2) % 24))
    letter = due_letter(person, "session-week", due_at=timezone.now() - timedelta(minutes=11))
    Letter.objects.update(zone="UTC")
    assert send_due() == 0
    letter.refresh_from_db()
    assert letter.try_at.time() == time((hour + 2) % 24)
    assert letter.lease_until is None


def test_on_a_quiet_day_only_what_is_allowed_goes_out() -> None:
    person, now = make_client(), timezone.now()
    hush(uuid4(), person, Span(now - timedelta(hours=1), now + timedelta(hours=12)))
    nudge = due_letter(person, "session-today", zone=where_it_is_noon())
    change = due_letter(person, "appointment-changed")
    send_due()
    assert (state(nudge), state(change)) == ("waits", "sent")


def test_a_closed_account_gets_nothing() -> None:
    letter = due_letter(make_client(is_active=False))
    assert send_due() == 0
    assert state(letter) == "account closed"


def where_it_is_noon() -> str:
    """A zone whose wall clock now shows an hour well outside quiet hours, at any time of the day."""
    offset = 13 - timezone.now().hour
    offset = offset + 24 if offset < -11 else offset
    return f"Etc/GMT{-offset:+d}"


def at_night() -> str:
    """A zone whose wall clock now shows an hour deep inside quiet hours."""
    offset = 2 - timezone.now().hour
    offset = offset + 24 if offset < -11 else offset
    return f"Etc/GMT{-offset:+d}"


def test_an_answer_to_what_somebody_just_asked_for_comes_at_night_too() -> None:
    person = make_client(zone=at_night())
    plan([planned("consultation-after", person)])
    Letter.objects.update(try_at=F("try_at") - timedelta(minutes=1))  # the database's now() stands still in a transaction
    assert send_due() == 1


def test_what_nobody_asked_for_waits_for_the_morning() -> None:
    person = make_client(zone=at_night())
    plan([planned("new-request", person, asked=False)])
    letter = Letter.objects.get()
    assert send_due() == 0
    assert letter.due_at.astimezone(ZoneInfo(person.zone)).time() == time(8)


def test_a_kind_that_is_off_until_turned_on_is_not_planned() -> None:
    plan([planned("session-two-days", make_client(), due_at=timezone.now() + timedelta(days=1))])
    assert not Letter.objects.exists()
