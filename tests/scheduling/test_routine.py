"""A client's routines: three at most whatever the load, one answer a day on their own day, nothing said of what is missing."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.utils import timezone

from koru.people.models import Person
from koru.sealing.keyring import keyring
from scheduling.keeping_routine import (
    Said,
    ThreeActive,
    begin,
    change,
    come_back,
    keep,
    keep_one,
    let_go,
    make_smaller,
    rest,
    take_up,
)
from scheduling.marking_routine import mark
from scheduling.models import Routine, RoutineChange, RoutineMark
from scheduling.routine_page import page_of
from scheduling.routine_week import Return
from tests.crowd import together
from tests.people import make_client

from .routine import KETTLE, begun, begun_before, days_of

Clock = Callable[[str], time_machine.Traveller]
pytestmark = pytest.mark.django_db


@pytest.fixture
def rowan() -> Person:
    return make_client(zone="Europe/Berlin")


def active(client: Person) -> set[str]:
    with keyring():
        return {one.action for one in Routine.objects.filter(client=client, place__isnull=False)}


def test_a_fourth_waits_for_one_to_rest(rowan: Person) -> None:
    first, *_ = (begun(rowan, action) for action in ("one", "two", "three"))
    with pytest.raises(ThreeActive):
        begun(rowan, "four")
    with keyring():
        begin(Said("tea", "four"), key=uuid4(), by=rowan, instead=first.pk)
    assert active(rowan) == {"two", "three", "four"}
    assert [one.routine.action for one in page_of(rowan, timezone.now()).active] == ["two", "three", "four"]


def test_one_of_somebody_elses_makes_no_room(rowan: Person) -> None:
    for action in ("one", "two", "three"):
        begun(rowan, action)
    theirs = begun(make_client())
    with pytest.raises(ThreeActive), keyring():
        begin(Said("tea", "four"), key=uuid4(), by=rowan, instead=theirs.pk)
    assert Routine.objects.get(pk=theirs.pk).is_active


def test_the_database_holds_three_too(rowan: Person) -> None:
    made = [begun(rowan, action) for action in ("one", "two", "three")]
    fourth = {"look_on": date(2026, 12, 1), "since": timezone.now()}
    for place in (3, 4, 0):
        with pytest.raises(IntegrityError), transaction.atomic():
            Routine.objects.create(client=rowan, cue="tea", action="four", place=place, **fourth)
    for odd in ({"place": None}, {"rests_since": timezone.now()}, {"remind_days": [1, 2, 3, 4]}, {"remind_days": [8]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Routine.objects.filter(pk=made[0].pk).update(**odd)


@pytest.mark.django_db(transaction=True)
def test_of_eight_that_begin_at_once_three_are_active_and_a_key_is_one(rowan: Person) -> None:
    same = uuid4()
    keys = [same, same, same, *(uuid4() for _ in range(5))]
    done = together([partial(begin, KETTLE, key=key, by=rowan) for key in keys])
    assert Routine.objects.filter(client=rowan, place__isnull=False).count() == 3
    assert Routine.objects.filter(client=rowan).count() == 3
    assert len({one.pk for one in done[:3] if isinstance(one, Routine)}) <= 1


@pytest.mark.django_db(transaction=True)
def test_the_same_tap_sent_many_times_at_once_is_one_mark(rowan: Person) -> None:
    routine = begun(rowan)
    together([partial(mark, routine.pk, how, by=rowan) for how in ("done", "done", "smallest", "rested") * 2])
    assert RoutineMark.objects.filter(routine=routine).count() == 1


def test_words_are_sealed(rowan: Person) -> None:
    begun(rowan, "a line that nobody else reads")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cue, action FROM scheduling_routine")
        assert b"nobody" not in b"".join(bytes(cell) for cell in cursor.fetchone())


def test_a_tap_is_once_and_taken_back_as_easily(rowan: Person, clock: Clock) -> None:
    clock("2026-11-24T12:00:00Z")
    routine = begun(rowan)
    for how, said in (("done", "done"), ("done", "done"), ("smallest", "smallest"), ("rested", "rested")):
        mark(routine.pk, how, by=rowan)
        assert days_of(routine) == {"2026-11-24": said}
    for _ in range(2):
        mark(routine.pk, "", by=rowan)
        assert days_of(routine) == {}


@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        ("Europe/Berlin", "2026-11-25T02:59:59Z", "2026-11-24"),  # 03:59 is still the evening before
        ("Europe/Berlin", "2026-11-25T03:00:00Z", "2026-11-25"),
        ("Europe/Berlin", "2027-03-28T01:59:59Z", "2027-03-27"),  # clocks went from two to three
        ("Europe/Berlin", "2027-03-28T02:00:00Z", "2027-03-28"),
        ("America/New_York", "2026-11-01T08:59:59Z", "2026-10-31"),  # one o'clock came twice
        ("America/New_York", "2026-11-01T09:00:00Z", "2026-11-01"),
        ("Australia/Lord_Howe", "2026-11-24T17:00:00Z", "2026-11-25"),
        ("Asia/Kathmandu", "2026-11-24T22:14:59Z", "2026-11-24"),
        ("Asia/Kathmandu", "2026-11-24T22:15:00Z", "2026-11-25"),
    ],
)
def test_the_day_is_the_clients_own(zone: str, instant: str, day: str, clock: Clock) -> None:
    client = make_client(zone=zone)
    clock(instant)
    routine = begun(client)
    mark(routine.pk, "done", by=client)
    assert days_of(routine) == {day: "done"}


def test_a_day_that_was_said_stays_where_it_was_felt_when_they_travel_west(clock: Clock) -> None:
    client = make_client(zone="Asia/Tokyo")
    clock("2026-11-24T22:00:00Z")  # Wednesday morning in Tokyo
    routine = begun(client)
    mark(routine.pk, "done", by=client)
    client.zone = "America/Los_Angeles"
    client.save()
    mark(routine.pk, "smallest", by=client)  # Tuesday afternoon there
    assert days_of(routine) == {"2026-11-25": "done", "2026-11-24": "smallest"}
    (shown,) = page_of(client, timezone.now()).active
    assert shown.how == "smallest"


def test_nothing_can_be_said_of_days_to_come_long_gone_or_of_what_rests(rowan: Person, clock: Clock) -> None:
    clock("2026-11-24T12:00:00Z")
    routine = begun(rowan)
    for day in (date(2026, 11, 25), date(2026, 11, 17)):
        with pytest.raises(Http404):
            mark(routine.pk, "done", by=rowan, day=day)
    with pytest.raises(Http404):
        mark(routine.pk, "in a row", by=rowan)
    mark(routine.pk, "done", by=rowan, day=date(2026, 11, 18))
    rest(routine.pk, by=rowan)
    with pytest.raises(Http404):
        mark(routine.pk, "done", by=rowan)


def test_another_persons_routine_is_as_one_that_never_was(rowan: Person) -> None:
    theirs, word = begun(make_client()), Said("tea", "words")
    for deed in (rest, keep, let_go, take_up, keep_one):
        with pytest.raises(Http404):
            deed(theirs.pk, by=rowan)
    for told in (partial(mark, theirs.pk, "done"), partial(change, theirs.pk, word), partial(make_smaller, theirs.pk, "less")):
        with pytest.raises(Http404):
            told(by=rowan)
    assert Routine.objects.get(pk=theirs.pk).is_active


def test_what_became_of_it_is_kept_in_order(rowan: Person) -> None:
    with keyring():
        routine = begun(rowan, "walk to the river")
        change(routine.pk, Said("tea", "walk to the corner"), by=rowan)
        make_smaller(routine.pk, "stand at the door", by=rowan)
        rest(routine.pk, by=rowan)
        rest(routine.pk, by=rowan)
        take_up(routine.pk, by=rowan)
        take_up(routine.pk, by=rowan)
        let_go(routine.pk, by=rowan)
        told = [(one.what, one.words) for one in RoutineChange.objects.filter(routine=routine)]
    assert told == [
        ("begun", "walk to the river"), ("changed", "walk to the corner"), ("smaller", "stand at the door"),
        ("rested", "stand at the door"), ("taken_up", "stand at the door"), ("let_go", "stand at the door"),
    ]  # fmt: skip


def test_after_two_weeks_it_is_asked_about_until_an_answer(rowan: Person, clock: Clock) -> None:
    clock("2026-11-02T12:00:00Z")
    routine = begun(rowan)
    mark(routine.pk, "done", by=rowan)
    for instant, asks in (("2026-11-15T12:00:00Z", False), ("2026-11-16T12:00:00Z", True), ("2026-11-20T12:00:00Z", True)):
        clock(instant)
        assert [one.asks_to_look for one in page_of(rowan, timezone.now()).active] == [asks]
    keep(routine.pk, by=rowan)
    assert [one.asks_to_look for one in page_of(rowan, timezone.now()).active] == [False]
    assert RoutineChange.objects.filter(routine=routine, what="kept").count() == 1


def test_after_a_week_away_one_is_kept_and_the_others_rest(rowan: Person) -> None:
    one, other = begun_before(rowan, 9), begun_before(rowan, 9)
    assert page_of(rowan, timezone.now()).returning is Return.KEEP_ONE
    keep_one(one.pk, by=rowan)
    assert Routine.objects.get(pk=one.pk).is_active
    assert Routine.objects.get(pk=other.pk).rests_since
    assert page_of(rowan, timezone.now()).returning is Return.NOTHING


def test_all_of_them_may_stay_too_and_an_answer_ends_the_question(rowan: Person) -> None:
    one, _ = begun_before(rowan, 9), begun_before(rowan, 9)
    come_back(by=rowan)
    page = page_of(rowan, timezone.now())
    assert (page.returning, len(page.active)) == (Return.NOTHING, 2)
    RoutineMark.objects.create(client=rowan, routine=one, day=page.today - timedelta(days=1), how="rested")
    assert page_of(rowan, timezone.now()).returning is Return.NOTHING
