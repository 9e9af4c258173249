"""Letters of an appointment: the right ones, once, in words that can be rendered, and none for a time that no longer holds."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

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
from scheduling.models import Appointment, AppointmentKind
from scheduling.moving import move
from scheduling.reminders import ANSWERED, replan_for
from scheduling.session_day import end, miss, start
from scheduling.telling import UNDO

from .practice import Practice, at, works


def due(appointment: Appointment, to: Person | None = None) -> dict[str, datetime]:
    """What would still be sent about it, by kind."""
    letters = Letter.objects.filter(UNSENT, about=appointment.pk, to=to or appointment.client)
    return {f"{one.kind}{one.context.get('variant', '')}": one.due_at for one in letters}


def utc(words: str) -> datetime:
    return datetime.fromisoformat(words).astimezone(UTC)


def test_a_session_reminds_a_week_a_day_and_two_hours_before_and_the_morning_after(practice: Practice) -> None:
    planned = due(practice.book(at("2026-12-16 10:00")))
    assert planned["appointment-booked"] == timezone.now()
    assert planned["session-week"] == at("2026-12-09 10:00")
    assert planned["session-tomorrow"] == at("2026-12-15 10:00")
    assert planned["session-today"] == at("2026-12-16 08:00")
    assert planned["first-morning"] == at("2026-12-17 09:00")


@pytest.mark.parametrize(("begins", "today"), [("10:00", "08:00"), ("09:00", "08:00"), ("08:30", None)])
def test_two_hours_before_waits_for_eight_or_is_left_out(practice: Practice, begins: str, today: str | None) -> None:
    AppointmentKind.objects.update(grid=30)
    works(practice.therapist, "07:00", "17:00")
    planned = due(practice.book(at(f"2026-12-16 {begins}")))
    assert planned.get("session-today") == (at(f"2026-12-16 {today}") if today else None)


def test_booked_thirty_hours_before_the_week_is_not_announced(practice: Practice) -> None:
    planned = due(practice.book(at("2026-11-25 16:00"), kind="integration"))
    assert set(planned) == {"appointment-booked", "meeting-tomorrow", "connection"}
    planned = due(practice.book(at("2026-11-27 10:00"), by=practice.staff))
    assert not {"session-week", "session-two-days"} & set(planned)
    assert {"session-tomorrow", "session-today"} <= set(planned)


def test_moved_nothing_is_sent_for_the_old_time_and_all_for_the_new(practice: Practice) -> None:
    made = practice.book(at("2026-12-16 10:00"))
    move(made, at("2026-12-18 14:00"), by=practice.client)
    planned = due(made)
    assert planned["appointment-changed"] == timezone.now() + UNDO
    assert planned["session-tomorrow"] == at("2026-12-17 14:00")
    assert planned["session-today"] == at("2026-12-18 12:00")
    assert "appointment-booked" not in planned
    letters = Letter.objects.filter(UNSENT, about=made.pk, kind__startswith="session")
    assert {one.context["starts"] for one in letters} == {at("2026-12-18 14:00").astimezone(UTC).isoformat()}
    assert Hush.objects.get().during.lower == at("2026-12-18 14:00")


def test_moved_late_to_later_that_day_says_so_once_without_a_second_tomorrow(
    practice: Practice, clock: Callable[[str], time_machine.Traveller]
) -> None:
    made = practice.book(at("2026-12-02 10:00"))
    clock("2026-12-01T22:00:00Z")
    move(made, at("2026-12-02 14:00"), by=practice.staff, reason="room")
    planned = due(made)
    assert "appointment-changed" in planned
    assert "session-tomorrow" not in planned
    assert planned["session-today"] == at("2026-12-02 12:00")


def test_there_and_back_again_reminds_once_for_the_first_time(practice: Practice) -> None:
    made = practice.book(at("2026-12-16 10:00"))
    for day in ("17", "16"):
        move(made, at(f"2026-12-{day} 10:00"), by=practice.client)
    assert due(made)["session-tomorrow"] == at("2026-12-15 10:00")
    assert Letter.objects.filter(UNSENT, about=made.pk, kind="session-tomorrow").count() == 1


def test_cancelled_everything_is_withdrawn_but_the_word_that_it_is(practice: Practice) -> None:
    made = practice.book(at("2026-12-16 10:00"))
    cancel(made, by=practice.client, reason="plans")
    assert set(due(made)) == {"appointment-changedcancelled"}
    assert set(due(made, practice.therapist)) == {"appointment-changedcancelled"}
    assert not Hush.objects.exists()


def test_a_therapist_is_not_written_to_about_their_own_deed(practice: Practice) -> None:
    made = practice.book(at("2026-12-16 10:00"))
    move(made, at("2026-12-17 10:00"), by=practice.therapist)
    assert due(made, practice.therapist) == {}
    assert "appointment-changed" in due(made)


def test_missed_it_is_as_if_it_had_not_been_but_for_a_kind_word(
    practice: Practice, clock: Callable[[str], time_machine.Traveller]
) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    clock("2026-12-01T15:20:00Z")
    miss(made, by=practice.therapist)
    assert set(due(made)) == {"appointment-missed"}
    assert not Hush.objects.exists()


def test_the_first_morning_follows_the_actual_end_and_comes_once(
    practice: Practice, clock: Callable[[str], time_machine.Traveller]
) -> None:
    made = practice.book(at("2026-12-01 14:00"))
    clock("2026-12-01T19:05:00Z")
    start(made, by=practice.therapist)
    clock("2026-12-02T05:30:00Z")
    end(made, by=practice.therapist)
    assert due(made)["first-morning"] == at("2026-12-03 09:00")
    end(made, by=practice.therapist, at=at("2026-12-01 16:35"))
    assert due(made)["first-morning"] == at("2026-12-02 09:00")
    assert Letter.objects.filter(UNSENT, kind="first-morning").count() == 1


def test_how_it_was_is_asked_that_evening_the_next_morning_or_after_a_session_on_day_2(practice: Practice) -> None:
    assert due(practice.book(at("2026-12-09 10:00"), kind="integration"))["connection"] == at("2026-12-09 18:00")
    works(practice.therapist, "09:00", "20:00")
    late = practice.book(at("2026-12-10 17:30"), kind="integration", by=practice.staff)
    assert due(late)["connection"] == at("2026-12-11 09:00")
    assert due(practice.book(at("2026-12-16 10:00")))["connection"] == at("2026-12-18 18:00")
    cancel(late, by=practice.client, reason="plans")
    assert "connection" not in due(late)


def test_how_it_was_is_asked_after_the_real_end_and_only_once(
    practice: Practice, clock: Callable[[str], time_machine.Traveller]
) -> None:
    made = practice.book(at("2026-12-01 16:00"), kind="integration")
    clock("2026-12-01T23:20:00Z")
    end(made, by=practice.therapist)
    assert due(made)["connection"] == at("2026-12-02 09:00")
    Letter.objects.filter(UNSENT, about=made.pk, kind="connection").update(withdrawn_at=timezone.now(), withdrawn_why=ANSWERED)
    end(made, by=practice.therapist, at=at("2026-12-01 17:30"))
    assert "connection" not in due(made)


def test_every_letter_can_be_rendered_and_names_no_therapist_and_no_kind(practice: Practice) -> None:
    with keyring():
        made = practice.book(at("2026-12-16 10:00"))
        practice.book(at("2026-12-18 10:00"), kind="integration", place="phone")
        move(made, at("2026-12-17 10:00"), by=practice.client)
        cancel(made, by=practice.staff, reason="clinic")
        letters = list(Letter.objects.select_related("to"))
        for letter in letters:
            words = rendered(letter, the_clinic(), timezone.now())
            said = f"{words.subject} {words.text}"
            assert practice.therapist.display_name not in said.replace(f"Hello {practice.therapist.display_name}", "")
            assert not [word for word in ("dosing", "ntegration", "therap", "ketamine") if word in said]
    assert {"appointment-booked", "session-week", "meeting-tomorrow", "first-morning"} <= {one.kind for one in letters}


def test_a_client_who_moves_zone_is_reminded_by_the_new_clock_and_what_went_out_stays_out(practice: Practice) -> None:
    made = practice.book(at("2026-12-16 10:00"))
    gone = Letter.objects.get(about=made.pk, kind="session-week")
    gone.handed_at = gone.sent_at = timezone.now()
    gone.save()
    for zone in ("America/Los_Angeles", "America/New_York", "America/Los_Angeles"):
        practice.client.zone = zone
        practice.client.save()
        replan_for(practice.client)
    planned = due(made)
    assert planned["session-tomorrow"] == at("2026-12-15 08:00", ZoneInfo("America/Los_Angeles"))
    assert planned["first-morning"] == at("2026-12-17 09:00", ZoneInfo("America/Los_Angeles"))
    assert "session-today" not in planned
    assert Letter.objects.filter(about=made.pk, kind="session-week").count() == 1
    assert Hush.objects.get().during.upper == at("2026-12-17 08:00", ZoneInfo("America/Los_Angeles"))


def test_therapist_in_adelaide_and_client_in_los_angeles_are_told_one_instant_each_by_their_own_clock(practice: Practice) -> None:
    practice.client.zone, practice.therapist.zone = "America/Los_Angeles", "Australia/Adelaide"
    practice.client.save()
    practice.therapist.save()
    with keyring():
        made = practice.book(at("2026-12-15 16:00"), kind="integration")
        move(made, at("2026-12-16 16:00"), by=practice.staff)
        letters = Letter.objects.select_related("to").filter(UNSENT, kind="appointment-changed")
        said = {one.to_id: rendered(one, the_clinic(), timezone.now()).text for one in letters}
    assert "Wednesday 16 December, 1:00 pm to 1:50 pm, Los Angeles time (PST)" in said[practice.client.pk]
    assert "Thursday 17 December, 7:30 am to 8:20 am, Adelaide time (ACDT)" in said[practice.therapist.pk]
