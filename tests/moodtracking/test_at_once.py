"""Two submits of one page at the same moment are one check-in."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections

from koru.privacy.door import open_record
from moodtracking.checking_in import check_in
from moodtracking.given import Given
from moodtracking.models import CheckIn, PickedSymptom
from moodtracking.picking import CannotPick, pick
from tests.people import ally, make_client, make_therapist

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_submits_of_one_page_at_once_are_one_check_in() -> None:
    person, key = make_client(), uuid4()

    def submit(mood: int) -> None:
        try:
            check_in(Given({"mood": mood}), by=person, key=key)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(submit, [-3, -2, -1, 0, 1, 2, 3, 0]))
    assert CheckIn.objects.count() == 1


def test_six_picks_at_once_are_four_symptoms() -> None:
    person, therapist = make_client(), make_therapist()
    ally(person, therapist)

    def try_to_pick(slug: str) -> bool:
        try:
            with open_record(person, by=therapist, why="plan") as record:
                pick(slug, record=record, by=therapist)
        except CannotPick:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(6) as pool:
        picked = list(pool.map(try_to_pick, ["panic", "numb", "sad", "pain", "calm", "hope"]))
    assert picked.count(True) == 4
    assert sorted(PickedSymptom.objects.of(person).live().values_list("place", flat=True)) == [1, 2, 3, 4]
