"""Real times: here, begun, ended, and put right. What follows counts from the end as it stands, and history keeps the rest."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.http import Http404
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from journaling.reminders import plan_prompts
from koru.moments.spans import Span
from koru.moments.walltime import instants_of
from koru.reminders.models import Hush, Letter
from koru.reminders.planning import UNSENT
from koru.reminders.rendering import rendered
from koru.sealing.keyring import keyring
from scheduling.day_forms import RealTimesForm
from scheduling.day_state import day_of
from scheduling.history import history_of
from scheduling.models import Appointment
from scheduling.phases import Phase
from scheduling.putting_right import RealTimes, put_right
from scheduling.refusals import NotNow
from scheduling.session_day import arrive, came_after_all, end, miss, not_here, start
from scheduling.sessions import phase_of
from tests.people import make_client, make_therapist

from .practice import NEW_YORK, Practice, at

Clock = Callable[[str], time_machine.Traveller]


@pytest.fixture
def session(practice: Practice, clock: Clock) -> Appointment:
    """A dosing session at two in the afternoon; it is ten to two."""
    made = practice.book(at("2026-12-01 14:00"))
    clock("2026-12-01T18:50:00Z")
    return made


def told(appointment: Appointment) -> list[str]:
    return [line.words for line in history_of(appointment, NEW_YORK)]


def real(appointment: Appointment, **changed: datetime | None) -> RealTimes:
    appointment.refresh_from_db()
    was = RealTimes.of(appointment)
    named = {"arrived_at": was.arrived_at, "started_at": was.started_at, "ended_at": was.ended_at}
    return RealTimes(**{**named, **changed})


def test_one_tap_says_that_they_are_here_and_twice_is_as_once(practice: Practice, session: Appointment, clock: Clock) -> None:
    assert arrive(session, by=practice.staff).arrived_at == at("2026-12-01 13:50")
    clock("2026-12-01T18:55:00Z")
    assert arrive(session, by=practice.therapist).arrived_at == at("2026-12-01 13:50")
    assert told(session) == ["Booked, Tue 1 Dec, 2:00 pm", "Here at 1:50 pm"]


def test_a_tap_by_mistake_is_taken_back_and_stays_in_the_history(practice: Practice, session: Appointment) -> None:
    arrive(session, by=practice.staff)
    for _ in range(2):
        assert not_here(session, by=practice.staff).arrived_at is None
    assert told(session)[1:] == ["Here at 1:50 pm", "Not here after all"]
    assert arrive(session, by=practice.staff).arrived_at
    start(session, by=practice.therapist)
    with pytest.raises(NotNow):
        not_here(session, by=practice.staff)


@pytest.mark.parametrize("instant", ["2026-12-01T16:59:00Z", "2026-12-01T21:30:00Z", "2026-11-30T19:00:00Z"])
def test_nobody_is_here_hours_before_nor_after_the_end(
    practice: Practice, session: Appointment, clock: Clock, instant: str
) -> None:
    clock(instant)
    with pytest.raises(NotNow):
        arrive(session, by=practice.staff)


def test_an_early_end_keeps_its_reason_and_one_in_time_keeps_none(practice: Practice, session: Appointment, clock: Clock) -> None:
    start(session, by=practice.therapist)
    clock("2026-12-01T20:00:00Z")
    end(session, by=practice.therapist, reason="complete")
    assert told(session)[-1] == "Ended at 3:00 pm: it was complete"
    assert day_of(Appointment.objects.get(), NEW_YORK, timezone.now()).ended_early
    other = practice.book(at("2026-12-02 10:00"), kind="integration", by=practice.staff)
    clock("2026-12-02T16:00:00Z")
    end(other, by=practice.therapist, reason="complete")
    assert told(other)[-1] == "Ended at 11:00 am"


def test_who_comes_late_is_said_to_be_late_and_how_long_it_can_still_last(
    practice: Practice, session: Appointment, clock: Clock
) -> None:
    def day() -> tuple[int, bool, int]:
        state = day_of(Appointment.objects.get(), NEW_YORK, timezone.now())
        return state.minutes_late, state.waits_for_them, state.minutes_left

    clock("2026-12-01T19:09:59Z")
    assert day() == (0, True, 140)
    clock("2026-12-01T19:25:00Z")
    assert day() == (25, True, 125)
    arrive(session, by=practice.staff)
    clock("2026-12-01T19:40:00Z")
    assert day() == (25, False, 110)


def test_times_put_right_move_the_first_morning_back_and_forth_and_it_comes_once(
    practice: Practice, session: Appointment, clock: Clock
) -> None:
    start(session, by=practice.therapist)
    clock("2026-12-02T05:30:00Z")
    end(session, by=practice.therapist)
    for ended, morning in (("12-01 16:35", "12-02"), ("12-02 00:20", "12-03"), ("12-01 16:40", "12-02")):
        put_right(session, real(session, ended_at=at(f"2026-{ended}")), by=practice.therapist)
        (letter,) = Letter.objects.filter(UNSENT, kind="first-morning")
        assert letter.due_at == at(f"2026-{morning} 09:00")
    Letter.objects.filter(kind="first-morning").update(handed_at=timezone.now(), sent_at=timezone.now())
    put_right(session, real(session, ended_at=at("2026-12-02 00:20")), by=practice.therapist)
    assert not Letter.objects.filter(UNSENT, kind="first-morning").exists()


def test_what_is_offered_to_write_counts_from_the_actual_end(practice: Practice, session: Appointment, clock: Clock) -> None:
    """Ended before four in the morning, it still belongs to the day before."""
    start(session, by=practice.therapist)
    clock("2026-12-02T10:00:00Z")
    for ended in (at("2026-12-02 01:40"), at("2026-12-01 16:30")):
        end(session, by=practice.therapist, at=ended)
        assert phase_of(practice.client, at("2026-12-03 12:00")).days_since == 2
    clock("2026-12-02T15:00:00Z")
    assert plan_prompts(timezone.now()) == 1
    assert Letter.objects.get(UNSENT, kind="prompt-ready").due_at == at("2026-12-03 10:00")
    assert phase_of(practice.client, at("2026-12-03 12:00")).phase is Phase.DAYS_2_7


def test_an_end_put_right_to_another_day_moves_the_prompts_with_it(practice: Practice, clock: Clock) -> None:
    session = practice.book(at("2026-12-01 14:00"))
    Appointment.objects.filter(pk=session.pk).update(started_at=at("2026-12-01 17:00"))
    clock("2026-12-02T09:30:00Z")
    end(session, by=practice.therapist, at=at("2026-12-02 04:10"))
    clock("2026-12-02T15:30:00Z")
    plan_prompts(timezone.now())
    assert not Letter.objects.filter(UNSENT, kind="prompt-ready").exists()
    put_right(session, real(session, ended_at=at("2026-12-01 17:30")), by=practice.therapist)
    plan_prompts(timezone.now())
    assert Letter.objects.get(UNSENT, kind="prompt-ready").due_at == at("2026-12-03 10:00")
    put_right(session, real(session, ended_at=at("2026-12-02 04:10")), by=practice.therapist)
    plan_prompts(timezone.now())
    assert not Letter.objects.filter(UNSENT, kind="prompt-ready").exists()


def test_a_start_put_right_moves_the_quiet_day_and_keeps_what_was_there(
    practice: Practice, session: Appointment, clock: Clock
) -> None:
    start(session, by=practice.therapist)
    clock("2026-12-01T21:40:00Z")
    end(session, by=practice.therapist)
    put_right(session, real(session, started_at=at("2026-12-01 14:05")), by=practice.staff)
    assert Hush.objects.get().during.lower == at("2026-12-01 14:05")
    assert told(session)[-1] == "Began at 2:05 pm, not at 1:50 pm"
    before = session.changes.count()
    put_right(session, real(session), by=practice.staff)
    assert session.changes.count() == before


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"started_at": at("2026-12-01 23:00")}, "time to come"),
        ({"arrived_at": at("2026-12-01 11:59")}, "two hours before"),
        ({"ended_at": None}, "say when"),
        ({"started_at": None}, "when it began"),
        ({"ended_at": at("2026-12-01 13:00")}, "after the start"),
        ({"ended_at": at("2026-12-01 17:00")}, "time to come"),
    ],
)
def test_times_that_cannot_be_are_refused_and_nothing_changes(
    practice: Practice, session: Appointment, clock: Clock, changed: dict[str, datetime | None], words: str
) -> None:
    start(session, by=practice.therapist)
    clock("2026-12-01T21:40:00Z")
    end(session, by=practice.therapist)
    before = real(session)
    with pytest.raises(NotNow, match=words):
        put_right(session, real(session, **changed), by=practice.therapist)
    assert real(session) == before


def test_missed_a_kind_word_follows_in_two_minutes_and_none_when_it_is_undone(
    practice: Practice, session: Appointment, clock: Clock
) -> None:
    clock("2026-12-01T19:30:00Z")
    for reason, words in (("late", "that is all right"), ("clinic", "that was on our side")):
        miss(session, by=practice.staff, reason=reason)
        letter = Letter.objects.select_related("to").get(UNSENT, about=session.pk)
        assert letter.due_at == timezone.now() + timedelta(minutes=2)
        with keyring():
            assert words in rendered(letter, practice.clinic, timezone.now()).text
        for _ in range(2):
            came_after_all(session, by=practice.staff)
        assert not Letter.objects.filter(UNSENT, about=session.pk, kind="appointment-missed").exists()
        clock("2026-12-01T19:31:00Z")
    assert told(session)[-4:] == [
        "It did not take place: it was too late to begin",
        "It took place after all",
        "It did not take place: a reason of the clinic",
        "It took place after all",
    ]
    assert Hush.objects.get().about == session.pk
    assert start(session, by=practice.therapist).started_at


def test_the_day_is_its_therapists_and_the_desks_alone(practice: Practice, session: Appointment) -> None:
    for by in (practice.client, make_client(), make_therapist()):
        for act in (arrive, not_here, came_after_all):
            with pytest.raises(Http404):
                act(session, by=by)
        with pytest.raises(Http404):
            put_right(session, RealTimes(started_at=timezone.now()), by=by)


@given(
    day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    began=st.times(),
    length=st.integers(2, 700),
    zone=st.sampled_from(["America/New_York", "Australia/Lord_Howe", "Europe/Dublin", "Asia/Kathmandu", "America/St_Johns"]),
)
def test_an_end_read_from_the_wall_is_the_first_after_the_start_that_the_wall_shows(
    day: date, began: time, length: int, zone: str
) -> None:
    """Also past midnight, and in the hour that autumn repeats."""
    here = ZoneInfo(zone)
    starts = instants_of(day, began.replace(second=0, microsecond=0), here)[0]
    ended = starts + timedelta(minutes=length)
    made = Appointment(during=Span.lasting(starts, 150).range, started_at=starts)
    shown = {"started": f"{starts.astimezone(here):%H:%M}", "ended": f"{ended.astimezone(here):%H:%M}"}
    form = RealTimesForm(shown, appointment=made, zone=here)
    assert form.is_valid(), form.errors
    found = form.real.ended_at
    assert form.real.started_at == starts
    assert found is not None
    assert starts < found <= ended
    assert f"{found.astimezone(here):%H:%M}" == shown["ended"]
