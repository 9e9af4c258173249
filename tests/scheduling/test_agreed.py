"""What was agreed: one list for two, whoever comes first; twelve are open at most, and what became of each is kept."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.http import Http404
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from koru.moments.spans import Span
from koru.people.models import Alliance, Person
from koru.privacy.door import NoSuchRecord, open_record
from koru.sealing.keyring import keyring
from scheduling.agreed import MOST
from scheduling.agreed_page import agreed_in, agreed_of
from scheduling.agreeing import TwelveOpen, put_on, take_away, turn
from scheduling.models import AgreedLine, Appointment
from tests.care.world import make_pair
from tests.crowd import together
from tests.people import ally, make_admin, make_client, make_staff, make_therapist
from tests.scheduling.agreed import agreed, story, turned

Pair = tuple[Person, Person]


@pytest.fixture
def pair(db: None) -> Pair:
    return make_pair()


def dosing(pair: Pair, hours_ago: float) -> Appointment:
    client, therapist = pair
    span = Span.lasting(timezone.now() - timedelta(hours=hours_ago), 150)
    return Appointment.objects.create(
        kind_id="dosing", client=client, therapist=therapist, place="video", during=span.range, before=0, after=0,
        padded=span.range, state="met", started_at=span.start, ended_at=span.end,
    )  # fmt: skip


def test_either_writes_and_either_ticks_off(pair: Pair) -> None:
    client, therapist = pair
    hers, mine = agreed(client, therapist), agreed(client, client, "Call my sister")
    turned(hers, "done", client)
    turned(mine, "rests", therapist)
    turned(mine, "open", client)
    assert story(hers) == [("added", therapist.pk), ("done", client.pk)]
    assert story(mine) == [("added", client.pk), ("rests", therapist.pk), ("open", client.pk)]
    assert [line.words for line in agreed_of(client).open] == ["Call my sister"]


def test_it_says_from_which_session_it_is(pair: Pair) -> None:
    client, therapist = pair
    met = dosing(pair, hours_ago=3)
    assert agreed(client, therapist).session == met
    assert agreed(client, client).session == met
    other = ally(make_client(), therapist).client
    assert agreed(other, therapist).session is None


def test_the_words_are_sealed(pair: Pair) -> None:
    line = agreed(*pair, "A sentence that nobody else reads")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM scheduling_agreedline WHERE id = %s", [line.pk])
        assert b"sentence" not in bytes(cursor.fetchone()[0])


def test_the_same_key_twice_is_one_line(pair: Pair) -> None:
    key = uuid4()
    assert agreed(*pair, key=key) == agreed(*pair, key=key)
    assert AgreedLine.objects.filter(client=pair[0]).count() == 1


def test_a_thirteenth_open_line_is_held_kindly_by_deed_and_by_database(pair: Pair) -> None:
    lines = [agreed(*pair, f"Line {number}") for number in range(MOST)]
    with pytest.raises(TwelveOpen):
        agreed(*pair)
    turned(lines[3], "done", pair[0])
    agreed(*pair, "There is room again")
    with pytest.raises(TwelveOpen):
        turned(lines[3], "open", pair[1])
    assert story(lines[3])[-1] == ("done", pair[0].pk)
    for place in (3, 13):
        with pytest.raises(IntegrityError), transaction.atomic():
            AgreedLine.objects.create(client=pair[0], state="open", place=place, key=uuid4())


def test_nobody_else_reads_or_turns_a_line(pair: Pair) -> None:
    client, therapist = pair
    line = agreed(client, therapist)
    for person in (make_therapist(), make_admin(), make_client()):
        with pytest.raises(NoSuchRecord):
            turned(line, "done", person)
    desk = make_staff()
    with pytest.raises(Http404):
        turned(line, "done", desk)
    with open_record(client, by=desk, why="desk") as record:
        assert not agreed_in(record).says_something
    other = ally(make_client(), therapist).client
    with open_record(other, by=therapist, why="agreed") as record, pytest.raises(Http404):
        turn(line.pk, "done", record=record, by=therapist)


def test_an_alliance_that_has_ended_ends_it_that_minute(pair: Pair) -> None:
    line = agreed(*pair)
    Alliance.objects.filter(client=pair[0]).update(until=timezone.now())
    with pytest.raises(NoSuchRecord):
        turned(line, "done", pair[1])


def test_what_a_client_writes_within_a_day_of_a_session_waits_for_their_yes(pair: Pair) -> None:
    client, therapist = pair
    dosing(pair, hours_ago=5)
    line = agreed(client, client, "Something from today")
    assert line.state == "waits"
    with keyring(), open_record(client, by=therapist, why="agreed") as record:
        assert not agreed_in(record).says_something
    with pytest.raises(Http404):
        turned(line, "done", therapist)
    with keyring(), open_record(client, by=client, why="agreed") as record:
        assert put_on(line.pk, record=record, by=client).state == "waits"
        long_ago = {"started_at": timezone.now() - timedelta(hours=28), "ended_at": timezone.now() - timedelta(hours=25)}
        Appointment.objects.filter(client=client).update(**long_ago)
        assert put_on(line.pk, record=record, by=client).state == "open"
        take_away(line.pk, record=record, by=client)
    assert story(line) == [("added", client.pk)]


def test_what_waits_can_be_taken_away_at_once(pair: Pair) -> None:
    client = pair[0]
    dosing(pair, hours_ago=5)
    line = agreed(client, client)
    with open_record(client, by=client, why="agreed") as record:
        take_away(line.pk, record=record, by=client)
        take_away(line.pk, record=record, by=client)
    assert not AgreedLine.objects.filter(pk=line.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_both_tick_at_once_and_it_is_ticked_once() -> None:
    client, therapist = make_pair()
    line = agreed(client, therapist)
    together([lambda: turned(line, "done", client), lambda: turned(line, "done", therapist)])
    assert [what for what, _ in story(line)] == ["added", "done"]


@pytest.mark.django_db(transaction=True)
def test_many_at_the_last_place_get_it_once() -> None:
    client, therapist = make_pair()
    for number in range(MOST - 1):
        agreed(client, therapist, f"Line {number}")

    def last() -> bool:
        try:
            agreed(client, therapist, "The last place")
        except TwelveOpen:
            return False
        return True

    assert sorted(map(bool, together([last] * 4))) == [False, False, False, True]


class WhateverTheyDo(TestCase):
    """Any order of deeds by both: places are never two, and the story tells how each line stands."""

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 14), st.sampled_from(["add", "done", "open", "rests"]), st.booleans()), max_size=30))
    def test_the_list_stays_sound(self, deeds: list[tuple[int, str, bool]]) -> None:
        pair = make_pair()
        lines: list[AgreedLine] = []
        for which, what, own in deeds:
            by = pair[0] if own else pair[1]
            try:
                if what == "add":
                    lines.append(agreed(pair[0], by))
                elif lines:
                    turned(lines[which % len(lines)], what, by)
            except TwelveOpen:
                assert AgreedLine.objects.filter(client=pair[0], state="open").count() == MOST
        for line in AgreedLine.objects.filter(client=pair[0]):
            last = story(line)[-1][0]
            assert line.state == {"added": "open"}.get(last, last)
