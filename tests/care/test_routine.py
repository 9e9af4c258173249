"""A client's routine in the brief: by their choice, through the door, and nothing of their week's word."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Standing
from koru.sealing.keyring import keyring
from scheduling.keeping_routine import Said, change, let_go, rest
from scheduling.models import RoutineMark
from scheduling.routine_day import today_of
from scheduling.routine_told import routine_told
from scheduling.sharing_routine import keep_routine_to_oneself
from scheduling.week_word import say_word
from tests.people import make_staff, make_therapist
from tests.scheduling.routine import begun

from .world import signed_in

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]


def brief(therapist: Person, client: Person) -> str:
    return signed_in(therapist).get(f"/care/{client.pk}/brief/").content.decode()


def test_the_therapist_reads_what_is_kept_changed_and_rests(pair: Pair) -> None:
    client, therapist = pair
    routine, resting, gone = (begun(client, action) for action in ("walk round the block", "call my sister", "dim the lamp"))
    for back, how in ((0, "done"), (2, "smallest"), (3, "rested"), (6, "done"), (7, "done")):
        RoutineMark.objects.create(client=client, routine=routine, day=today_of(client) - timedelta(days=back), how=how)
    with keyring():
        change(routine.pk, Said("lunch is over", "walk to the corner"), by=client)
        rest(resting.pk, by=client)
        let_go(gone.pk, by=client)
        say_word("hushabye", "at the river", by=client)
    page = brief(therapist, client)
    for words in ("If lunch is over, then walk to the corner", "Changed lately", "3 of 7 days", "call my sister"):
        assert words in page
    for words in ("dim the lamp", "hushabye", "at the river"):
        assert words not in page


def test_what_is_kept_to_oneself_is_as_if_there_were_none(pair: Pair) -> None:
    client, therapist = pair
    assert "Routine:" not in brief(therapist, client)
    begun(client, "walk round the block")
    assert "walk round the block" in brief(therapist, client)
    keep_routine_to_oneself(by=client)
    page = brief(therapist, client)
    assert "walk round the block" not in page
    assert "Routine:" not in page


@pytest.mark.parametrize("standing", [Standing.STAFF, Standing.LEAD, Standing.NONE])
def test_nobody_else_reads_it(standing: Standing, pair: Pair) -> None:
    client, _ = pair
    begun(client)
    record = Record(client, make_staff(), standing, "test")
    assert not routine_told(record, timezone.now()).says_something
    assert signed_in(make_therapist()).get(f"/care/{client.pk}/brief/").status_code == 404
    assert signed_in(make_staff()).get(f"/care/{client.pk}/brief/").status_code == 404


@pytest.mark.parametrize("routines", [1, 9])
def test_it_asks_once_however_many_there_were(
    routines: int, pair: Pair, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, therapist = pair
    for number in range(routines):
        made = begun(client, f"thing {number}")
        RoutineMark.objects.create(client=client, routine=made, day=today_of(client), how="done")
        if number < routines - 3:
            rest(made.pk, by=client)
    with keyring(), django_assert_num_queries(2):  # the client's key is the other
        told = routine_told(Record(client, therapist, Standing.THERAPIST, "test"), timezone.now())
    assert len(told.active) == min(routines, 3)
    assert {one.days for one in told.active} == {1}
