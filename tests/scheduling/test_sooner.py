"""Something sooner: one time to one person, the oldest fitting wish first, held two hours, and on to the next."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.http import Http404
from django.utils import timezone

from koru.people.consents import withdraw_consent
from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT
from koru.reminders.rendering import rendered
from koru.sealing.keyring import keyring
from scheduling.answering_sooner import OfferOver, accept_sooner, pass_sooner
from scheduling.cancelling import cancel
from scheduling.models import Appointment, AvailabilityRule, SoonerOffer, SoonerWish
from scheduling.moving import move
from scheduling.offering_sooner import answers_until, matches, offer, offer_freed_times
from scheduling.refusals import DecideTomorrow, Refused, TimeTaken
from scheduling.waiting import Waits, wait_for_sooner, wait_no_more
from tests.people import make_client, make_therapist

from .practice import Practice, at, kind_of
from .sooner import Line, line_of

Clock = Callable[[str], time_machine.Traveller]


@pytest.fixture
def line(practice: Practice) -> Line:
    """Two clients with sessions on 14 and 15 December who wait; each earlier day has its own; it is noon, 24 November."""
    return line_of(practice)


def tick() -> int:
    with keyring():
        return offer_freed_times(timezone.now())


def offers() -> list[tuple[str, str]]:
    rows = SoonerOffer.objects.order_by("made_at", "wish__made_at").select_related("wish__client")
    return [(one.wish.name, one.answer) for one in rows]


def test_nothing_is_offered_while_nothing_is_free(line: Line) -> None:
    assert tick() == 0


def test_a_cancelled_time_goes_to_the_oldest_wish_and_is_held_two_hours(line: Line) -> None:
    line.free()
    assert [tick(), tick()] == [1, 0]
    made = SoonerOffer.objects.get()
    assert (made.wish.client, made.start) == (line.first, line.freed.starts)
    assert made.until == timezone.now() + timedelta(hours=2)
    assert made.held is not None
    assert (made.held.state, made.held.held_until) == ("held", made.until)
    (letter,) = Letter.objects.filter(UNSENT, kind="waitlist-open").select_related("to")
    assert letter.to == line.first
    with keyring():
        assert "/sessions/sooner/" in rendered(letter, line.practice.clinic, timezone.now()).text


def test_what_is_offered_is_nobody_elses_until_it_is_over_and_then_stands_in_nobodys_way(line: Line, clock: Clock) -> None:
    line.free()
    tick()
    other = line.somebody()
    with pytest.raises(TimeTaken):
        line.practice.book(line.freed.starts, client=other, by=other)
    clock("2026-11-24T19:00:00Z")  # nobody looks after it any more
    assert line.practice.book(line.freed.starts, client=other, by=other).state == "booked"
    assert SoonerOffer.objects.get().held is None


def test_not_answered_it_goes_on_to_the_next_and_the_place_in_line_stays(line: Line, clock: Clock) -> None:
    line.free()
    tick()
    clock("2026-11-24T19:00:00Z")
    assert tick() == 1
    assert offers() == [(line.first.display_name, "expired"), (line.second.display_name, "")]
    assert SoonerWish.objects.filter(ended_at=None).count() == 2
    with pytest.raises(OfferOver):
        accept_sooner(SoonerOffer.objects.filter(answer="expired").get().pk, by=line.first)


def test_passed_on_it_goes_to_the_next_at_once_and_is_never_offered_again(line: Line, clock: Clock) -> None:
    line.free()
    tick()
    made = SoonerOffer.objects.get()
    for _ in range(2):
        pass_sooner(made.pk, by=line.first)
    assert not Letter.objects.filter(UNSENT, kind="waitlist-open").exists()
    tick()
    assert offers() == [(line.first.display_name, "passed"), (line.second.display_name, "")]
    clock("2026-11-24T20:00:00Z")
    assert tick() == 0


def test_accepted_the_later_one_moves_with_its_uid_and_is_offered_on_in_turn(line: Line) -> None:
    line.free()
    tick()
    made = SoonerOffer.objects.get()
    later = line.appointments[line.first]
    was = later.starts
    with keyring():
        first, again = (accept_sooner(made.pk, by=line.first) for _ in range(2))
    assert first.pk == again.pk == later.pk
    later.refresh_from_db()
    assert (later.starts, later.revision, later.state) == (line.freed.starts, 1, "booked")
    assert Appointment.objects.filter(state="held").count() == 0
    assert SoonerWish.objects.filter(client=line.first, ended_at=None).count() == 0
    assert tick() == 1
    assert SoonerOffer.objects.get(answer="").wish.client == line.second
    assert SoonerOffer.objects.get(answer="").start == was


def test_who_cancels_leaves_the_line_and_who_is_cancelled_stays_in_it(line: Line) -> None:
    with keyring():
        cancel(line.appointments[line.first], by=line.first, reason="plans")
        cancel(line.appointments[line.second], by=line.practice.staff, reason="therapist_away")
    assert [one.client for one in SoonerWish.objects.filter(ended_at=None)] == [line.second]


def test_nobody_is_offered_a_time_they_gave_up_themselves(line: Line) -> None:
    with keyring():
        move(line.appointments[line.second], at("2026-12-16 10:00"), by=line.second)
    line.leave(line.first)
    assert tick() == 0
    line.free()
    assert tick() == 1
    assert SoonerOffer.objects.get().start == line.freed.starts


def test_hours_that_are_added_are_offered_too(line: Line) -> None:
    day = at("2026-11-30 18:00")
    AvailabilityRule.objects.create(
        therapist=line.practice.therapist,
        weekday=1,
        opens="17:30",
        closes="22:00",
        valid=(day.date(), day.date() + timedelta(days=1)),
    )
    assert tick() == 1
    assert SoonerOffer.objects.get().start == at("2026-11-30 18:00")


@pytest.mark.parametrize(
    ("wants", "offered"),
    [
        ({"weekdays": [2]}, False),
        ({"weekdays": [1, 2]}, True),
        ({"parts": ["afternoon"]}, False),
        ({"parts": ["morning"]}, True),
        ({"first_day": at("2026-12-08 00:00").date()}, False),
        ({"last_day": at("2026-12-06 00:00").date()}, False),
        ({"last_day": at("2026-12-07 00:00").date()}, True),
        ({"notice_hours": 24 * 14}, False),
        ({"notice_hours": 24 * 12}, True),
    ],
)
def test_wishes_are_kept_to(line: Line, wants: dict[str, object], offered: bool) -> None:
    """What is freed is the morning of Monday 7 December."""
    line.leave(line.second)
    line.wants(line.first, **wants)
    line.free()
    assert tick() == int(offered)


def test_at_night_no_letter_goes_and_the_two_hours_count_from_the_morning(line: Line, clock: Clock) -> None:
    clock("2026-11-25T03:30:00Z")  # half past ten in the evening
    line.free()
    tick()
    made, letter = SoonerOffer.objects.get(), Letter.objects.get(UNSENT, kind="waitlist-open")
    assert letter.due_at == at("2026-11-25 08:00")
    assert made.until == at("2026-11-25 10:00")


def test_through_the_night_in_which_clocks_change_two_hours_stay_two_hours(line: Line, clock: Clock) -> None:
    wish = SoonerWish.objects.get(client=line.first)
    for evening, until in (("2027-03-14T03:00:00Z", "2027-03-14T14:00:00Z"), ("2027-11-07T02:00:00Z", "2027-11-07T15:00:00Z")):
        clock(evening)
        assert answers_until(wish, timezone.now()) == datetime.fromisoformat(until)


def test_nothing_is_offered_without_consent_nor_within_a_day_of_a_session(line: Line, clock: Clock) -> None:
    line.free()
    withdraw_consent(line.first, "treatment", by=line.first)
    line.just_over(line.second)
    assert tick() == 0


def test_within_a_day_of_a_session_nothing_is_taken_either(line: Line) -> None:
    line.free()
    tick()
    line.just_over(line.first)
    with pytest.raises(DecideTomorrow), keyring():
        accept_sooner(SoonerOffer.objects.get().pk, by=line.first)
    assert SoonerOffer.objects.get().answer == ""
    assert Appointment.objects.filter(state="held").count() == 1


def test_a_wish_ends_with_the_appointment_it_is_about_and_when_they_leave(line: Line, clock: Clock) -> None:
    wait_no_more(SoonerWish.objects.get(client=line.second), by=line.practice.staff)
    clock("2026-12-14T15:00:00Z")
    tick()
    assert not SoonerWish.objects.filter(ended_at=None).exists()


def test_leaving_lets_a_held_time_go(line: Line) -> None:
    line.free()
    tick()
    for _ in range(2):
        wait_no_more(SoonerWish.objects.get(client=line.first), by=line.first)
    assert not Appointment.objects.filter(state="held").exists()
    assert tick() == 1
    assert SoonerOffer.objects.get(answer="").wish.client == line.second


def test_changing_a_wish_keeps_the_place_in_line(line: Line, clock: Clock) -> None:
    made = SoonerWish.objects.get(client=line.first).made_at
    clock("2026-11-24T18:00:00Z")
    line.wants(line.first, weekdays=[1])
    wish = SoonerWish.objects.get(client=line.first)
    assert (wish.made_at, wish.weekdays) == (made, [1])


def test_without_an_appointment_a_new_one_is_booked(line: Line) -> None:
    """With any of one's own therapists."""
    for one in (line.first, line.second):
        line.leave(one)
    newcomer = line.somebody()
    wait_for_sooner(Waits(kind=kind_of("dosing")), by=newcomer)
    line.free()
    tick()
    with keyring():
        made = accept_sooner(SoonerOffer.objects.get().pk, by=newcomer)
    assert (made.client, made.starts, made.state) == (newcomer, line.freed.starts, "booked")


def test_another_therapist_of_ones_own_takes_over_and_the_first_is_told(line: Line) -> None:
    line.leave(line.second)
    other = line.second_therapist(line.first)
    line.wants(line.first, therapist=None)
    tick()
    made = SoonerOffer.objects.get()
    assert made.therapist == other
    with keyring():
        accept_sooner(made.pk, by=line.first)
    told = Letter.objects.filter(UNSENT, kind="appointment-changed")
    assert {(one.to_id, one.context.get("variant", "")) for one in told} == {
        (line.first.pk, ""),
        (other.pk, ""),
        (line.practice.therapist.pk, "cancelled"),
    }


def test_the_desk_offers_by_hand_what_is_too_near_for_the_clock(line: Line) -> None:
    wish = SoonerWish.objects.get(client=line.first)
    line.free_tomorrow()
    assert tick() == 0
    found = next(matches(wish, timezone.now(), by=line.practice.staff))
    with keyring():
        made = offer(wish, found.start, found.therapist_id, by=line.practice.staff)
        taken = accept_sooner(made.pk, by=line.first)
    assert taken.starts == at("2026-11-25 10:00")


@pytest.mark.parametrize("whose", ["second", "staff", "stranger"])
def test_it_is_theirs_alone(line: Line, whose: str) -> None:
    line.free()
    tick()
    by = {"second": line.second, "staff": line.practice.staff, "stranger": make_client()}[whose]
    for act in (accept_sooner, pass_sooner):
        with pytest.raises(Http404):
            act(SoonerOffer.objects.get().pk, by=by)
    stranger = make_therapist()
    with pytest.raises(Http404):
        wait_no_more(SoonerWish.objects.get(client=line.first), by=stranger)
    with pytest.raises(Http404):
        wait_for_sooner(Waits(kind=kind_of("dosing"), about=line.appointments[line.first]), by=make_client())
    with pytest.raises(Refused):
        wait_for_sooner(Waits(kind=kind_of("integration"), about=line.appointments[line.first]), by=line.first)
