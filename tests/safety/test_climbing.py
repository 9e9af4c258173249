"""Nobody has looked in time: more people are told, each step once; and a flag never stays with somebody who isn't there."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from koru.care.watching import watch
from koru.people.models import Alliance
from koru.reminders.models import Letter
from koru.reminders.rendering import rendered
from koru.safety.climbing import LAST, climb, steps_due
from koru.safety.clock import Hours, look_by
from koru.safety.flags import Flag
from koru.safety.handling import acknowledge, close
from koru.safety.levels import Level
from koru.safety.noticing import notice
from scheduling.availability import AvailabilityException
from tests.care.world import appointment
from tests.people import ally, make_therapist

from .flagged import NEW_YORK, SATURDAY, TUESDAY, House, local, steps, told

Clock = Callable[[str], object]
RAISED = local("2026-11-17T10:05")


def state(flag: Flag) -> tuple[int, str]:
    flag.refresh_from_db()
    return flag.climbed, flag.state


def test_an_urgent_one_tells_its_owner_at_once_and_who_is_on_call(house: House, clock: Clock) -> None:
    clock(TUESDAY)
    assert told(house.item9(2)) == [house.wren]
    house.put_on_call(house.hazel)
    assert set(told(house.item9(3))) == {house.wren}  # the same level, seen by nobody yet: nobody is rung twice
    close(Flag.objects.get().pk, "reached", "", by=house.wren)
    assert set(told(house.item9(2))) == {house.wren, house.hazel}


def test_it_climbs_at_one_two_and_four_times_the_wait_each_step_once(house: House, clock: Clock) -> None:
    clock(TUESDAY)
    house.put_on_call(make_therapist())
    flag = house.item9(2)
    for moment, climbed in (
        ("11:04:59", 0),
        ("11:05", 1),
        ("12:04:59", 1),
        ("12:05", 2),
        ("14:04", 2),
        ("14:05", 3),
        ("23:00", 3),
    ):
        clock(f"2026-11-17T{moment}-05:00")
        climb()
        climb()
        assert state(flag) == (climbed, "open")
    assert steps(flag).count("climbed") == 3
    on_call = house.clinic.on_call
    assert set(told(flag)[:2]) == {house.wren, on_call}
    assert told(flag)[2:] == [on_call, house.hazel]


def test_beats_that_were_away_are_made_up_for(house: House, clock: Clock) -> None:
    clock(TUESDAY)
    flag = house.item9(2)
    clock("2026-11-18T10:00:00-05:00")
    assert climb() == 3
    assert state(flag) == (3, "open")


def test_a_prompt_one_goes_to_clinical_leads_and_a_routine_one_rings_nowhere(house: House, clock: Clock) -> None:
    clock(TUESDAY)
    prompt = house.item9(1)
    (routine,) = notice(house.rowan, {"phq-9.change": 9}, about=uuid4(), by=house.rowan)
    clock("2026-11-20T10:05:00-05:00")
    assert climb() == 2
    assert told(prompt) == [house.wren, house.hazel]
    assert told(routine) == []
    assert (state(prompt), state(routine)) == ((1, "open"), (1, "open"))


def test_once_seen_it_climbs_no_more_and_its_letters_are_taken_back(house: House, clock: Clock) -> None:
    clock(TUESDAY)
    flag = house.item9(2)
    acknowledge(flag.pk, by=house.wren)
    clock("2026-11-17T20:00:00-05:00")
    assert climb() == 0
    assert told(flag) == []
    assert state(flag) == (0, "acknowledged")


def test_on_call_is_told_at_night_and_the_therapist_in_the_morning(house: House, clock: Clock) -> None:
    clock(SATURDAY)
    house.put_on_call(house.hazel)
    flag = house.item9(3)
    assert flag.due_at == local("2026-11-21T23:00")
    due = {letter.to: letter.due_at for letter in Letter.objects.filter(about=flag.pk)}
    assert due[house.hazel] == timezone.now()
    assert due[house.wren] == local("2026-11-22T08:00")


def test_the_letter_says_no_more_than_that(house: House) -> None:
    house.item9(3)
    letter = Letter.objects.get(kind="flag")
    assert letter.context == {"path": "/care/flags/"}


def test_a_therapist_who_is_away_today_is_stood_in_for_and_has_it_back_tomorrow(house: House, clock: Clock) -> None:
    clock(TUESDAY)
    flag = house.item9(2)
    AvailabilityException.objects.create(therapist=house.wren, what="away", on=local(TUESDAY[:19]).date())
    watch()
    flag.refresh_from_db()
    assert (flag.owner, steps(flag)[-1]) == (house.hazel, "handed")
    assert house.hazel in told(flag)
    clock("2026-11-18T09:00:00-05:00")
    watch()
    flag.refresh_from_db()
    assert flag.owner == house.wren


def test_hours_away_that_are_over_are_no_absence(house: House, clock: Clock) -> None:
    clock(TUESDAY)
    flag = house.item9(1)
    day = local(TUESDAY[:19]).date()
    AvailabilityException.objects.create(therapist=house.wren, what="away", on=day, opens="08:00", closes="10:05")
    watch()
    flag.refresh_from_db()
    assert flag.owner == house.wren


def test_a_flag_follows_its_client_to_another_therapist(house: House) -> None:
    flag = house.item9(1)
    Alliance.objects.update(until=timezone.now())
    other = make_therapist()
    ally(house.rowan, other)
    watch()
    flag.refresh_from_db()
    assert flag.owner == other


def test_with_everybody_away_it_stays_with_somebody(house: House) -> None:
    flag = house.item9(1)
    for one in (house.wren, house.hazel):
        AvailabilityException.objects.create(therapist=one, what="away", on=timezone.now().astimezone(NEW_YORK).date())
    watch()
    flag.refresh_from_db()
    assert flag.owner == house.wren


def test_a_routine_one_is_due_before_the_next_appointment(house: House, clock: Clock) -> None:
    clock(TUESDAY)
    (flag,) = notice(house.rowan, {"phq-9.change": 9}, about=uuid4(), by=house.rowan)
    prompt = house.item9(1)
    meeting = local("2026-11-17T12:00")
    appointment(house.rowan, house.wren, meeting)
    appointment(house.rowan, house.wren, meeting + timedelta(hours=3), "booked")
    watch()
    flag.refresh_from_db()
    prompt.refresh_from_db()
    assert flag.due_at == meeting
    assert prompt.due_at == local("2026-11-17T14:05")


@given(st.sampled_from(Level), st.integers(0, 60 * 24 * 14), st.integers(0, 60 * 24 * 14), st.booleans())
def test_steps_only_ever_come_and_never_more_than_there_are(level: Level, one: int, two: int, on_call: bool) -> None:
    hours = Hours(NEW_YORK, on_call=on_call)
    due = look_by(level, RAISED, hours)
    early, late = sorted((RAISED + timedelta(minutes=one), RAISED + timedelta(minutes=two)))
    before, after = (steps_due(level, due, RAISED, hours, moment) for moment in (early, late))
    assert 0 <= before <= after <= LAST[level]
    assert (before >= 1) == (early >= due)


@pytest.mark.parametrize("outcome", ["reached", "nothing"])
def test_nothing_closes_by_itself(house: House, clock: Clock, outcome: str) -> None:
    clock(TUESDAY)
    flag = house.item9(2)
    clock("2027-11-17T10:05:00-05:00")
    watch()
    assert state(flag) == (3, "open")
    assert close(flag.pk, outcome, "", by=house.wren).outcome == outcome


def test_the_letter_can_be_written_and_names_neither_client_nor_cause(house: House) -> None:
    flag = house.item9(3)
    said = rendered(Letter.objects.get(about=flag.pk), house.clinic, timezone.now())
    assert said.subject == "Something needs your attention"
    assert "/care/flags/" in said.text
    assert not any(word in said.text for word in (house.rowan.display_name, "PHQ", str(flag.pk), "flag was"))
