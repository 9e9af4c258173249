"""Goals in the client's own words: three at a time, read by others where shared, every earlier word kept."""

from contextlib import suppress
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.http import Http404
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from journaling.aiming import (
    ThreeGoals,
    keep_goal_to_oneself,
    let_goal_rest,
    reword,
    say_where,
    set_goal,
    share_goal,
    take_goal_up,
)  # fmt: skip
from journaling.goals import MOST, Goal, GoalBefore, Whereabouts
from journaling.sharing import ONLY_ME, THERAPIST
from journaling.towards import standing_in
from koru.people.models import Person
from koru.privacy.door import open_record
from koru.privacy.looks import looks_at
from koru.sealing.keyring import keyring
from tests.care.world import make_pair, signed_in
from tests.crowd import together
from tests.people import ally, make_client, make_staff, make_therapist
from tests.scheduling.practice import queries

Pair = tuple[Person, Person]
QUERIES = 6


@pytest.fixture
def pair(db: None) -> Pair:
    return make_pair()


def goal_of(client: Person, words: str = "Sleep through", share: str = THERAPIST) -> Goal:
    with keyring():
        return set_goal(words, share, key=uuid4(), by=client)


def test_the_same_key_twice_is_one_goal_and_one_word(pair: Pair) -> None:
    client, key = pair[0], uuid4()
    first = set_goal("Sleep through", THERAPIST, key=key, by=client)
    assert set_goal("Sleep through", THERAPIST, key=key, by=client) == first
    said = say_where(first.pk, "Nearer", 4, key=key, by=client)
    assert say_where(first.pk, "Nearer", 4, key=key, by=client) == said
    assert (Goal.objects.count(), Whereabouts.objects.count()) == (1, 1)


def test_a_fourth_is_met_kindly_by_deed_and_refused_by_the_database(pair: Pair) -> None:
    client = pair[0]
    goals = [goal_of(client, f"Goal {number}") for number in range(MOST)]
    with pytest.raises(ThreeGoals):
        goal_of(client, "One more")
    for place in (4, 1):
        with pytest.raises(IntegrityError), transaction.atomic():
            Goal(client=client, words="x", share=ONLY_ME, place=place, key=uuid4()).save()
    let_goal_rest(goals[0].pk, by=client)
    assert goal_of(client, "One more").place == 1
    with pytest.raises(ThreeGoals):
        take_goal_up(goals[0].pk, by=client)


def test_how_it_read_before_is_kept_and_the_same_words_change_nothing(pair: Pair) -> None:
    client = pair[0]
    goal = goal_of(client)
    for words in ("Sleep through", "Sleep most nights", "Sleep most nights", "Rest well"):
        reword(goal.pk, words, by=client)
    assert [one.words for one in GoalBefore.objects.filter(goal=goal)] == ["Sleep most nights", "Sleep through"]


def test_words_are_sealed_and_a_number_stays_between_nought_and_ten(pair: Pair) -> None:
    client = pair[0]
    goal = goal_of(client, "A sentence that nobody else reads")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM journaling_goal WHERE id = %s", [goal.pk])
        assert b"sentence" not in bytes(cursor.fetchone()[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        say_where(goal.pk, "", 11, key=uuid4(), by=client)


def test_a_therapist_reads_what_is_shared_and_leaves_a_trace(pair: Pair) -> None:
    client, therapist = pair
    shared, own = goal_of(client, "Sleep through"), goal_of(client, "Sing again", ONLY_ME)
    for goal, words in ((shared, "Three nights"), (own, "Humming")):
        say_where(goal.pk, words, 4, key=uuid4(), by=client)
    hers = signed_in(therapist)
    page = hers.get(f"/care/{client.pk}/goals/").content.decode()
    assert "Sleep through" in page
    assert "Three nights" in page
    assert "Sing again" not in page
    assert "Humming" not in page
    assert "goals" in {row.act for row in looks_at(client)}
    keep_goal_to_oneself(shared.pk, by=client)
    assert "Sleep through" not in hers.get(f"/care/{client.pk}/goals/").content.decode()


def test_nobody_else_reads_or_writes_it(pair: Pair) -> None:
    client, therapist = pair
    goal = goal_of(client)
    other = ally(make_client(), make_therapist()).client
    for person in (other, therapist, make_staff()):
        for deed in (let_goal_rest, share_goal, keep_goal_to_oneself, take_goal_up):
            with pytest.raises(Http404):
                deed(goal.pk, by=person)
    with keyring(), open_record(client, by=make_staff(), why="desk") as record:
        assert standing_in(record) == []


def test_what_was_shared_and_changed_within_a_day_of_a_session_is_asked_about_again(pair: Pair) -> None:
    client = pair[0]
    goal = goal_of(client)
    Goal.objects.filter(pk=goal.pk).update(share=ONLY_ME, ask_at=timezone.now() - timedelta(minutes=1))
    web = signed_in(client)
    assert "You wanted to share it" in web.get(f"/goals/{goal.pk}/").content.decode()
    assert web.post(f"/goals/{goal.pk}/share/", {"to": "share"}).status_code == 302
    assert Goal.objects.get().is_shared


@pytest.mark.parametrize("given", [{}, {"words": "  "}, {"number": "11"}, {"number": "many", "words": "Kept here"}])
def test_what_cannot_be_kept_is_met_beside_the_field_and_nothing_is_lost(pair: Pair, given: dict[str, str]) -> None:
    client = pair[0]
    answer = signed_in(client).post(f"/goals/{goal_of(client).pk}/", given)
    assert answer.status_code == 422
    assert given.get("words", "").strip() in answer.content.decode()
    assert not Whereabouts.objects.exists()


def test_the_page_is_said_who_reads_it_before_it_is_kept(pair: Pair) -> None:
    page = signed_in(pair[0]).get("/goals/").content.decode()
    assert f"{pair[1].display_name} can read it" in page
    assert signed_in(pair[0]).post("/goals/", {"words": "Rest", "share": THERAPIST, "key": str(uuid4())}).status_code == 302
    assert Goal.objects.get().is_shared


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_the_same_few_questions(pair: Pair, many: int) -> None:
    client = pair[0]
    for number in range(many):
        goal = goal_of(client, f"Goal {number}")
        for _ in range(number * 3):
            say_where(goal.pk, "Nearer", 4, key=uuid4(), by=client)
    assert queries(signed_in(client), "/goals/") == QUERIES


def tried(client: Person, number: int) -> bool:
    """Whether there was room for this one."""
    with suppress(ThreeGoals):
        set_goal(f"Goal {number}", ONLY_ME, key=uuid4(), by=client)
        return True
    return False


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_three_are_kept() -> None:
    client, _ = make_pair()
    done = together([partial(tried, client, number) for number in range(6)])
    assert sorted(map(bool, done)) == [False] * 3 + [True] * 3
    assert set(Goal.objects.values_list("place", flat=True)) == {1, 2, 3}


class TestGoals(TestCase):
    """Whatever is done in whatever order, three are open at most and no word is lost."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(["set", "rest", "again", "reword"]), st.integers(0, 4)), max_size=12))
    def test_any_order(self, steps: list[tuple[str, int]]) -> None:
        client = make_client()
        made: list[Goal] = []
        words = 0
        for step, which in steps:
            with keyring():
                try:
                    if step == "set":
                        made.append(set_goal(f"Goal {len(made)}", ONLY_ME, key=uuid4(), by=client))
                    elif made and step == "reword":
                        words += 1
                        reword(made[which % len(made)].pk, f"Word {words}", by=client)
                    elif made:
                        deed = let_goal_rest if step == "rest" else take_goal_up
                        deed(made[which % len(made)].pk, by=client)
                except ThreeGoals:
                    assert Goal.objects.filter(client=client, place__isnull=False).count() == MOST
        assert Goal.objects.filter(client=client).count() == len(made)
        assert GoalBefore.objects.filter(client=client).count() == words
