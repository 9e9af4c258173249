"""Beside the daily scales: questions in one's own words, and measures, each as a line with its table."""

import csv
import io
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from koru.people.models import Person
from moodtracking.measure_lines import APART
from moodtracking.models import OwnItem
from tests.measures.world import Pair, assigned, filled, make_pair, signed_in
from tests.moodtracking.days import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def sea(client: Person, therapist: Person, words: str = "How near did the sea feel?") -> str:
    row = OwnItem.objects.create(
        client=client, words=words, scale="amount", place=1, proposed_by=therapist, agreed_by=client, agreed_at=timezone.now(),
        key=uuid4(),
    )  # fmt: skip
    return row.item_key


def page(client: Person, path: str = "/trends/") -> str:
    return signed_in(client).get(path).content.decode()


def test_a_question_in_own_words_has_its_line_and_table(pair: Pair) -> None:
    told(pair[0], {"mood": 1, sea(*pair): 3})
    shown = page(pair[0])
    assert "<h2>How near did the sea feel?</h2>" in shown
    assert "<td>a lot</td><td>1</td>" in shown
    for path in ("/trends/days/", "/trends/sessions/", "/trends/together/"):
        assert signed_in(pair[0]).get(path).status_code == 200


def test_own_words_are_shown_as_words_and_never_as_markup(pair: Pair) -> None:
    told(pair[0], {sea(*pair, words="<script>sea</script> & =1+1"): 3})
    for path in ("/trends/", "/trends/days/", "/trends/together/"):
        shown = page(pair[0], path)
        assert "<script>sea" not in shown
    rows = signed_in(pair[0]).get("/trends/csv/").getvalue().decode("utf-8-sig")
    assert "<script>sea</script> & =1+1" in rows


def test_own_words_that_begin_like_a_formula_are_held_back_in_the_table(pair: Pair) -> None:
    told(pair[0], {sea(*pair, words="=HYPERLINK(1)"): 3})
    [_, row] = csv.reader(io.StringIO(signed_in(pair[0]).get("/trends/csv/").getvalue().decode("utf-8-sig")))
    assert row[1:4] == ["'=HYPERLINK(1)", "3", "a lot"]


def test_a_question_of_another_client_is_never_drawn(pair: Pair) -> None:
    other, key = make_pair(), sea(*pair)
    told(other[0], {"mood": 1, key: 3})
    assert "sea" not in page(other[0])


def test_a_measure_has_its_line_with_the_number_in_words_and_no_band(pair: Pair) -> None:
    assigned(pair, "gad-7")
    filled(pair[0], [1, 1, 1, 1, 1, 1, 1], "gad-7")
    shown = page(pair[0])
    assert "<td>7 of 21</td><td>1</td>" in shown
    assert "This is your starting point, nothing more." in shown
    assert "mild" not in shown
    rows = signed_in(pair[0]).get("/trends/csv/").getvalue().decode()
    assert "7.0,7 of 21,1" in rows


def test_measures_are_joined_over_ten_weeks_at_most() -> None:
    assert APART.days == 70


def test_the_therapists_lines_stay_at_what_they_were(pair: Pair, client: Client) -> None:
    told(pair[0], {"mood": 1, "energy": 2, sea(*pair): 3})
    client.force_login(pair[1])
    shown = client.get(f"/care/{pair[0].pk}/charts/").content.decode()
    assert "<h2>Mood</h2>" in shown
    assert "<td>okay</td><td>1</td>" in shown
    assert "Energy" not in shown
