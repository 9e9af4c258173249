"""Both may widen the rhythm: a therapist suggests it after steady weeks, the client decides, and a flag undoes either."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from koru.people.models import Person, Spacing, Stage
from koru.privacy.door import open_record
from koru.privacy.looks import looks_at
from koru.reminders.check_in_notes import note_of, plan_check_ins
from koru.reminders.choices import set_check_in_time
from koru.reminders.less_often import space_check_ins
from koru.reminders.models import FewerNotes, Letter, Preferences
from koru.reminders.planning import UNSENT
from koru.safety.noticing import ask_for_help
from moodtracking import fewer_notes
from scheduling.models import Appointment
from tests.crowd import together
from tests.people import ally, make_staff, make_therapist
from tests.reminders.letters import due_letter
from tests.today.steady import checked_in, gets_notes, steady

from .world import appointment, make_pair, signed_in

Pair = tuple[Person, Person]
pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-24T17:00:00+00:00")  # noon in New York
YES, STAYS = "/check-in/items/rhythm/", "/check-in/items/rhythm/not-now/"


@pytest.fixture
def pair(clock: Callable[[str], time_machine.Traveller]) -> Pair:
    """Steady weeks, notes in the evening."""
    clock(NOW.isoformat())
    client, therapist = make_pair()
    gets_notes(steady(client))
    return client, therapist


def suggest(pair: Pair, apart: int | str = 4) -> str:
    client, therapist = pair
    return signed_in(therapist).post(f"/care/{client.pk}/plan/rhythm/", {"apart": apart}, follow=True).content.decode()


def suggested(pair: Pair) -> FewerNotes:
    suggest(pair)
    return FewerNotes.objects.open().get()


def page(person: Person, path: str) -> str:
    return signed_in(person).get(path).content.decode()


def apart_of(client: Person) -> int:
    return Preferences.objects.get(person=client).check_in_apart


def ahead(client: Person) -> date:
    (due,) = set(Letter.objects.filter(UNSENT, about=note_of(client.pk)).values_list("due_at", flat=True))
    return due.date()


def came_today(client: Person) -> None:
    due = NOW - timedelta(hours=1)
    due_letter(client, "check-in", about=note_of(client.pk), due_at=due, handed_at=due, sent_at=due)
    plan_check_ins()


def test_the_plan_says_how_often_and_what_may_be_suggested(pair: Pair) -> None:
    client, therapist = pair
    came_today(client)
    plan = page(therapist, f"/care/{client.pk}/plan/")
    assert "Suggest a note every fourth day" in plan
    assert "Notes a week" in plan
    suggest(pair)
    plan = page(therapist, f"/care/{client.pk}/plan/")
    assert "suggested a note every fourth day on" in plan
    assert "Suggest a note every fourth day" not in plan
    assert "plan changed" in {row.act for row in looks_at(client)}


@pytest.mark.parametrize("path", ["/today/", "/settings/", "/check-in/items/"])
def test_the_client_reads_who_suggests_it_and_nothing_has_changed(pair: Pair, path: str) -> None:
    client, therapist = pair
    came_today(client)
    before = ahead(client)
    suggest(pair)
    shown = page(client, path)
    assert therapist.display_name in shown
    assert "Yes, every fourth day" in shown
    assert (apart_of(client), ahead(client)) == (2, before)


@pytest.mark.parametrize(("said_on", "led"), [("today", "/today/"), ("settings", "/settings/"), ("", "/check-in/items/")])
def test_with_the_clients_yes_fewer_letters_are_planned(pair: Pair, said_on: str, led: str) -> None:
    client, _ = pair
    came_today(client)
    row = suggested(pair)
    answer = signed_in(client).post(YES, {"apart": "4", "from": said_on})
    assert answer["Location"].startswith(led)
    assert (apart_of(client), ahead(client)) == (4, date(2026, 11, 28))
    row.refresh_from_db()
    assert row.ended == "taken"
    signed_in(client).post(YES, {"apart": "4"})
    assert apart_of(client) == 4, "pressed twice it is one step"


def test_not_now_leaves_all_as_it_is_and_is_not_asked_again_for_a_while(pair: Pair, clock: Callable[[str], Any]) -> None:
    client, therapist = pair
    row = suggested(pair)
    signed_in(client).post(STAYS, {"from": "today"})
    row.refresh_from_db()
    assert (row.ended, apart_of(client)) == ("not-now", 2)
    assert 'id="fewer"' not in page(client, "/today/")
    assert "said not now" in page(therapist, f"/care/{client.pk}/plan/")
    assert "can be suggested after" in suggest(pair)
    assert "Every fourth day is enough" in page(client, "/check-in/items/"), "they may still take it by themselves"
    clock((NOW + timedelta(weeks=4, hours=1)).isoformat())
    steady(client)
    assert "Suggested. It changes once" in suggest(pair)


def test_the_clients_own_next_step_is_mentioned_and_can_be_put_away(pair: Pair) -> None:
    client, _ = pair
    assert "A note less often?" in page(client, "/today/")
    signed_in(client).post(STAYS, {"from": "today"})
    assert "A note less often?" not in page(client, "/today/")


@pytest.mark.parametrize("minutes", [-20, 120])
def test_a_day_of_a_session_mentions_nothing(pair: Pair, minutes: int) -> None:
    client, therapist = pair
    suggest(pair)
    row = appointment(client, therapist, NOW + timedelta(minutes=minutes))
    Appointment.objects.filter(pk=row.pk).update(kind="dosing")
    assert 'id="fewer"' not in page(client, "/today/")


def test_a_flag_takes_back_what_is_suggested_and_what_was_taken(pair: Pair) -> None:
    client, _ = pair
    came_today(client)
    row = suggested(pair)
    with transaction.atomic():
        ask_for_help(client, by=client)
        row.refresh_from_db()
        assert row.ended == "flag"
        transaction.set_rollback(True)
    row.refresh_from_db()
    assert not row.ended, "with the flag undone, the suggestion stands"
    signed_in(client).post(YES, {"apart": "4"})
    ask_for_help(client, by=client)
    assert (apart_of(client), ahead(client)) == (2, date(2026, 11, 26))
    signed_in(client).post(YES, {"apart": "4"})
    assert apart_of(client) == 2
    assert "can be suggested after four steady weeks" in suggest(pair)


@pytest.mark.parametrize("apart", ["", "7", "2", "x", "-4", "4.0", "٤", "9" * 40])
def test_only_the_next_step_can_be_suggested(pair: Pair, apart: str) -> None:
    suggest(pair, apart)
    assert not FewerNotes.objects.exists()


@pytest.mark.parametrize("weeks", [(), (0, 1, 2), (0, 1, 3)])
def test_without_steady_weeks_nothing_is_suggested(clock: Callable[[str], Any], weeks: tuple[int, ...]) -> None:
    clock(NOW.isoformat())
    client, therapist = make_pair()
    checked_in(gets_notes(client), *weeks)
    suggest((client, therapist))
    assert not FewerNotes.objects.exists()


def test_what_changes_the_rhythm_ends_a_suggestion(pair: Pair) -> None:
    client, _ = pair
    row = suggested(pair)
    space_check_ins(client, 7, by=client)
    row.refresh_from_db()
    assert row.ended == "changed"
    space_check_ins(client, 2, by=client)
    row = suggested(pair)
    set_check_in_time(client, None, by=client)
    row.refresh_from_db()
    assert row.ended == "changed"
    assert 'id="fewer"' not in page(client, "/today/")


def test_it_can_be_taken_back(pair: Pair) -> None:
    client, therapist = pair
    suggest(pair)
    signed_in(therapist).post(f"/care/{client.pk}/plan/rhythm/take-back/")
    assert "suggests" not in page(client, "/check-in/items/")
    assert FewerNotes.objects.get().ended == "back"


def test_seeing_each_other_less_may_suggest_it_too(pair: Pair) -> None:
    client, therapist = pair
    browser, path = signed_in(therapist), f"/care/{client.pk}/plan/stage/"
    assert browser.post(path, {"stage": "maintenance.6"}).status_code == 302
    assert not FewerNotes.objects.exists()
    assert browser.post(path, {"stage": "maintenance.8", "fewer": "on"}).status_code == 302
    assert FewerNotes.objects.open().get().apart == 4
    assert Spacing.objects.open().get().weeks == 8
    assert not Stage.objects.exists(), "nothing stands before the client's yes"
    assert browser.post(path, {"stage": "finishing", "fewer": "on"}).status_code == 302, "it is suggested already"


@pytest.mark.parametrize("who", ["another", "ended", "staff", "client"])
def test_nobody_but_their_therapist_suggests(pair: Pair, who: str) -> None:
    client, therapist = pair
    if who == "ended":
        therapist.caseload.update(until=timezone.now())
    by = {"another": make_therapist(), "ended": therapist, "staff": make_staff(), "client": client}[who]
    for path in ("", "take-back/"):
        assert signed_in(by).post(f"/care/{client.pk}/plan/rhythm/{path}", {"apart": "4"}).status_code in (403, 404)
    assert not FewerNotes.objects.exists()


def test_the_database_takes_one_step_at_a_time(pair: Pair) -> None:
    client, therapist = pair
    row = {"client": client, "suggested_by": therapist, "suggested_at": timezone.now()}
    for wrong in ({"apart": 3}, {"apart": 4, "ended": "taken"}, {"apart": 4, "ended_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FewerNotes.objects.create(**row, **wrong)
    FewerNotes.objects.create(**row, apart=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        FewerNotes.objects.create(**row, apart=7)


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_a_flag_at_once_leave_the_old_rhythm(pair: Pair) -> None:
    client, therapist = pair
    suggest(pair)

    def helped() -> object:
        return ask_for_help(client, by=client)

    def yes() -> object:
        return fewer_notes.take(4, by=client)

    together([helped, yes, yes, helped])
    assert apart_of(client) == 2
    assert not FewerNotes.objects.open().exists()
    assert "every other day" in page(therapist, f"/care/{client.pk}/plan/").lower()


@pytest.mark.django_db(transaction=True)
def test_two_therapists_at_once_leave_one_suggestion(pair: Pair) -> None:
    client, therapist = pair
    other = ally(client, make_therapist()).therapist

    def suggesting(by: Person) -> object:
        with open_record(client, by=by, why="plan") as record:
            return fewer_notes.suggest(4, record=record, by=by)

    together([partial(suggesting, by) for by in (therapist, other) * 3])
    assert FewerNotes.objects.count() == 1
