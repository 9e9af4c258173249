"""Who is told of a flag that nobody looks at, when, and whether at night: by the clinic's own rule, on-call duty alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from zeal import zeal_ignore

from koru.people.models import Clinic, Person
from koru.reminders.models import Letter
from koru.safety.climbing import climb
from koru.safety.duty import on_duty
from koru.safety.first_help_page import uncovered_words
from koru.safety.flags import Flag
from tests.care.world import signed_in
from tests.people import make_admin, make_staff, make_therapist

from .flagged import SATURDAY, TUESDAY, House, local, told

Clock = Callable[[str], Any]
pytestmark = pytest.mark.django_db


def rules(house: House, **rule: Any) -> None:
    """Set on the house's clinic, as its admin would."""
    for name, value in rule.items():
        setattr(house.clinic, name, value)
    house.clinic.save()


def after(clock: Clock, flag: Flag, minutes: int) -> int:
    """How far it has climbed then."""
    clock((flag.counted_from + timedelta(minutes=minutes)).isoformat())
    climb()
    flag.refresh_from_db()
    return flag.climbed


def due_of(flag: Flag, person: Person) -> list[Any]:
    return list(Letter.objects.filter(about=flag.pk, to=person).order_by("due_at").values_list("due_at", flat=True))


def test_the_default_is_the_reference(house: House) -> None:
    fresh = Clinic()
    assert (fresh.urgent_minutes, fresh.prompt_minutes, fresh.on_call_is_quiet, fresh.next_on_call) == (60, 240, False, None)


@pytest.mark.parametrize("minutes", [5, 60, 240])
def test_next_on_call_then_the_leads_then_the_banner_by_the_clinics_minutes(house: House, clock: Clock, minutes: int) -> None:
    clock(TUESDAY)
    duty, following = make_therapist(), make_therapist()
    rules(house, on_call=duty, next_on_call=following, urgent_minutes=minutes)
    flag = house.item9(2)
    assert set(told(flag)) == {house.wren, duty}
    assert after(clock, flag, minutes - 1) == 0
    assert after(clock, flag, minutes) == 1
    assert following in told(flag)
    assert told(flag).count(duty) == 2
    assert after(clock, flag, 2 * minutes) == 2
    assert house.hazel in told(flag)
    assert after(clock, flag, 4 * minutes - 1) == 2
    before = len(told(flag))
    assert after(clock, flag, 4 * minutes) == 3
    assert len(told(flag)) == before, "the last is the banner for admins"


def test_at_night_those_on_duty_are_told_and_the_leads_in_the_morning(house: House, clock: Clock) -> None:
    clock(SATURDAY)  # ten in the evening
    duty, following = make_therapist(), make_therapist()
    rules(house, on_call=duty, next_on_call=following)
    flag = house.item9(2)
    assert flag.due_at == local("2026-11-21T23:00")
    assert after(clock, flag, 60) == 1
    assert due_of(flag, following) == [local("2026-11-21T23:00")]
    assert after(clock, flag, 120) == 2
    assert due_of(flag, house.hazel) == [local("2026-11-22T08:00")]
    assert due_of(flag, house.wren) == [local("2026-11-22T08:00")]


def test_a_lead_on_duty_is_told_at_night_too(house: House, clock: Clock) -> None:
    clock(SATURDAY)
    rules(house, on_call=make_therapist(), next_on_call=house.hazel)
    flag = house.item9(2)
    assert [after(clock, flag, minutes) for minutes in (60, 120)] == [1, 2]
    assert due_of(flag, house.hazel) == [local("2026-11-21T23:00"), local("2026-11-22T00:00")]


def test_where_quiet_hours_hold_for_them_too_it_waits_for_open_hours_and_clients_read_so(house: House, clock: Clock) -> None:
    clock(SATURDAY)
    rules(house, on_call=house.hazel, on_call_is_quiet=True, no_cover_words="At night nobody there looks.")
    flag = house.item9(2)
    assert flag.due_at == local("2026-11-23T10:00")
    assert due_of(flag, house.hazel) == [local("2026-11-22T08:00")]
    assert uncovered_words(house.clinic) == "At night nobody there looks."


def test_with_nobody_on_call_its_owner_is_told_again(house: House, clock: Clock) -> None:
    clock(TUESDAY)
    flag = house.item9(2)
    assert told(flag) == [house.wren]
    assert after(clock, flag, 60) == 1
    assert told(flag) == [house.wren, house.wren]
    assert after(clock, flag, 120) == 2
    assert told(flag)[2:] == [house.hazel]


@pytest.mark.parametrize("gone", [{"is_active": False}, {"role": "staff"}])
def test_who_has_left_is_on_duty_no_more_and_who_comes_next_takes_their_place(
    house: House, clock: Clock, gone: dict[str, Any]
) -> None:
    clock(SATURDAY)
    duty, following = make_therapist(), make_therapist()
    rules(house, on_call=duty, next_on_call=following)
    Person.objects.filter(pk=duty.pk).update(**gone)
    assert on_duty(house.clinic) == [following]
    flag = house.item9(2)
    assert flag.due_at == local("2026-11-21T23:00")
    assert set(told(flag)) == {house.wren, following}
    assert signed_in(following).get(f"/care/flags/{flag.pk}/").status_code == 200
    Person.objects.filter(pk=following.pk).update(**gone)
    again = house.item9(3)
    assert again.due_at <= local("2026-11-23T10:00"), "with nobody there an hour counts while the clinic is open"


def test_who_comes_next_opens_it_once_they_are_told(house: House, clock: Clock) -> None:
    clock(TUESDAY)
    following = make_therapist()
    rules(house, on_call=make_therapist(), next_on_call=following)
    flag = house.item9(2)
    assert signed_in(following).get(f"/care/flags/{flag.pk}/").status_code == 404
    after(clock, flag, 60)
    assert signed_in(following).get(f"/care/flags/{flag.pk}/").status_code == 200


@pytest.mark.parametrize("minutes", [15, 240, 960])
def test_a_prompt_one_goes_to_the_leads_after_the_clinics_minutes_of_open_time(house: House, clock: Clock, minutes: int) -> None:
    clock("2026-11-16T09:00:00-05:00")
    rules(house, prompt_minutes=minutes, urgent_minutes=15, on_call=make_therapist())
    flag = house.item9(1)
    days, rest = divmod(minutes, 480)
    assert flag.due_at == local("2026-11-16T09:00") + timedelta(days=days, minutes=rest) - (
        timedelta(hours=16) if not rest else timedelta()
    )
    clock(flag.due_at.isoformat())
    climb()
    assert told(flag)[1:] == [house.hazel]


@pytest.mark.parametrize(
    "wrong",
    [
        {"urgent_minutes": 4},
        {"urgent_minutes": 241, "prompt_minutes": 300},
        {"prompt_minutes": 14, "urgent_minutes": 5},
        {"prompt_minutes": 961},
        {"prompt_minutes": 30},
    ],
)
def test_the_database_takes_no_other_times(house: House, wrong: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Clinic.objects.update(**wrong)


def test_the_database_takes_nobody_twice(house: House) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Clinic.objects.update(on_call=house.hazel, next_on_call=house.hazel)


def posted(house: House, **told: Any) -> str:
    """The clinic's form as its admin sends it; what it answers."""
    empty = {f"{name}-{part}": "0" for name in ("opening_hours", "closed_days") for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    usual = {"name": "Demo Clinic", "zone": "America/New_York", "region": "US", "sender_name": "Koru", "week_starts": "1"}
    form = {
        **empty,
        **usual,
        "urgent_minutes": "60",
        "prompt_minutes": "240",
        "erase_after_days": "14",
        "no_cover_words": "Nobody looks.",
        **told,
    }
    with zeal_ignore([{"model": "people.Person", "field": "get()"}]):  # who asks, and who is chosen
        answer = signed_in(make_admin()).post(f"/admin/people/clinic/{house.clinic.pk}/change/", form)
    return "kept" if answer.status_code == 302 else answer.content.decode()


def test_the_form_says_beside_the_field_what_can_not_be(house: House) -> None:
    hazel, other = str(house.hazel.pk), str(make_therapist().pk)
    assert "Name who is on call first." in posted(house, next_on_call=hazel)
    assert "Choose somebody else" in posted(house, on_call=hazel, next_on_call=hazel)
    assert "Urgent: 5 to 240 minutes." in posted(house, urgent_minutes="3")
    assert "Name who is on call, or write" in posted(house, on_call=hazel, on_call_is_quiet="on", no_cover_words="")
    assert "Select a valid choice" in posted(house, on_call=str(make_staff().pk))
    assert posted(house, on_call=hazel, next_on_call=other, urgent_minutes="20", no_cover_words="") == "kept"
    house.clinic.refresh_from_db()
    assert (house.clinic.urgent_minutes, str(house.clinic.next_on_call_id)) == (20, other)
