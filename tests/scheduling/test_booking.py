"""Booking: what is offered can be had, once; everything else is refused in words."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from koru.moments.spans import Span
from koru.people.consents import record_clearance, withdraw_consent
from koru.privacy.looks import looks_at
from koru.reminders.models import Hush, Letter
from scheduling.models import Appointment, AppointmentChange
from scheduling.refusals import DecideTomorrow, NotOffered, NotReady, TimePassed, TimeTaken, TooFar, TooSoon
from tests.people import ally, cleared, make_client, make_therapist

from .practice import LONG_AGO, Practice, at, works


def test_a_session_is_two_and_a_half_hours_in_the_free_room_with_its_buffers(practice: Practice) -> None:
    made = practice.book(at("2026-12-01 10:00"))
    assert made.span == Span(at("2026-12-01 10:00"), at("2026-12-01 12:30"))
    made.refresh_from_db()
    assert Span.of_range(made.padded) == Span(at("2026-12-01 09:45"), at("2026-12-01 13:00"))
    assert (made.room, made.place, made.state) == (practice.room, "room", "booked")
    assert AppointmentChange.objects.get().what == "booked"


def test_letters_and_quiet_day_are_planned_with_it(practice: Practice) -> None:
    made = practice.book(at("2026-12-10 10:00"))
    kinds = set(Letter.objects.filter(about=made.pk, to=practice.client).values_list("kind", flat=True))
    assert {"appointment-booked", "session-week", "session-tomorrow", "session-today", "first-morning"} <= kinds
    assert Hush.objects.get().during.upper == at("2026-12-11 08:00")


def test_the_same_key_again_answers_with_the_first(practice: Practice) -> None:
    key = uuid4()
    first = practice.book(at("2026-12-01 10:00"), key=key)
    assert practice.book(at("2026-12-01 10:00"), key=key) == first
    assert practice.book(at("2026-12-02 10:00"), key=key) == first
    assert Appointment.objects.count() == 1


def test_a_taken_time_is_refused_with_three_near_ones(practice: Practice) -> None:
    practice.book(at("2026-12-01 10:00"))
    other = cleared(make_client(), date(2027, 12, 31))
    ally(other, practice.therapist, since=LONG_AGO)
    with pytest.raises(TimeTaken) as refused:
        practice.book(at("2026-12-01 10:00"), client=other, by=other)
    assert len(refused.value.nearest) == 3
    assert practice.book(refused.value.nearest[0].start, client=other, by=other)


def test_a_dosing_session_needs_a_free_room(practice: Practice) -> None:
    practice.book(at("2026-12-01 10:00"))
    other, second = cleared(make_client(), date(2027, 12, 31)), make_therapist()
    works(second)
    ally(other, second, since=LONG_AGO)
    with pytest.raises(TimeTaken):
        practice.book(at("2026-12-01 11:00"), client=other, by=other, therapist=second)


@pytest.mark.parametrize(
    ("start", "refusal"),
    [
        ("2026-11-24 11:00", TimePassed),
        ("2026-11-25 11:30", TooSoon),
        ("2027-02-24 10:00", TooFar),
        ("2026-12-01 10:10", NotOffered),
        ("2026-12-01 15:00", NotOffered),
        ("2026-12-01 09:00", NotOffered),
    ],
)
def test_what_is_not_listed_is_refused(practice: Practice, start: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        practice.book(at(start))
    assert not Appointment.objects.exists()
    assert not Letter.objects.exists()


def test_without_consent_no_session_but_a_meeting(practice: Practice) -> None:
    withdraw_consent(practice.client, "treatment", by=practice.client)
    with pytest.raises(NotReady, match="consent"):
        practice.book(at("2026-12-01 10:00"))
    assert practice.book(at("2026-12-01 10:00"), kind="integration")


def test_clearance_covers_its_last_day_in_the_clinics_zone_and_not_the_next(practice: Practice) -> None:
    record_clearance(practice.client, "Demo", "yes", date(2026, 11, 1), date(2026, 12, 1), by=practice.staff)
    with pytest.raises(NotOffered):
        practice.book(at("2026-12-02 10:00"))
    assert practice.book(at("2026-12-01 14:00"))


def test_a_newer_no_counts_over_an_older_yes(practice: Practice) -> None:
    record_clearance(practice.client, "Demo", "not_yet", date(2026, 11, 1), None, by=practice.staff)
    with pytest.raises(NotReady, match="clearance"):
        practice.book(at("2026-12-01 10:00"), by=practice.staff)


def test_for_a_day_after_a_session_the_client_decides_tomorrow_and_the_desk_may(practice: Practice) -> None:
    Appointment.objects.bulk_create([_held_yesterday(practice)])
    with pytest.raises(DecideTomorrow) as refused:
        practice.book(at("2026-12-01 10:00"))
    assert refused.value.until == at("2026-11-24 13:00")
    assert practice.book(at("2026-12-01 10:00"), by=practice.staff)


def _held_yesterday(practice: Practice) -> Appointment:
    made = practice.book(at("2026-12-03 10:00"), by=practice.staff)
    made.delete()
    span = Span(at("2026-11-23 10:30"), at("2026-11-23 13:00"))
    made.during, made.padded, made.state = span.range, span.padded(15, 30).range, "met"
    made.started_at, made.ended_at = span.start, span.end
    return Appointment(**{field.attname: getattr(made, field.attname) for field in Appointment._meta.concrete_fields})


def test_others_can_not_book_for_a_client(practice: Practice) -> None:
    stranger = make_therapist()
    works(stranger)
    for by, therapist in (
        (make_client(), practice.therapist),
        (stranger, stranger),
        (practice.client, stranger),
        (None, stranger),
    ):
        with pytest.raises(Http404):
            practice.book(at("2026-12-01 10:00"), by=by, therapist=therapist)
    with pytest.raises(Http404):
        practice.book(at("2026-12-01 10:00"), kind="closing")


def test_the_client_sees_that_the_desk_booked(practice: Practice) -> None:
    made = practice.book(at("2026-12-01 10:00"), by=practice.staff)
    assert str(made.pk) in [look.about for look in looks_at(practice.client)]


def test_an_expired_hold_does_not_block(practice: Practice) -> None:
    held = practice.book(at("2026-12-01 10:00"), by=practice.staff)
    began, ended = at("2026-11-24 11:49"), at("2026-11-24 11:59")
    Appointment.objects.filter(pk=held.pk).update(state="held", booked_at=began, held_until=ended)
    assert practice.book(at("2026-12-01 10:00")).pk != held.pk
    assert not Appointment.objects.filter(pk=held.pk).exists()


def test_a_running_hold_blocks(practice: Practice) -> None:
    held = practice.book(at("2026-12-01 10:00"), by=practice.staff)
    now = at("2026-11-24 12:00")
    Appointment.objects.filter(pk=held.pk).update(state="held", booked_at=now, held_until=now + timedelta(minutes=9))
    with pytest.raises(TimeTaken):
        practice.book(at("2026-12-01 10:00"))
