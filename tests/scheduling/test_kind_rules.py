"""What a kind asks for: rest between two, so many a day, who may give it, what has to be in the room, where it takes place."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from koru.moments.spans import Span
from scheduling.booking import book
from scheduling.cancelling import cancel
from scheduling.models import Appointment, AppointmentKind, Equipment, Skill
from scheduling.moving import move
from scheduling.open_times import Wish, open_times
from scheduling.reasons import rest_words
from scheduling.refusals import DayFull, NotOffered, OpenTime, RestBetween
from tests.people import ally, cleared, make_client, make_room, make_therapist

from .practice import LONG_AGO, NEW_YORK, Practice, at, kind_of, works

DECEMBER = Span(at("2026-12-01 00:00"), at("2026-12-12 00:00"))


def listed(practice: Practice, kind: str = "integration", **changed: Any) -> list[OpenTime]:
    wish = Wish(kind=kind_of(kind), by=practice.staff, client=practice.client, **changed)
    return open_times(wish, DECEMBER, now=at("2026-11-24 12:00"))


def days(found: list[OpenTime]) -> set[date]:
    return {one.start.astimezone(NEW_YORK).date() for one in found}


def asks(slug: str, **values: object) -> None:
    AppointmentKind.objects.filter(pk=slug).update(**values)


def test_days_of_rest_hold_before_and_after_by_the_clinics_calendar(practice: Practice) -> None:
    practice.book(at("2026-12-05 14:00"))
    asks("dosing", rest_days=3)
    assert {one for one in range(1, 12) if date(2026, 12, one) in days(listed(practice, "dosing"))} == {1, 2, 8, 9, 10, 11}
    assert date(2026, 12, 5) in days(listed(practice, "integration"))
    with pytest.raises(RestBetween, match="at least 3 days apart") as refused:
        practice.book(at("2026-12-07 10:00"))
    assert refused.value.nearest[0].start >= at("2026-12-02 10:00")
    assert practice.book(at("2026-12-08 10:00"))


def test_hours_of_rest_count_from_the_end_to_the_start(practice: Practice) -> None:
    asks("dosing", rest_days=0, rest_hours=23)
    practice.book(at("2026-12-05 11:00"))
    with pytest.raises(RestBetween, match="23 hours"):
        practice.book(at("2026-12-06 12:00"))
    assert practice.book(at("2026-12-06 13:00"))
    with pytest.raises(RestBetween):
        practice.book(at("2026-12-04 10:00"))


def test_rest_counts_from_when_it_really_ended(practice: Practice) -> None:
    asks("dosing", rest_days=0, rest_hours=24)
    made = practice.book(at("2026-12-05 10:00"))
    Appointment.objects.filter(pk=made.pk).update(state="met", started_at=made.starts, ended_at=at("2026-12-05 13:30"))
    assert at("2026-12-06 13:00") not in {one.start for one in listed(practice, "dosing")}
    assert at("2026-12-06 14:00") in {one.start for one in listed(practice, "dosing")}


def test_what_is_cancelled_missed_or_somebody_elses_asks_for_no_rest(practice: Practice) -> None:
    other = cleared(make_client(), date(2027, 12, 31))
    ally(other, practice.therapist, since=LONG_AGO)
    practice.book(at("2026-12-05 10:00"), client=other, by=other)
    cancel(practice.book(at("2026-12-03 10:00")), by=practice.staff, reason="clinic")
    missed = practice.book(at("2026-12-09 10:00"))
    Appointment.objects.filter(pk=missed.pk).update(state="missed")
    assert len(days(listed(practice, "dosing"))) == 11


def test_a_session_that_moves_need_not_rest_from_itself(practice: Practice) -> None:
    made = practice.book(at("2026-12-05 10:00"))
    assert move(made, at("2026-12-05 14:00"), by=practice.staff).starts == at("2026-12-05 14:00")
    practice.book(at("2026-12-08 10:00"))
    with pytest.raises(RestBetween):
        move(made, at("2026-12-07 10:00"), by=practice.staff)


@pytest.mark.parametrize(
    ("hours", "in_days", "words"),
    [
        (0, 0, ""),
        (0, 1, "Two of these are at least 1 day apart."),
        (20, 0, "There is rest of at least 20 hours between two of these."),
        (1, 2, "Two of these are at least 2 days apart. There is rest of at least 1 hour between two of these."),
    ],
)
def test_rest_is_said_in_words(hours: int, in_days: int, words: str) -> None:
    assert rest_words(AppointmentKind(rest_hours=hours, rest_days=in_days)) == words


def test_a_day_is_full_after_so_many_of_a_kind_with_one_therapist(practice: Practice) -> None:
    asks("integration", daily_cap=2)
    for start in ("2026-12-01 10:00", "2026-12-01 12:00"):
        made = practice.book(at(start), kind="integration")
    second = make_therapist()
    works(second)
    with pytest.raises(DayFull, match="full"):
        practice.book(at("2026-12-01 15:00"), kind="integration")
    assert {one.therapist_id for one in listed(practice) if one.start.astimezone(NEW_YORK).day == 1} == {second.pk}
    assert practice.book(at("2026-12-01 15:00"), kind="preparation")
    assert move(made, at("2026-12-01 14:00"), by=practice.staff)
    cancel(made, by=practice.staff, reason="clinic")
    assert practice.book(at("2026-12-01 16:00"), kind="integration")


def test_an_expired_hold_fills_no_day_and_asks_for_no_rest(practice: Practice) -> None:
    asks("dosing", daily_cap=1)
    held = practice.book(at("2026-12-01 10:00"), by=practice.staff)
    until = {"state": "held", "booked_at": at("2026-11-24 11:45")}
    Appointment.objects.filter(pk=held.pk).update(held_until=at("2026-11-24 11:55"), **until)
    assert date(2026, 12, 2) in days(listed(practice, "dosing")) >= {date(2026, 12, 1)}
    assert practice.book(at("2026-12-01 14:00"))


def test_a_therapist_of_whom_nothing_is_said_gives_every_kind_and_else_only_those_named(practice: Practice) -> None:
    assert listed(practice, "integration")
    skill = Skill.objects.create(person=practice.therapist, kind_id="dosing")
    assert listed(practice, "dosing")
    assert not listed(practice, "integration")
    with pytest.raises(NotOffered):
        practice.book(at("2026-12-01 10:00"), kind="integration")
    Skill.objects.create(person=practice.therapist, kind_id="integration")
    assert practice.book(at("2026-12-01 10:00"), kind="integration")
    Skill.objects.filter(person=practice.therapist).update(part="second")
    assert listed(practice, "preparation"), "to sit in says nothing of what one leads"
    skill.delete()


def test_a_kind_takes_place_in_rooms_that_have_all_it_needs(practice: Practice) -> None:
    recliner, oximeter = (Equipment.objects.create(name=name) for name in ("Recliner", "Oximeter"))
    kind_of("dosing").equipment.set([recliner, oximeter])
    practice.room.equipment.set([recliner])
    assert not listed(practice, "dosing")
    assert listed(practice, "integration", place="room")
    fitted = make_room(name="Zinnia room")
    fitted.equipment.set([recliner, oximeter])
    assert {one.room_id for one in listed(practice, "dosing")} == {fitted.pk}
    assert practice.book(at("2026-12-01 10:00")).room == fitted
    with pytest.raises(NotOffered):
        practice.book(at("2026-12-08 10:00"), room=practice.room)


def test_a_kind_takes_place_only_where_it_may(practice: Practice) -> None:
    asks("integration", by_phone=False)
    assert listed(practice)
    assert not listed(practice, place="phone")
    with pytest.raises(NotOffered):
        practice.book(at("2026-12-01 10:00"), kind="integration", place="phone")
    asks("integration", by_video=False)
    assert kind_of("integration").needs_room
    assert practice.book(at("2026-12-01 10:00"), kind="integration", place="room").room == practice.room


def test_what_is_booked_moves_where_and_as_long_as_it_was_booked_though_the_kind_has_changed(practice: Practice) -> None:
    made = practice.book(at("2026-12-01 10:00"), kind="integration", place="phone")
    asks("integration", by_phone=False, minutes=80, after=0)
    practice.book(at("2026-12-01 13:00"), kind="preparation")
    moved = move(made, at("2026-12-01 12:00"), by=practice.staff)
    assert (moved.place, moved.span.minutes) == ("phone", 50)


def test_the_room_stays_the_same_where_it_is_free(practice: Practice) -> None:
    first, second = practice.room, make_room(name="Alder room")
    made = practice.book(at("2026-12-03 10:00"), room=first)
    assert move(made, at("2026-12-03 11:00"), by=practice.staff).room == first
    other = make_client()
    practice.book(
        at("2026-12-04 10:00"), client=other, by=practice.staff, kind="integration", place="room", room=first,
        therapist=_another(),
    )  # fmt: skip
    assert move(made, at("2026-12-04 10:00"), by=practice.staff).room == second


def _another() -> Any:
    therapist = make_therapist()
    works(therapist)
    return therapist


def test_of_several_therapists_those_named_first_come_first(practice: Practice) -> None:
    other = _another()
    for order in ((practice.therapist.pk, other.pk), (other.pk, practice.therapist.pk)):
        found = listed(practice, therapists=order)
        assert [one.therapist_id for one in found[:2]] == list(order)
        assert found[0].start == found[1].start


def test_a_visitor_books_only_what_visitors_may(practice: Practice) -> None:
    with pytest.raises(Http404):
        book(
            kind_of("integration"), at("2026-12-01 10:00") + timedelta(days=1), therapist=practice.therapist,
            place="video", by=None, client=None, key=practice.client.pk,
        )  # fmt: skip
