"""A good goodbye: nothing ends by it before each step is done or declined by its name, and the database agrees."""

from contextlib import suppress
from functools import partial
from itertools import combinations

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from django.http import Http404
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from koru.moments.spans import Span
from koru.people.consents import begin_alliance, end_alliance
from koru.people.endings import OF_THE_THERAPIST, THEIRS, Ending, EndingStep, Farewell, Outcome, StepName
from koru.people.models import Alliance, Person, Stage
from koru.people.parting import (
    CannotPart,
    StepsOpen,
    done_by_client,
    end_well,
    farewell_to,
    open_ending,
    open_steps,
    put_off,
    take_step,
    write_farewell,
)  # fmt: skip
from koru.sealing.keyring import keyring
from tests.care.world import make_pair
from tests.crowd import together
from tests.people import ally, make_client, make_staff, make_therapist
from tests.people.goodbyes import LETTER, opened, said

Pair = tuple[Person, Person]
REFUSED = (ProgrammingError, InternalError, IntegrityError)


@pytest.fixture
def pair(db: None) -> Pair:
    return make_pair()


def test_it_begins_once_both_agreed_and_twice_is_once(pair: Pair) -> None:
    client, therapist = pair
    with pytest.raises(CannotPart):
        open_ending(client, by=therapist)
    ending = opened(client, therapist)
    assert open_ending(client, by=therapist) == ending
    for other in (make_therapist(), make_staff(), client):
        with pytest.raises(Http404):
            open_ending(client, by=other)


@pytest.mark.parametrize("left", StepName)
def test_nothing_ends_while_one_step_is_open(pair: Pair, left: StepName) -> None:
    ending = said(opened(*pair), left)
    with pytest.raises(StepsOpen) as reason:
        end_well(ending, by=pair[1])
    assert reason.value.names == (left,)
    assert Alliance.objects.current().filter(client=pair[0]).exists()
    assert farewell_to(pair[0]) is None


def test_no_alliance_ends_with_a_goodbye_that_was_not_finished_not_even_in_the_database(pair: Pair) -> None:
    client, therapist = pair
    now = timezone.now()
    for left in (*combinations(StepName, 1), tuple(StepName)):
        ending = said(opened(client, therapist), *left)
        with pytest.raises(REFUSED), transaction.atomic():
            Ending.objects.filter(pk=ending.pk).update(ended_at=now)
        with pytest.raises(REFUSED), transaction.atomic():
            Alliance.objects.filter(client=client).update(until=now, ended_as="goodbye")
        put_off(ending, by=therapist)
    with pytest.raises(REFUSED), transaction.atomic():
        Alliance.objects.filter(client=client).update(ended_as="another")


def test_the_steps_of_the_database_are_those_of_the_code() -> None:
    assert len(StepName) == 6


def test_when_it_ends_the_letter_is_the_clients_and_the_stage_is_over(pair: Pair) -> None:
    client, therapist = pair
    ending = said(opened(client, therapist))
    end_well(ending, by=therapist)
    letter = farewell_to(client)
    assert letter is not None
    assert letter.words == LETTER
    assert Alliance.objects.get(client=client).ended_as == "goodbye"
    assert not Stage.objects.now().filter(client=client).exists()
    with pytest.raises(Http404):
        end_well(ending, by=therapist)


def test_what_was_said_at_a_goodbye_stays(pair: Pair) -> None:
    ending = end_well(said(opened(*pair)), by=pair[1])
    for change in ({"outcome": "done"}, {"name": "letter"}):
        with pytest.raises(REFUSED), transaction.atomic():
            EndingStep.objects.filter(ending=ending, name="door").update(**change)
    with pytest.raises(REFUSED), transaction.atomic():
        Ending.objects.filter(pk=ending.pk).update(ended_at=None)
    with pytest.raises(Http404):
        take_step(ending, "door", "done", by=pair[1])


def test_each_says_what_is_theirs(pair: Pair) -> None:
    client, therapist = pair
    ending = opened(client, therapist)
    for name in OF_THE_THERAPIST:
        for outcome in Outcome:
            with pytest.raises(CannotPart):
                take_step(ending, name, outcome, by=client)
    for name in THEIRS:
        with pytest.raises(CannotPart):
            take_step(ending, name, "done", by=therapist)
        assert take_step(ending, name, "done", by=client).by == client
        assert take_step(ending, name, "declined", by=therapist).by == therapist
    with pytest.raises(CannotPart):
        take_step(ending, "letter", "done", by=therapist)
    for odd in (("", "done"), ("door", ""), ("door", "maybe"), ("window", "done")):
        with pytest.raises(CannotPart):
            take_step(ending, *odd, by=therapist)


def test_nobody_else_says_anything(pair: Pair) -> None:
    ending = opened(*pair)
    for person in (make_staff(), make_therapist(), ally(make_client(), make_therapist()).client):
        for deed in (put_off, end_well, partial(take_step, name="door", outcome="done"), partial(write_farewell, words="x")):
            with pytest.raises(Http404):
                deed(ending, by=person)
    for deed in (end_well, partial(write_farewell, words="x")):
        with pytest.raises(Http404):
            deed(ending, by=pair[0])


def test_what_the_client_has_just_done_is_noted_where_a_goodbye_is_open(pair: Pair) -> None:
    client, therapist = pair
    done_by_client(StepName.EXPORT, by=client)
    assert not EndingStep.objects.exists()
    ending = opened(client, therapist)
    done_by_client(StepName.EXPORT, by=client)
    assert open_steps(ending) == [one for one in StepName if one != StepName.EXPORT]


def test_a_handover_puts_a_goodbye_off_and_is_none(pair: Pair) -> None:
    client, therapist = pair
    ending = said(opened(client, therapist))
    end_alliance(Alliance.objects.get(client=client), by=make_staff(), ended_as="another")
    assert Ending.objects.get(pk=ending.pk).put_off_at is not None
    assert not Ending.objects.finished().exists()
    with pytest.raises(Http404):
        end_well(ending, by=therapist)


def test_the_letter_is_sealed_and_unread_until_the_end(pair: Pair) -> None:
    client, therapist = pair
    ending = opened(client, therapist)
    letter = write_farewell(ending, "A sentence that nobody else reads", by=therapist)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM people_farewell WHERE id = %s", [letter.pk])
        assert b"sentence" not in bytes(cursor.fetchone()[0])
    assert farewell_to(client) is None
    write_farewell(ending, "Other words", by=therapist)
    assert Farewell.objects.get().words == "Other words"


def test_finished_says_whose_care_ended_well_and_when(pair: Pair) -> None:
    client, therapist = pair
    before = timezone.now()
    ending = end_well(said(opened(client, therapist)), by=therapist)
    after = timezone.now()
    assert list(Ending.objects.finished().values_list("client", "ended_at")) == [(client.pk, ending.ended_at)]
    assert Ending.objects.finished(Span(before, after)).exists()
    assert not Ending.objects.finished(Span(after, after + (after - before))).exists()
    begin_alliance(client, therapist, by=make_staff())
    assert not Ending.objects.finished().exists()


def ended(ending: Ending, by: Person) -> bool:
    """Whether this was the one that ended it."""
    with suppress(Http404):
        return end_well(ending, by=by).ended_at is not None
    return False


def handed_over(alliance: Alliance, by: Person) -> bool:
    end_alliance(alliance, by=by, ended_as="another")
    return False


@pytest.mark.django_db(transaction=True)
def test_of_many_who_end_it_at_once_one_does_and_a_handover_beside_it_is_one_or_the_other() -> None:
    client, therapist = make_pair()
    ending, desk = said(opened(client, therapist)), make_staff()
    alliance = Alliance.objects.get(client=client)
    acts = [partial(ended, ending, therapist) for _ in range(4)]
    done = together([*acts, partial(handed_over, alliance, desk)])
    alliance.refresh_from_db()
    ending.refresh_from_db()
    assert done.count(True) == (alliance.ended_as == "goodbye")
    assert (ending.ended_at is not None) == (alliance.ended_as == "goodbye")
    assert (ending.put_off_at is not None) == (alliance.ended_as == "another")


class TestSteps(TestCase):
    """Whatever is said in whatever order, it ends exactly when nothing is open."""

    @settings(max_examples=20)
    @given(st.lists(st.tuples(st.sampled_from(StepName), st.sampled_from(Outcome), st.booleans()), max_size=14))
    def test_any_order(self, words: list[tuple[StepName, Outcome, bool]]) -> None:
        client, therapist = make_client(), make_therapist()
        ally(client, therapist)
        ending = opened(client, therapist)
        for name, outcome, own in words:
            with suppress(CannotPart):
                take_step(ending, name, outcome, by=client if own else therapist)
        missing = open_steps(ending)
        with keyring(), suppress(StepsOpen):
            end_well(ending, by=therapist)
        assert Ending.objects.filter(client=client, ended_at__isnull=False).exists() == (not missing)
