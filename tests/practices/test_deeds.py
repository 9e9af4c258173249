"""What is noted of practices: once a tap, changeable, one's own; and what follows from it for what is offered."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from koru.people.models import Person
from koru.practices import library
from koru.practices.choosing import choices_of, leave_out, suggest
from koru.practices.doing import done, remove, say
from koru.practices.models import PracticeAside, PracticeChoices, PracticeDone, PracticePick
from koru.practices.picking import CannotPick, take_back
from koru.practices.setting_aside import AWAY, away, bring_back, set_aside
from tests.crowd import together
from tests.people import make_client, make_clinic, make_staff, make_therapist

from .world import Pair, did, known_of, opened, picked

SHELF = library.load()
HUM = SHELF.practices["hum"]
NOON = datetime(2026, 11, 25, 17, tzinfo=UTC)


def test_one_tap_notes_it_and_the_same_form_twice_is_one(pair: Pair) -> None:
    client, key = pair[0], uuid4()
    first = done(HUM, "a_bit", by=client, key=key)
    again = done(HUM, "yes", by=client, key=key)
    assert (again.pk, again.helped, again.minutes) == (first.pk, "a_bit", 2)
    assert PracticeDone.objects.count() == 1


def test_it_can_be_said_otherwise_by_the_one_who_said_it_alone(pair: Pair) -> None:
    client, other = pair[0], make_client()
    row = did(client, "hum", "yes")
    assert say(row.pk, "harder", by=other) is None
    changed = say(row.pk, "harder", by=client)
    assert changed
    assert changed.helped == "harder"
    assert not remove(row.pk, by=other)
    assert remove(row.pk, by=client)
    assert not PracticeDone.objects.exists()


def test_the_database_knows_four_answers(pair: Pair) -> None:
    with pytest.raises(IntegrityError, match="practice_helped_is_known"), transaction.atomic():
        did(pair[0], "hum", "very")
    with pytest.raises(IntegrityError, match="pick_moment_is_known"), transaction.atomic():
        picked(pair, "hum", moment="someday")


def test_what_was_said_is_known_newest_first_and_what_was_done_today(pair: Pair) -> None:
    client = pair[0]
    did(client, "hum", "not_really", timedelta(days=3))
    did(client, "hum", "yes", timedelta(days=2))
    did(client, "hum", "", timedelta(hours=2))
    did(client, "edges", "", timedelta(hours=25))
    did(make_client(), "edges", "harder")
    known = known_of(client)
    assert known.ratings == {"hum": ("yes", "not_really")}
    assert known.lately == {"hum"}
    assert (known.away, known.picks, known.cautions, known.suggests) == (frozenset(), {}, frozenset(), True)


def test_not_this_one_holds_for_two_weeks_and_the_second_time_until_it_is_had_back(pair: Pair) -> None:
    client = pair[0]
    with time_machine.travel(NOON, tick=False):
        set_aside("hum", by=client)
        set_aside("hum", by=client)  # a double tap
        assert known_of(client).away == {"hum"}
    with time_machine.travel(NOON + AWAY, tick=False):
        assert known_of(client).away == frozenset()
        set_aside("hum", by=client)
    with time_machine.travel(NOON + 4 * AWAY, tick=False):
        assert known_of(client).away == {"hum"}
        assert bring_back("hum", by=client)
        assert not bring_back("hum", by=client)
        assert known_of(client).away == frozenset()


@given(st.lists(st.tuples(st.sampled_from(["hum", "edges"]), st.integers(1, 3), st.integers(0, 40))))
def test_what_is_away_is_what_was_set_aside_twice_or_lately(rows: list[tuple[str, int, int]]) -> None:
    counted = [(practice, times, NOON - timedelta(days=days)) for practice, times, days in rows]
    gone = away(counted, NOON)
    assert gone == {practice for practice, times, days in rows if times > 1 or days < 14}


def test_who_comes_to_it_has_it_back(pair: Pair) -> None:
    client = pair[0]
    set_aside("hum", by=client)
    done(HUM, "", by=client, key=uuid4())
    assert not PracticeAside.objects.exists()


def test_a_pick_carries_name_sentence_and_moment_and_is_sealed(pair: Pair) -> None:
    client, therapist = pair
    row = picked(pair, "hum", "You hummed in the room, remember.", "evening")
    pick = known_of(client).picks["hum"]
    assert (pick.by, pick.sentence, pick.moment) == (therapist.display_name, "You hummed in the room, remember.", "evening")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sentence FROM practices_practicepick WHERE id = %s", [row.pk])
        assert b"hummed" not in bytes(cursor.fetchone()[0])


def test_a_pick_is_one_a_form_one_a_practice_and_three_at_once(pair: Pair) -> None:
    key = uuid4()
    assert picked(pair, "hum", key=key).pk == picked(pair, "hum", key=key).pk
    with pytest.raises(CannotPick, match="picked already"):
        picked(pair, "hum")
    for slug in ("edges", "one-cup"):
        picked(pair, slug)
    with pytest.raises(CannotPick, match="Three"):
        picked(pair, "kind-wish")
    with pytest.raises(CannotPick, match="shown"):
        picked(pair, "made-up")


def test_a_pick_ends_by_either_and_only_the_therapist_picks(pair: Pair) -> None:
    client, therapist = pair
    row, other = picked(pair, "hum"), picked(pair, "edges")
    with opened(client, therapist) as record:
        assert take_back(row.pk, record=record, by=therapist)
        assert not take_back(row.pk, record=record, by=therapist)
    set_aside("edges", by=client)
    assert known_of(client).picks == {}
    assert PracticePick.objects.get(pk=other.pk).declined_at
    for reader in (make_staff(), client):
        with opened(client, reader) as record, pytest.raises(CannotPick):
            take_back(row.pk, record=record, by=reader)


def test_choices_stand_beside_each_other(pair: Pair) -> None:
    client = pair[0]
    assert choices_of(client).suggests
    suggest(False, by=client)
    leave_out(["heart-rhythm", "made-up"], by=client)
    known = known_of(client)
    assert (known.suggests, known.cautions) == (False, frozenset({"heart-rhythm"}))
    leave_out([], by=client)
    assert known_of(client).cautions == frozenset()
    assert PracticeChoices.objects.get().shares


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_are_one(transactional_db: None) -> None:
    make_clinic()
    client, key = make_client(), uuid4()
    acts: list[Callable[[], object]] = [lambda: done(HUM, "yes", by=client, key=key) for _ in range(6)]
    assert len({row.pk for row in together(acts) if isinstance(row, PracticeDone)}) == 1
    aside: list[Callable[[], object]] = [lambda: set_aside("hum", by=client) for _ in range(6)]
    together(aside)
    assert PracticeAside.objects.count() == 1


def test_nobody_else_is_asked(pair: Pair) -> None:
    stranger: Person = make_therapist()
    did(pair[0], "hum", "yes")
    assert known_of(stranger).ratings == {}
    assert timezone.now() > PracticeDone.objects.get().at
