"""A client with a therapist, and measures assigned and filled in for tests to look at."""

from koru.people.models import Person
from koru.privacy.door import open_record
from moodtracking.measures.assigning import assign
from moodtracking.measures.models import Assignment
from tests.people import ally, make_client, make_clinic, make_therapist

Pair = tuple[Person, Person]


def make_pair() -> Pair:
    make_clinic()
    client, therapist = make_client(), make_therapist()
    ally(client, therapist)
    return client, therapist


def assigned(pair: Pair, measure: str = "phq-9", schedule: str = "fortnightly", **choices: object) -> Assignment:
    client, therapist = pair
    with open_record(client, by=therapist, why="plan") as record:
        return assign(measure, schedule, record=record, by=therapist, **choices)  # type: ignore[arg-type]
