"""The note at a time of the client's own choice."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from koru.people.models import Person
from koru.reminders.check_in_notes import KIND, note_of, plan_check_ins
from koru.reminders.choices import WithinQuietHours, answered, set_check_in_time, set_quiet_hours
from koru.reminders.models import Letter, Preferences
from tests.people import make_client

from .letters import due_letter


def chosen(at: time = time(18), **fields: str) -> Person:
    person = make_client(**fields)
    set_check_in_time(person, at, by=person)
    return person


def sent_notes(person: Person, days: int) -> None:
    """As the ceiling lets them go: every other day, three in seven."""
    for back in (1, 3, 5, 8, 10)[:days]:
        at = timezone.now() - timedelta(days=back)
        due_letter(person, KIND, about=note_of(person.pk), due_at=at, handed_at=at, sent_at=at)


@pytest.mark.django_db
def test_one_note_is_planned_ahead_at_the_chosen_clock_time_however_often_the_clock_strikes() -> None:
    person = chosen(time(18, 30), zone="Asia/Kathmandu")
    for _ in range(3):
        plan_check_ins()
    [letter] = Letter.objects.filter(to=person)
    assert letter.due_at.astimezone(ZoneInfo("Asia/Kathmandu")).time() == time(18, 30)
    assert timezone.now() < letter.due_at < timezone.now() + timedelta(hours=24)


@pytest.mark.django_db
def test_the_note_after_one_comes_two_days_later() -> None:
    person = chosen()
    sent_notes(person, 1)
    plan_check_ins()
    latest, ahead = Letter.objects.filter(to=person).order_by("due_at")
    zone = ZoneInfo(person.zone)
    assert (ahead.due_at.astimezone(zone).date() - latest.due_at.astimezone(zone).date()).days == 2


@pytest.mark.django_db
def test_who_chose_no_time_gets_no_note() -> None:
    person = chosen()
    set_check_in_time(person, None, by=person)
    assert plan_check_ins() == 0


@pytest.mark.django_db
def test_a_new_time_takes_the_place_of_the_old_one_on_the_same_day() -> None:
    person = chosen(time(18))
    plan_check_ins()
    set_check_in_time(person, time(17, 45), by=person)
    plan_check_ins()
    by_time = {row.due_at.astimezone(ZoneInfo(person.zone)).time(): row.withdrawn_why for row in Letter.objects.all()}
    assert by_time == {time(18): "chosen anew", time(17, 45): ""}


@pytest.mark.django_db
def test_after_five_unanswered_notes_they_rest_and_one_letter_says_so() -> None:
    person = chosen()
    Preferences.objects.update(check_in_answered_at=None)
    sent_notes(person, 5)
    plan_check_ins()
    plan_check_ins()
    assert Preferences.objects.get().check_in_rests_since
    [paused] = Letter.objects.filter(sent_at=None)
    assert (paused.kind, paused.withdrawn_why) == ("paused", "")
    assert paused.due_at > timezone.now()


@pytest.mark.django_db
def test_a_check_in_begins_the_count_anew() -> None:
    person = chosen()
    sent_notes(person, 5)
    answered(person)
    plan_check_ins()
    assert Preferences.objects.get().check_in_rests_since is None
    assert Letter.objects.filter(sent_at=None, kind=KIND).count() == 1


@pytest.mark.django_db
def test_choosing_a_time_again_ends_the_rest() -> None:
    person = chosen()
    Preferences.objects.update(check_in_rests_since=timezone.now())
    set_check_in_time(person, time(9), by=person)
    assert plan_check_ins() == 1


@pytest.mark.django_db
def test_who_has_checked_in_gets_no_note_later_that_day() -> None:
    person = make_client()
    soon, later = timezone.now() + timedelta(seconds=5), timezone.now() + timedelta(days=2)
    today, then = (due_letter(person, KIND, due_at=at) for at in (soon, later))
    answered(person)
    today.refresh_from_db()
    then.refresh_from_db()
    assert (today.withdrawn_why, then.withdrawn_why) == ("answered", "")


@pytest.mark.django_db
def test_a_time_in_quiet_hours_is_refused_from_both_sides() -> None:
    person = chosen(time(20))
    with pytest.raises(WithinQuietHours):
        set_check_in_time(person, time(22), by=person)
    with pytest.raises(WithinQuietHours):
        set_quiet_hours(person, time(19), time(8), by=person)
    set_quiet_hours(person, time(23), time(23), by=person)
    set_check_in_time(person, time(22), by=person)
