"""Moving and cancelling: the same row for life, inside the notice only by the clinic with a reason, nothing past or running."""

from collections.abc import Callable
from uuid import UUID

import pytest
import time_machine
from django.http import Http404

from koru.people.consents import withdraw_consent
from koru.privacy.looks import looks_at
from koru.reminders.models import Letter
from scheduling.cancelling import cancel
from scheduling.models import Appointment, AppointmentChange
from scheduling.moving import move
from scheduling.refusals import NotNow, NotOffered, NotReady, Refused, TimeTaken, TooLate
from scheduling.session_day import start
from tests.people import ally, make_client, make_room, make_therapist

from .practice import LONG_AGO, Practice, at, works

Clock = Callable[[str], time_machine.Traveller]


def test_a_move_keeps_row_minutes_and_room_and_counts_on(practice: Practice) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    make_room(name="A room that sorts first")
    moved = move(made, at("2026-12-02 11:00"), by=practice.client)
    assert (moved.pk, moved.revision, moved.span.minutes, moved.room) == (made.pk, 1, 150, practice.room)
    change = AppointmentChange.objects.get(what="moved")
    assert (change.was, change.became) == (at("2026-12-01 10:00"), at("2026-12-02 11:00"))


def test_a_move_may_overlap_its_own_old_time(practice: Practice) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    assert move(made, at("2026-12-01 11:00"), by=practice.client).starts == at("2026-12-01 11:00")


def test_to_the_time_it_has_nothing_happens(practice: Practice) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    letters = Letter.objects.count()
    assert move(made, at("2026-12-01 10:00"), by=practice.client).revision == 0
    assert Letter.objects.count() == letters


@pytest.mark.parametrize(("to", "refusal"), [("2026-12-02 10:00", TimeTaken), ("2026-12-02 22:00", NotOffered)])
def test_where_it_can_not_go_it_stays_with_all_its_letters(practice: Practice, to: str, refusal: type[Refused]) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    other = make_client()
    ally(other, practice.therapist, since=LONG_AGO)
    practice.book(at("2026-12-02 10:00"), kind="integration", client=other, by=other)
    before = list(Letter.objects.order_by("pk").values())
    with pytest.raises(refusal) as refused:
        move(made, at(to), by=practice.client)
    assert len(refused.value.nearest) == 3
    made.refresh_from_db()
    assert (made.starts, made.revision) == (at("2026-12-01 10:00"), 0)
    assert list(Letter.objects.order_by("pk").values()) == before


def test_without_consent_a_session_does_not_move_but_can_be_cancelled(practice: Practice) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    withdraw_consent(practice.client, "treatment", by=practice.client)
    with pytest.raises(NotReady):
        move(made, at("2026-12-02 10:00"), by=practice.client)
    assert cancel(made, by=practice.client, reason="not_ready").state == "cancelled"


def test_inside_the_notice_a_client_calls_and_the_clinic_needs_a_reason(practice: Practice, clock: Clock) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    clock("2026-11-29T15:00:00Z")
    assert move(made, at("2026-12-01 11:00"), by=practice.client)
    clock("2026-11-29T16:00:01Z")
    for by, words in ((practice.client, "call"), (practice.staff, "why")):
        with pytest.raises(TooLate, match=words):
            cancel(made, by=by, reason="" if by == practice.staff else "plans")
        with pytest.raises(TooLate, match=words):
            move(made, at("2026-12-03 10:00"), by=by)
    assert move(made, at("2026-12-03 10:00"), by=practice.staff, reason="client_asked")


def test_nothing_running_or_past_is_changed_by_anybody(practice: Practice, clock: Clock) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    clock("2026-12-01T14:50:00Z")
    start(made, by=practice.therapist)
    for instant in ("2026-12-01T14:55:00Z", "2026-12-01T16:00:00Z", "2026-12-05T16:00:00Z"):
        clock(instant)
        for by in (practice.client, practice.staff, practice.therapist):
            with pytest.raises(NotNow):
                move(made, at("2026-12-08 10:00"), by=by, reason="clinic")
            with pytest.raises(NotNow):
                cancel(made, by=by, reason="clinic")


def test_cancelled_twice_is_as_once_and_frees_the_time(practice: Practice) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    for _ in range(2):
        cancel(made, by=practice.client, reason="unsaid")
    letters = Letter.objects.filter(kind="appointment-changed", to=practice.client)
    assert (letters.count(), AppointmentChange.objects.filter(what="cancelled").count()) == (1, 1)
    assert practice.book(at("2026-12-01 10:00")).pk != made.pk
    with pytest.raises(NotNow):
        move(made, at("2026-12-02 10:00"), by=practice.client)


def test_strangers_find_nothing_to_change(practice: Practice) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    stranger = make_therapist()
    works(stranger)
    for by in (make_client(), stranger, None):
        with pytest.raises(Http404):
            move(made, at("2026-12-02 10:00"), by=by)
        with pytest.raises(Http404):
            cancel(made, by=by, reason="plans")
    assert Appointment.objects.get().revision == 0


def test_the_client_sees_who_moved_and_cancelled(practice: Practice) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    move(made, at("2026-12-02 10:00"), by=practice.staff)
    cancel(made, by=practice.therapist, reason="clinic")
    seen = {(look.act, look.actor_id, UUID(look.about)) for look in looks_at(practice.client) if look.about}
    assert ("appointment moved", practice.staff.pk, made.pk) in seen
    assert ("appointment cancelled", practice.therapist.pk, made.pk) in seen


def test_replayed_after_all_is_over_nothing_more_happens(practice: Practice) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    first, second = at("2026-12-02 10:00"), at("2026-12-03 10:00")
    for to in (first, second):
        move(made, to, by=practice.client)
    cancel(made, by=practice.client, reason="plans")
    before = list(Appointment.objects.values()), list(Letter.objects.order_by("pk").values())
    for _ in range(2):
        for to in (first, second):
            with pytest.raises(NotNow):
                move(made, to, by=practice.client)
        cancel(made, by=practice.client, reason="plans")
    assert (list(Appointment.objects.values()), list(Letter.objects.order_by("pk").values())) == before
