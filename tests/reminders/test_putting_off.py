""" "Not now" and "less often": by signed links without signing in, each for its one purpose; GET asks, POST acts."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from koru.people.models import Person
from koru.reminders.check_in_notes import plan_check_ins_anew
from koru.reminders.less_often import STEPS
from koru.reminders.models import Letter, Preferences
from koru.reminders.planning import plan
from koru.reminders.putting_off import TODAY, TOMORROW, comes_again, put_off, times_for
from koru.reminders.stopping import LATER, STOP, later_path, letter_of, stop_path
from tests.people import make_client, make_clinic

from .letters import due_letter, planned

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 1, 17, tzinfo=UTC)  # noon in New York


@pytest.fixture
def client(clock: Callable[[str], Any]) -> Person:
    clock(NOON.isoformat())
    make_clinic()
    return make_client(zone="America/New_York")


def note(person: Person, kind: str = "measure-due", **fields: Any) -> Letter:
    at = fields.pop("due_at", NOON - timedelta(hours=2))
    return due_letter(person, kind, due_at=at, handed_at=at, sent_at=at, **fields)


def test_a_note_comes_again_in_three_hours_or_tomorrow_at_its_own_hour(client: Person) -> None:
    assert times_for(note(client), NOON) == {
        TODAY: NOON + timedelta(hours=3),
        TOMORROW: datetime(2027, 3, 2, 15, tzinfo=UTC),
    }


def test_tomorrow_keeps_its_hour_over_a_change_of_the_clocks(client: Person) -> None:
    before = datetime(2027, 3, 13, 15, tzinfo=UTC)  # ten in the morning; summer time begins the next night
    assert times_for(note(client, due_at=before), before)[TOMORROW] == datetime(2027, 3, 14, 14, tzinfo=UTC)


def test_in_the_evening_later_today_is_not_offered(client: Person) -> None:
    evening = datetime(2027, 3, 1, 23, 30, tzinfo=UTC)  # half past six: three hours on lies in the quiet hours
    assert list(times_for(note(client, due_at=evening), evening)) == [TOMORROW]


def test_at_night_it_comes_when_the_quiet_hours_are_over(client: Person) -> None:
    night = datetime(2027, 3, 1, 7, tzinfo=UTC)  # two in the morning
    times = times_for(note(client, due_at=night), night)
    assert times == {TODAY: datetime(2027, 3, 1, 13, tzinfo=UTC), TOMORROW: datetime(2027, 3, 2, 13, tzinfo=UTC)}


@pytest.mark.parametrize("kind", ["session-week", "appointment-changed", "meeting-tomorrow"])
def test_what_is_about_an_appointment_can_not_be_put_off(client: Person, kind: str) -> None:
    letter = note(client, kind)
    assert times_for(letter, NOON) == {}
    assert put_off(letter, TOMORROW) is None
    assert Letter.objects.count() == 1


def test_the_link_is_over_after_a_week_and_when_the_note_was_taken_back(client: Person) -> None:
    assert times_for(note(client, due_at=NOON - timedelta(days=7)), NOON) == {}
    assert times_for(note(client, withdrawn_at=NOON), NOON) == {}


def test_putting_it_off_twice_is_as_once_and_the_later_choice_counts(client: Person) -> None:
    letter = note(client)
    for which in (TODAY, TODAY, TOMORROW, TODAY):
        put_off(letter, which)
    [again] = Letter.objects.filter(put_off=True)
    assert again.due_at == NOON + timedelta(hours=3)
    assert (again.kind, again.about, again.context) == (letter.kind, letter.about, letter.context)
    assert comes_again(letter) == again.due_at


def test_it_stays_of_use_as_long_after_as_it_was_before(client: Person) -> None:
    put_off(note(client, not_after=NOON + timedelta(hours=6)), TOMORROW)
    again = Letter.objects.get(put_off=True)
    assert again.not_after == again.due_at + timedelta(hours=8)


def test_what_was_put_off_does_not_count_again_and_is_not_swept_away(client: Person) -> None:
    Preferences.objects.create(person=client, check_in_at=time(10))
    plan_check_ins_anew()
    Letter.objects.all().delete()
    first = note(client, "check-in")
    put_off(first, TODAY)
    plan([planned("prompt-ready", client, due_at=NOON + timedelta(days=3))])
    plan_check_ins_anew()
    assert not Letter.objects.filter(put_off=True).exclude(withdrawn_at=None).exists()
    assert Letter.objects.filter(put_off=True).count() == 1


def test_the_page_asks_and_its_button_acts(client: Person) -> None:
    letter, web = note(client), Client()
    page = web.get(later_path(letter.pk)).content.decode()
    assert "Later today, 3:00 pm" in page
    assert "Tomorrow, 10:00 am" in page
    assert not Letter.objects.filter(put_off=True).exists()
    shown = web.post(later_path(letter.pk), {"when": "tomorrow"}, follow=True).content.decode()
    assert "It comes again then" in shown
    assert "Tuesday 2 March" in shown


@pytest.mark.parametrize("when", ["", "never", "yesterday", "\x00"])
def test_an_odd_time_changes_nothing(client: Person, when: str) -> None:
    letter = note(client)
    assert Client().post(later_path(letter.pk), {"when": when}).status_code == 302
    assert Letter.objects.count() == 1


def test_each_link_is_for_its_one_purpose(client: Person) -> None:
    letter = note(client)
    stop, later = (path.split("/")[-2] for path in (stop_path(letter.pk), later_path(letter.pk)))
    assert (letter_of(stop, STOP), letter_of(later, LATER)) == (letter.pk, letter.pk)
    assert (letter_of(stop, LATER), letter_of(later, STOP)) == (None, None)
    assert Client().post(f"/reminders/stop/{later}/").status_code == 404
    assert Client().post(f"/reminders/later/{stop}/", {"when": TODAY}).status_code == 404


def test_the_inbox_leads_there(client: Person) -> None:
    letter = note(client, channel="inbox")
    web = Client()
    web.force_login(client)
    assert later_path(letter.pk) in web.get("/inbox/").content.decode()


def test_less_often_spaces_the_notes_step_by_step_and_moves_the_next_one(client: Person) -> None:
    Preferences.objects.create(person=client, check_in_at=time(10))
    came = note(client, "check-in", due_at=NOON - timedelta(hours=2), zone="America/New_York")
    Letter.objects.filter(pk=came.pk).update(about=plan_and_find(client).about)
    for days in list(STEPS)[1:]:
        page = Client().get(stop_path(came.pk)).content.decode()
        assert f"Less often: {STEPS[days]}" in page
        Client().post(stop_path(came.pk), {"less": "yes"})
        ahead = Letter.objects.get(kind="check-in", sent_at=None)
        assert ahead.due_at.astimezone(ZoneInfo(client.zone)).date() == (NOON + timedelta(days=days)).date()
    page = Client().get(stop_path(came.pk)).content.decode()
    assert "Less often" not in page
    assert "once a week" in page
    assert Client().post(stop_path(came.pk), {"less": "yes"}).status_code == 302
    assert Preferences.objects.get().check_in_apart == 7


def plan_and_find(person: Person) -> Letter:
    plan_check_ins_anew()
    return Letter.objects.get(to=person, kind="check-in", sent_at=None)


def test_less_of_what_has_no_rhythm_is_not_offered_and_does_nothing(client: Person) -> None:
    letter = note(client)
    assert "Less often" not in Client().get(stop_path(letter.pk)).content.decode()
    Client().post(stop_path(letter.pk), {"less": "yes"})
    assert not Preferences.objects.exists()


def test_how_often_is_chosen_in_settings_too(client: Person) -> None:
    web = Client()
    web.force_login(client)
    web.post("/settings/nudge/", {"check_in_at": "10:00", "check_in_apart": "7", "prompt_at": "10:00"})
    chosen = Preferences.objects.get()
    assert (chosen.check_in_at, chosen.check_in_apart) == (time(10), 7)
    assert web.post("/settings/nudge/", {"check_in_apart": "3", "prompt_at": "10:00"}).status_code == 422
