"""Notes about a routine: by the wall clock, neutral, and answered in one tap by a link that shows nothing."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from koru.moments.walltime import exists
from koru.people.models import Clinic, Person
from koru.reminders.choices import WithinQuietHours, opt_out
from koru.reminders.models import Letter
from koru.reminders.quick_links import signed
from koru.reminders.rendering import rendered
from koru.today.moving_zone import tell_about_oneself
from scheduling.keeping_routine import keep, let_go, rest, take_up
from scheduling.marking_routine import mark
from scheduling.models import Routine
from scheduling.routine_notes import KIND, plan_notes, plan_notes_anew, rhythm_of, set_notes
from tests.people import make_client, make_clinic
from tests.reminders.letters import due_letter

from .routine import begun, days_of

Clock = Callable[[str], time_machine.Traveller]
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Auckland")
CHANGES = (date(2027, 3, 28), date(2026, 10, 25), date(2027, 3, 14), date(2026, 11, 1), date(2027, 4, 4), date(2026, 10, 4))
minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
chosen = st.sets(st.integers(1, 7), min_size=1, max_size=3)


@given(st.sampled_from(ZONES), st.sampled_from(CHANGES), minutes, chosen)
def test_over_both_changes_of_any_zone_a_note_comes_at_its_clock_time_on_its_days(
    zone: str, change: date, at: time, days: set[int]
) -> None:
    here, rhythm = ZoneInfo(zone), rhythm_of(Routine(remind_at=at, remind_days=sorted(days)))
    now = datetime.combine(change - timedelta(days=8), time(), UTC)
    seen: list[date] = []
    for _ in range(3 * len(days)):
        day, now = rhythm.after(now, here, seen[-1] if seen else None)
        seen.append(day)
        assert not exists(day, at, here) or (now.astimezone(here).date(), now.astimezone(here).time()) == (day, at)
    assert {day.isoweekday() for day in seen} == days
    assert len(set(seen)) == len(seen)


@pytest.fixture
def rowan(db: None, clock: Clock) -> Person:
    clock("2026-11-24T12:00:00Z")  # a Tuesday, seven in the morning in New York
    cache.clear()
    make_clinic()
    return make_client()


@pytest.fixture
def routine(rowan: Person) -> Routine:
    """With a note at eight on Tuesdays, Thursdays and Sundays."""
    made = begun(rowan, "a thing nobody else reads")
    return set_notes(made.pk, time(8), [2, 4, 7], by=rowan)


def ahead() -> list[str]:
    rows = Letter.objects.filter(kind=KIND, withdrawn_at=None, sent_at=None, due_at__gt=timezone.now()).order_by("due_at")
    return [row.due_at.isoformat() for row in rows]


def test_one_is_planned_ahead_and_the_next_when_it_has_come(routine: Routine, clock: Clock) -> None:
    assert ahead() == ["2026-11-24T13:00:00+00:00"]
    for _ in range(2):
        plan_notes(timezone.now())
        plan_notes_anew(timezone.now())
    assert ahead() == ["2026-11-24T13:00:00+00:00"]
    clock("2026-11-24T13:01:00Z")
    assert plan_notes(timezone.now()) == 1
    assert ahead() == ["2026-11-26T13:00:00+00:00"]


def test_eight_is_eight_where_they_are_now(routine: Routine, rowan: Person, clock: Clock) -> None:
    clock("2026-11-24T13:01:00Z")
    plan_notes(timezone.now())
    told = {"display_name": "Rowan", "region": "US", "phone": "", "neutral_phrase": ""}
    tell_about_oneself(rowan, {**told, "zone": "Asia/Kathmandu"})
    assert ahead() == ["2026-11-26T02:15:00+00:00"]


def test_none_comes_from_the_day_on_which_they_are_asked_anew(routine: Routine, rowan: Person, clock: Clock) -> None:
    assert routine.look_on == date(2026, 12, 8)
    clock("2026-12-06T13:01:00Z")  # the next would be on the eighth
    plan_notes(timezone.now())
    assert ahead() == []
    keep(routine.pk, by=rowan)
    assert ahead() == ["2026-12-08T13:00:00+00:00"]


def test_resting_stopping_and_letting_go_take_it_back_and_taking_up_brings_it(routine: Routine, rowan: Person) -> None:
    rest(routine.pk, by=rowan)
    assert ahead() == []
    take_up(routine.pk, by=rowan)
    set_notes(routine.pk, time(9), [3], by=rowan)
    assert ahead() == ["2026-11-25T14:00:00+00:00"]
    let_go(routine.pk, by=rowan)
    assert ahead() == []
    take_up(routine.pk, by=rowan)
    opt_out(rowan, KIND, by=rowan)
    plan_notes(timezone.now())
    assert ahead() == []


def test_a_day_that_was_answered_needs_no_note(routine: Routine, rowan: Person, clock: Clock) -> None:
    mark(routine.pk, "done", by=rowan)
    plan_notes(timezone.now())
    assert ahead() == []
    clock("2026-11-24T13:01:00Z")
    plan_notes(timezone.now())
    assert ahead() == ["2026-11-26T13:00:00+00:00"]


def test_at_night_none_is_planned_and_the_page_says_why(routine: Routine, rowan: Person, client: Client) -> None:
    with pytest.raises(WithinQuietHours):
        set_notes(routine.pk, time(22), [1], by=rowan)
    client.force_login(rowan)
    path = f"/routine/{routine.pk}/notes/"
    assert 'value="08:00"' in client.get(path).content.decode()
    for said, words in (
        ({"at": "22:00", "days": ["1"]}, "That lies in your quiet hours"),
        ({"at": "09:00", "days": ["1", "2", "3", "4"]}, "Three days a week are the most."),
        ({"at": "", "days": ["1"]}, "Say at what time."),
    ):
        answer = client.post(path, said)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert client.post(path, {"at": "", "days": []})["Location"] == "/routine/"
    assert ahead() == []


def test_the_letter_says_nothing_of_it(routine: Routine, rowan: Person) -> None:
    letter = Letter.objects.get(kind=KIND)
    words = rendered(letter, Clinic.objects.get(), timezone.now())
    assert "kettle" not in words.text + words.html + words.subject
    assert "nobody" not in words.text + words.html
    assert f"/routine/note/{signed(letter.pk)}/" in words.text
    assert str(routine.pk) not in words.text + words.html


def link_to(routine: Routine, rowan: Person, due: str = "2026-11-24T13:00:00Z") -> str:
    letter = due_letter(rowan, KIND, due_at=datetime.fromisoformat(due))
    Letter.objects.filter(pk=letter.pk).update(about=routine.pk)
    return f"/routine/note/{signed(letter.pk)}/"


def test_its_link_marks_that_day_without_signing_in_and_shows_nothing(routine: Routine, rowan: Person, clock: Clock) -> None:
    link, web = link_to(routine, rowan), Client()
    clock("2026-11-25T14:00:00Z")  # the next morning
    blank = web.get(link).content.decode()
    assert "kettle" not in blank
    assert "nobody" not in blank
    assert "Tuesday 24 November" in blank
    assert days_of(routine) == {}, "looking changes nothing"
    assert web.post(link, {"how": "smallest"})["Location"] == "/routine/noted/"
    assert days_of(routine) == {"2026-11-24": "smallest"}
    assert read_of(Client().get(link).content.decode()) == read_of(blank)


def read_of(page: str) -> str:
    """What somebody reads on it."""
    return re.sub(r"<[^>]*>", " ", page)


def test_what_was_said_in_koru_stays_and_twice_is_as_once(routine: Routine, rowan: Person) -> None:
    link = link_to(routine, rowan)
    mark(routine.pk, "rested", by=rowan)
    for how in ("done", "smallest"):
        assert Client().post(link, {"how": how})["Location"] == "/routine/noted/"
    assert days_of(routine) == {"2026-11-24": "rested"}


@pytest.mark.parametrize("how", ["", "in a row", "DONE", "\x00"])
def test_an_odd_answer_is_none(how: str, routine: Routine, rowan: Person) -> None:
    assert Client().post(link_to(routine, rowan), {"how": how}).status_code == 422
    assert days_of(routine) == {}


def test_a_link_that_is_old_made_up_of_another_kind_or_of_what_rests_opens_nothing(
    routine: Routine, rowan: Person, clock: Clock
) -> None:
    link, check_in = link_to(routine, rowan), signed(due_letter(rowan, "check-in", due_at=timezone.now()).pk)
    for wrong in (f"{link[:-2]}x/", f"/routine/note/{check_in}/", f"/check-in/quick/{link.split('/')[3]}/"):
        assert Client().get(wrong).status_code == 404
    rest(routine.pk, by=rowan)
    assert Client().post(link, {"how": "done"}).status_code == 404
    take_up(routine.pk, by=rowan)
    clock("2026-11-26T01:00:01Z")
    assert Client().post(link, {"how": "done"}).status_code == 404
    assert days_of(routine) == {}
