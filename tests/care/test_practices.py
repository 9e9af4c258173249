"""A therapist picks a practice with their own sentence; and reads in the brief what was done and said of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from koru.people.models import Person
from koru.practices.choosing import keep_to_oneself
from koru.practices.models import PracticePick
from koru.privacy.looks import looks_at
from tests.people import make_therapist
from tests.practices.world import did, picked

from .brief_text import WITHOUT_MEETING
from .world import signed_in

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]
SENTENCE = "The way you looked at the lake."


def pick(pair: Pair, **given: str) -> str:
    said = {"practice": "slow-walk", "sentence": SENTENCE, "moment": "after", "key": str(uuid4())} | given
    answer = signed_in(pair[1]).post(f"/care/{pair[0].pk}/plan/practices/", said, follow=True)
    return answer.content.decode()


def test_a_pick_stands_on_the_plan_with_its_sentence_and_leaves_a_trace(pair: Pair) -> None:
    page = pick(pair)
    row = PracticePick.objects.get()
    assert (row.practice, row.sentence, row.moment, row.picked_by) == ("slow-walk", SENTENCE, "after", pair[1])
    assert SENTENCE in page
    assert "In the weeks after a session, picked by" in page
    assert ("plan changed", str(row.pk)) in {(look.act, look.about) for look in looks_at(pair[0])}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"practice": ""}, "Choose a practice."),
        ({"practice": "made-up"}, "Pick one of the practices shown."),
        ({"sentence": "  "}, "Write a sentence: it is what makes it yours."),
        ({"sentence": "x" * 201}, "200"),
        ({"moment": "someday"}, "Pick one"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(pair: Pair, given: dict[str, str], said: str) -> None:
    page = pick(pair, **given)
    assert said in page
    assert given.get("sentence", SENTENCE).strip() in page
    assert not PracticePick.objects.exists()


def test_a_second_pick_of_the_same_is_refused_in_words(pair: Pair) -> None:
    pick(pair)
    page = pick(pair, sentence="Another sentence of mine.")
    assert "This one is picked already." in page
    assert "Another sentence of mine." in page
    assert PracticePick.objects.count() == 1


def test_a_double_submit_is_one(pair: Pair) -> None:
    key = str(uuid4())
    pick(pair, key=key)
    pick(pair, key=key)
    assert PracticePick.objects.count() == 1


def test_it_is_taken_back_by_its_therapist_alone(pair: Pair) -> None:
    row = picked(pair, "hum")
    path = f"/care/{pair[0].pk}/plan/practices/{row.pk}/take-back/"
    for stranger in (make_therapist(), pair[0]):
        assert signed_in(stranger).post(path).status_code == 404
    assert PracticePick.objects.open().exists()
    page = signed_in(pair[1]).post(path, follow=True).content.decode()
    assert "Taken back. What was done stays." in page
    assert not PracticePick.objects.open().exists()


def test_typed_and_not_put_in_it_is_there_again(pair: Pair) -> None:
    browser, key = signed_in(pair[1]), str(uuid4())
    typed = {"key": key, "revision": "0", "sentence": "Half a sen", "practice": "hum", "moment": "evening"}
    assert browser.post(f"/care/{pair[0].pk}/plan/practices/typed/", typed).status_code == 200
    page = browser.get(f"/care/{pair[0].pk}/plan/").content.decode()
    assert "Half a sen" in page
    assert "Typed before and not put in yet" in page
    pick(pair, key=key)
    assert "Typed before and not put in yet" not in browser.get(f"/care/{pair[0].pk}/plan/").content.decode()


def test_the_brief_says_what_made_it_harder_first(pair: Pair) -> None:
    client, therapist = pair
    for _ in range(2):
        did(client, "three-breaths", "yes")
    did(client, "hum", "harder", timedelta(days=3))
    did(client, "edges", "yes", timedelta(days=29))
    brief = signed_in(therapist).get(f"/care/{client.pk}/brief/").content.decode()
    assert brief.index("It made it harder") < brief.index("2 times, it helped")
    assert "Edges of the room" not in brief
    keep_to_oneself(by=client)
    assert "Practices in four weeks" not in signed_in(therapist).get(f"/care/{client.pk}/brief/").content.decode()


@pytest.mark.parametrize("times", [1, 20])
def test_brief_and_plan_ask_as_often_for_one_as_for_twenty(
    pair: Pair, times: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, therapist = pair
    for number in range(times):
        did(client, "hum", "yes", timedelta(days=number))
    for slug in ("hum", "edges", "one-cup")[: min(times, 3)]:
        picked(pair, slug)
    browser = signed_in(therapist)
    browser.get(f"/care/{client.pk}/brief/")  # the clinic's help lines are kept in memory for a while
    with django_assert_num_queries(WITHOUT_MEETING):
        browser.get(f"/care/{client.pk}/brief/")
    with django_assert_num_queries(PLAN_QUERIES):
        browser.get(f"/care/{client.pk}/plan/")


PLAN_QUERIES = 16
