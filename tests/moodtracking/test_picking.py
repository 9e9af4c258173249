"""Symptoms are picked together, at most four at once, and retired by either."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from koru.people.models import Person
from koru.privacy.door import open_record
from moodtracking.models import PickedSymptom
from moodtracking.picking import CannotPick, live_symptoms, pick, retire
from tests.people import ally, make_client, make_staff, make_therapist

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_client()


@pytest.fixture
def therapist(person: Person) -> Person:
    reader = make_therapist()
    ally(person, reader)
    return reader


def pick_as(slug: str, person: Person, by: Person) -> PickedSymptom:
    with open_record(person, by=by, why="plan") as record:
        return pick(slug, record=record, by=by)


def test_a_fifth_is_refused_in_words(person: Person, therapist: Person) -> None:
    for slug in ("panic", "numb", "sad", "pain"):
        pick_as(slug, person, therapist)
    with pytest.raises(CannotPick, match="Four are followed"):
        pick_as("calm", person, therapist)


def test_a_fifth_is_refused_by_the_database_too(person: Person, therapist: Person) -> None:
    for place in (1, 2, 3, 4):
        PickedSymptom.objects.create(client=person, slug=f"s{place}", place=place, picked_by=therapist)
    for place in (0, 4, 5):
        with pytest.raises(IntegrityError), transaction.atomic():
            PickedSymptom.objects.create(client=person, slug="calm", place=place, picked_by=therapist)


def test_a_retired_one_makes_room_and_its_history_stays(person: Person, therapist: Person) -> None:
    for slug in ("panic", "numb", "sad", "pain"):
        pick_as(slug, person, therapist)
    first = live_symptoms(person)[0]
    assert retire(first.pk, client=person, by=person)
    assert pick_as("calm", person, therapist).place == first.place
    assert PickedSymptom.objects.of(person).count() == 5


@pytest.mark.parametrize("slug", ["unheard-of", "", "symptom:panic", "٣", "a" * 1000])
def test_only_what_is_on_the_list_can_be_picked(person: Person, therapist: Person, slug: str) -> None:
    with pytest.raises(CannotPick):
        pick_as(slug, person, therapist)


def test_the_same_one_is_picked_once(person: Person, therapist: Person) -> None:
    pick_as("panic", person, therapist)
    with pytest.raises(CannotPick, match="already"):
        pick_as("panic", person, therapist)


def test_neither_the_desk_nor_the_client_alone_picks(person: Person) -> None:
    for by in (make_staff(), person):
        with pytest.raises(CannotPick):
            pick_as("panic", person, by)


def test_one_client_cannot_retire_for_another(client: Client, person: Person, therapist: Person) -> None:
    symptom = pick_as("panic", person, therapist)
    client.force_login(make_client())
    client.post(f"/check-in/symptoms/{symptom.pk}/stop/")
    assert live_symptoms(person) == [symptom]
