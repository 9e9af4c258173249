"""Measures are chosen by the therapist with the client, and ended by either."""

from typing import Any

import pytest

from koru.people.models import Person
from koru.privacy.door import open_record
from koru.reminders.models import Letter
from moodtracking.measures.assigning import CannotAssign, assign, end, live_assignments
from moodtracking.measures.models import Assignment, Offering
from tests.people import make_staff

from .world import Pair, assigned, make_pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return make_pair()


def test_an_assigned_measure_is_asked_from_now_on(pair: Pair) -> None:
    made = assigned(pair, "pcl-5", "monthly", form="weekly")
    assert (made.form, made.shows) == ("weekly", "words")
    assert live_assignments(pair[0]) == [made]


def test_assigned_anew_the_one_before_is_ended(pair: Pair) -> None:
    first = assigned(pair)
    second = assigned(pair, schedule="monthly")
    first.refresh_from_db()
    assert live_assignments(pair[0]) == [second]
    assert first.ended_by == pair[1]


@pytest.mark.parametrize(
    ("measure", "choices"),
    [
        ("no-such", {}),
        ("who-5", {}),
        ("phq-9", {"schedule": "hourly"}),
        ("phq-9", {"form": "weekly"}),
        ("phq-9", {"shows": "praise"}),
        ("phq-9", {"threshold": 3}),
    ],
)
def test_what_cannot_be_is_refused_in_words(pair: Pair, measure: str, choices: dict[str, Any]) -> None:
    with pytest.raises(CannotAssign):
        assigned(pair, measure, **choices)
    assert not Assignment.objects.exists()


def test_a_measure_of_unsure_licence_needs_somebody_to_confirm_it(pair: Pair) -> None:
    Offering.objects.create(slug="who-5", is_on=True, licence_confirmed="Asked in writing", confirmed_by=pair[1])
    assert assigned(pair, "who-5", "monthly").measure == "who-5"


def test_audit_c_needs_a_threshold(pair: Pair) -> None:
    Offering.objects.create(slug="audit-c", is_on=True)
    with pytest.raises(CannotAssign):
        assigned(pair, "audit-c", "quarterly")
    assert assigned(pair, "audit-c", "quarterly", threshold=4).threshold == 4


def test_the_desk_assigns_nothing(pair: Pair) -> None:
    staff = make_staff()
    with pytest.raises(CannotAssign), open_record(pair[0], by=staff, why="desk") as record:
        assign("phq-9", "monthly", record=record, by=staff)


@pytest.mark.parametrize("who", [0, 1])
def test_either_ends_it_and_its_letters_go(pair: Pair, who: int) -> None:
    made = assigned(pair, "phq-9", "monthly")
    by: Person = pair[who]
    assert Letter.objects.filter(kind="measure-due").exists()
    assert end(made.pk, client=pair[0], by=by)
    assert not Letter.objects.filter(kind="measure-due").exists()
    assert not end(made.pk, client=pair[0], by=by)
