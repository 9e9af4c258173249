"""A routine as a whole: a week's word, three silent weeks, and who reads it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from koru.people.models import Person
from koru.sealing.keyring import keyring
from scheduling.marking_routine import mark
from scheduling.models import Appointment, Routine, RoutineChange, RoutineChoice, RoutineMark, WeekWord
from scheduling.refusals import DecideTomorrow
from scheduling.resting_routines import rest_the_silent
from scheduling.routine_today import routine_today
from scheduling.sharing_routine import keep_routine_to_oneself, share_routine
from scheduling.week_word import ask_for_word, say_word
from tests.care.world import appointment
from tests.people import make_client, make_clinic, make_therapist

from .routine import begun, begun_before

Clock = Callable[[str], time_machine.Traveller]
pytestmark = pytest.mark.django_db


@pytest.fixture
def rowan(clock: Clock) -> Person:
    clock("2026-11-24T17:00:00Z")  # Tuesday noon in New York
    make_clinic()
    return make_client()


@pytest.fixture
def web(rowan: Person, client: Client) -> Client:
    client.force_login(rowan)
    return client


def words_of(client: Person) -> dict[str, str]:
    with keyring():
        return {one.week.isoformat(): one.word for one in WeekWord.objects.filter(client=client)}


def test_a_word_is_for_this_week_and_on_the_evening_before_for_the_next(rowan: Person, clock: Clock) -> None:
    with keyring():
        say_word("soft", "", by=rowan)
        say_word("slow", "at lunch", by=rowan)
        assert words_of(rowan) == {"2026-11-23": "slow"}
        ask_for_word(7, by=rowan)
        clock("2026-11-29T21:59:00Z")  # Sunday, a minute before five
        say_word("still", "", by=rowan)
        clock("2026-11-29T22:00:00Z")
        assert routine_today(rowan, timezone.now()).asks_word
        say_word("light", "", by=rowan)
        assert not routine_today(rowan, timezone.now()).asks_word
        say_word("", "", by=rowan)
    assert words_of(rowan) == {"2026-11-23": "still"}


def test_it_is_asked_for_by_choice_alone(rowan: Person, clock: Clock) -> None:
    begun(rowan)
    for instant in ("2026-11-29T23:00:00Z", "2026-11-30T15:00:00Z"):
        clock(instant)
        assert not routine_today(rowan, timezone.now()).asks_word
    ask_for_word(1, by=rowan)
    assert routine_today(rowan, timezone.now()).asks_word
    ask_for_word(None, by=rowan)
    assert not routine_today(rowan, timezone.now()).asks_word


def test_a_word_is_sealed_and_its_week_begins_on_a_monday(rowan: Person) -> None:
    with keyring():
        say_word("hushabye", "at the river", by=rowan)
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, moment FROM scheduling_weekword")
        assert b"hushabye" not in b"".join(bytes(cell) for cell in cursor.fetchone())
    with pytest.raises(IntegrityError), transaction.atomic():
        WeekWord.objects.update(week=date(2026, 11, 24))


def test_the_page_keeps_a_word_and_says_what_is_wrong_beside_it(web: Client, rowan: Person) -> None:
    assert web.post("/routine/word/", {"word": "soft", "moment": "at lunch"})["Location"] == "/routine/#week-word"
    assert "soft" in web.get("/routine/").content.decode()
    answer = web.post("/routine/word/", {"word": "", "moment": "at lunch"})
    assert answer.status_code == 422
    assert "Write the word that this moment is for." in answer.content.decode()
    assert web.post("/routine/word/when/", {"asks_on": "3"}).status_code == 422
    web.post("/routine/word/when/", {"asks_on": "7"})
    assert RoutineChoice.objects.get(client=rowan).asks_on == 7


@pytest.mark.parametrize(("days", "rest"), [(21, False), (22, True), (400, True)])
def test_after_three_silent_weeks_all_rest_by_themselves_and_stay_on_the_list(days: int, rest: bool, rowan: Person) -> None:
    routines = [begun_before(rowan, days) for _ in range(2)]
    for _ in range(2):
        rest_the_silent(timezone.now())
    assert {bool(one.rests_since) for one in Routine.objects.filter(client=rowan)} == {rest}
    assert RoutineChange.objects.filter(what="rested").count() == (len(routines) if rest else 0)


def test_one_answer_keeps_all_of_them_awake_and_nobody_elses(rowan: Person) -> None:
    routine, other = begun_before(rowan, 60), begun_before(rowan, 60)
    theirs = begun_before(make_client(), 60)
    RoutineMark.objects.create(client=rowan, routine=routine, day=date(2026, 11, 10), how="rested")
    RoutineMark.objects.update(at=timezone.now() - timedelta(days=14))
    assert rest_the_silent(timezone.now()) == 1
    assert Routine.objects.get(pk=other.pk).is_active
    assert not Routine.objects.get(pk=theirs.pk).is_active


def test_sharing_waits_after_a_session_and_keeping_to_oneself_does_not(web: Client, rowan: Person) -> None:
    row = appointment(rowan, make_therapist(), timezone.now() - timedelta(hours=3))
    Appointment.objects.filter(pk=row.pk).update(kind="dosing", state="met", ended_at=timezone.now() - timedelta(hours=1))
    assert "Your therapist can read this" in web.get("/routine/").content.decode()
    assert "From now on only you can read it." in web.post("/routine/share/", {"share": "0"}, follow=True).content.decode()
    with pytest.raises(DecideTomorrow):
        share_routine(by=rowan)
    assert "Sharing more waits" in web.post("/routine/share/", {"share": "1"}, follow=True).content.decode()
    assert not RoutineChoice.objects.get(client=rowan).is_shared


def test_what_is_shared_already_stays_so(rowan: Person) -> None:
    for _ in range(2):
        share_routine(by=rowan)
    assert not RoutineChoice.objects.exists()
    keep_routine_to_oneself(by=rowan)
    share_routine(by=rowan)
    assert RoutineChoice.objects.get(client=rowan).is_shared


def test_marking_answers_the_welcome(rowan: Person) -> None:
    routine = begun_before(rowan, 5)
    assert routine_today(rowan, timezone.now()).welcome
    mark(routine.pk, "rested", by=rowan)
    assert not routine_today(rowan, timezone.now()).welcome
