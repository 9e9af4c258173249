"""Who sits in: a nurse or another therapist beside the one who leads, and neither of them in two places."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test import Client

from koru.moments.spans import Span
from koru.people.models import Person
from koru.privacy.looks import looks_at
from koru.reminders.models import Letter
from scheduling.cancelling import cancel
from scheduling.models import Appointment, AppointmentChange, AppointmentKind, Presence, Skill
from scheduling.moving import move
from scheduling.open_times import Wish, open_times
from scheduling.refusals import NobodySitsIn, NotNow, OpenTime, TimeTaken
from scheduling.sitting_in import sit_in
from tests.people import make_client, make_room, make_staff, make_therapist

from .practice import Practice, at, kind_of, works

DAY = Span(at("2026-12-01 00:00"), at("2026-12-02 00:00"))


def sits_in(person: Person, opens: str = "09:00", closes: str = "17:00") -> Person:
    works(person, opens, closes)
    Skill.objects.create(person=person, kind_id="dosing", part="second")
    return person


@pytest.fixture
def nurse(practice: Practice) -> Person:
    AppointmentKind.objects.filter(pk="dosing").update(second_person="required")
    return sits_in(make_staff(), "10:00", "15:00")


def listed(practice: Practice, **changed: Any) -> list[OpenTime]:
    wish = Wish(kind=kind_of("dosing"), by=practice.staff, client=practice.client, **changed)
    return open_times(wish, DAY, now=at("2026-11-24 12:00"))


def test_a_session_that_needs_a_second_person_is_open_while_somebody_named_for_it_is_there(
    practice: Practice, nurse: Person
) -> None:
    assert [one.start for one in listed(practice)] == [at("2026-12-01 11:00"), at("2026-12-01 12:00")]
    made = practice.book(at("2026-12-01 11:00"))
    assert made.second_person == nurse
    assert set(Presence.objects.values_list("person", flat=True)) == {practice.therapist.pk, nurse.pk}


def test_outside_of_their_hours_it_is_said_that_nobody_sits_in(practice: Practice, nurse: Person) -> None:
    with pytest.raises(NobodySitsIn, match="sit in") as refused:
        practice.book(at("2026-12-01 13:00"))
    assert len(refused.value.nearest) == 3


def test_nobody_sits_in_who_is_not_named_nor_once_they_have_left(practice: Practice, nurse: Person) -> None:
    works(make_staff())
    Skill.objects.create(person=sits_in(make_therapist()), kind_id="dosing", part="lead")
    Skill.objects.exclude(person=nurse).filter(part="second").delete()
    assert {one.second_person_id for one in listed(practice, therapists=(practice.therapist.pk,))} == {nurse.pk}
    nurse.is_active = False
    nurse.save()
    assert not listed(practice)


def test_nobody_sits_in_on_their_own_session(practice: Practice, nurse: Person) -> None:
    Skill.objects.all().delete()
    Skill.objects.create(person=practice.therapist, kind_id="dosing", part="second")
    assert not listed(practice)
    sits_in(make_therapist())
    pairs = {(one.therapist_id, one.second_person_id) for one in listed(practice)}
    assert len(pairs) == 2
    assert all(first != second for first, second in pairs)


def test_where_it_is_optional_somebody_sits_in_only_when_named(practice: Practice, nurse: Person) -> None:
    AppointmentKind.objects.filter(pk="dosing").update(second_person="optional")
    assert {one.second_person_id for one in listed(practice)} == {None}
    assert len(listed(practice)) > len(listed(practice, second_person=nurse.pk)) == 2
    made = practice.book(at("2026-12-01 11:00"), by=practice.staff, second_person=nurse)
    assert made.second_person == nurse
    with pytest.raises(NobodySitsIn):
        move(made, at("2026-12-01 13:00"), by=practice.staff)
    assert move(made, at("2026-12-03 12:00"), by=practice.staff).second_person == nurse


def test_one_who_sits_in_is_busy_for_everything_else(practice: Practice, nurse: Person) -> None:
    other = sits_in(make_therapist())
    nurse.skills.all().delete()
    make_room()
    practice.book(at("2026-12-01 10:00"))
    theirs = Wish(kind=kind_of("integration"), by=practice.staff, therapists=(other.pk,))
    assert min(one.start for one in open_times(theirs, DAY, now=at("2026-11-24 12:00"))) == at("2026-12-01 13:00")
    with pytest.raises(TimeTaken):
        practice.book(at("2026-12-01 11:00"), therapist=other, client=make_client(), kind="integration", by=practice.staff)


def written_past_the_deeds(therapist: Person, second: Person | None = None, **changed: Any) -> Appointment:
    """A row that asked nobody."""
    span = changed.pop("span", Span.lasting(at("2026-12-01 10:00"), 50))
    return Appointment.objects.create(
        kind=kind_of("integration"), client=make_client(), therapist=therapist, second_person=second, place="video",
        during=span.range, padded=span.range, before=0, after=0, **changed,
    )  # fmt: skip


@pytest.mark.parametrize("parts", [("lead", "second"), ("second", "lead"), ("second", "second"), ("lead", "lead")])
def test_the_database_keeps_a_person_from_two_places_in_whichever_parts(practice: Practice, parts: tuple[str, str]) -> None:
    person = make_therapist()

    def add(part: str, **changed: Any) -> Appointment:
        pair = (person, None) if part == "lead" else (make_therapist(), person)
        return written_past_the_deeds(*pair, **changed)

    first = add(parts[0])
    with pytest.raises(IntegrityError, match="is_in_one_place"), transaction.atomic():
        add(parts[1])
    touching = add(parts[1], span=Span(first.ends, first.ends + timedelta(hours=1)))
    cancel(first, by=make_staff(), reason="clinic")
    touching.during = touching.padded = Span.lasting(first.starts, 60).range
    touching.save()
    with pytest.raises(IntegrityError, match="is_in_one_place"), transaction.atomic():
        Appointment.objects.filter(pk=first.pk).update(state="booked")


def test_the_one_who_leads_is_not_the_second_person(practice: Practice) -> None:
    with pytest.raises(IntegrityError, match="second_person_is_another"), transaction.atomic():
        written_past_the_deeds(practice.therapist, practice.therapist)


def presences() -> set[tuple[Any, ...]]:
    return set(Presence.objects.values_list("appointment", "person", "padded"))


def test_presence_follows_every_change(practice: Practice, nurse: Person) -> None:
    made = practice.book(at("2026-12-01 11:00"))
    move(made, at("2026-12-03 12:00"), by=practice.staff)
    made.refresh_from_db()
    assert presences() == {(made.pk, practice.therapist.pk, made.padded), (made.pk, nurse.pk, made.padded)}
    Appointment.objects.filter(pk=made.pk).update(second_person=None)
    assert presences() == {(made.pk, practice.therapist.pk, made.padded)}
    cancel(made, by=practice.staff, reason="clinic")
    assert presences() == set()
    Appointment.objects.filter(pk=made.pk).update(state="booked")
    assert len(presences()) == 1
    made.delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert presences() == set()


def test_only_a_therapist_leads_and_only_the_clinic_sits_in(practice: Practice) -> None:
    for person, part, words in ((practice.staff, "lead", "leads"), (practice.client, "second", "of the staff")):
        with pytest.raises(ValidationError, match=words):
            Skill(person=person, kind_id="dosing", part=part).full_clean()
    Skill(person=practice.staff, kind_id="dosing", part="second").full_clean()


def test_the_desk_names_changes_and_takes_out_who_sits_in(practice: Practice, nurse: Person) -> None:
    AppointmentKind.objects.filter(pk="dosing").update(second_person="optional")
    other = sits_in(make_therapist())
    made = practice.book(at("2026-12-01 11:00"), by=practice.staff)
    for person in (nurse, other, other, None):
        assert sit_in(made, person, by=practice.staff).second_person == person
    assert AppointmentChange.objects.filter(appointment=made, what="sits_in").count() == 3
    assert "second person changed" in {look.act for look in looks_at(practice.client)}
    AppointmentKind.objects.filter(pk="dosing").update(second_person="required")
    sit_in(made, nurse, by=practice.staff)
    with pytest.raises(NobodySitsIn, match="always"):
        sit_in(made, None, by=practice.staff)
    with pytest.raises(NobodySitsIn, match="named"):
        sit_in(made, make_therapist(), by=practice.staff)
    for who in (practice.client, practice.therapist):
        with pytest.raises(Http404):
            sit_in(made, other, by=who)


def test_who_is_elsewhere_then_can_not_be_named_and_nothing_past_changes(
    practice: Practice, nurse: Person, clock: Callable[[str], Any]
) -> None:
    other = sits_in(make_therapist())
    made = practice.book(at("2026-12-01 11:00"))
    written_past_the_deeds(other, span=Span.lasting(at("2026-12-01 13:00"), 50))
    with pytest.raises(NobodySitsIn, match="elsewhere"):
        sit_in(made, other, by=practice.staff)
    clock("2026-12-01T16:00:00Z")
    with pytest.raises(NotNow):
        sit_in(made, None, by=practice.staff)


def test_who_sits_in_is_told_of_a_change_and_never_of_what_it_is(practice: Practice, nurse: Person) -> None:
    made = practice.book(at("2026-12-01 11:00"))
    move(made, at("2026-12-03 12:00"), by=practice.staff)
    (letter,) = Letter.objects.filter(to=nurse, about=made.pk)
    assert letter.context["path"] == "/desk/"


def test_the_desks_page_keeps_who_sits_in(practice: Practice, nurse: Person, client: Client) -> None:
    client.force_login(practice.staff)
    other = sits_in(make_therapist(display_name="Demo Hazel"))
    made = practice.book(at("2026-12-01 11:00"))
    page = f"/desk/appointments/{made.pk}/second/"
    assert "Demo Hazel" in client.get(page).content.decode()
    assert client.post(page, {"who": str(other.pk)}).status_code == 302
    made.refresh_from_db()
    assert made.second_person == other
    assert "Demo Hazel" in client.get(f"/desk/appointments/{made.pk}/").content.decode()
    for who, words in (("", "always sits in"), (str(practice.client.pk), "Pick one of")):
        answer = client.post(page, {"who": who})
        assert answer.status_code == 422
        assert words in answer.content.decode()
