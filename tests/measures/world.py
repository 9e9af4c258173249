"""A client with a therapist, and measures assigned and filled in for tests to look at."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from koru.people.models import Person
from koru.privacy.door import open_record
from moodtracking.measures.assigning import assign
from moodtracking.measures.measuring import answer, begin, finish
from moodtracking.measures.models import Assignment, Response
from tests.people import ally, make_client, make_clinic, make_therapist

Pair = tuple[Person, Person]


def make_pair() -> Pair:
    make_clinic()
    client, therapist = make_client(), make_therapist()
    ally(client, therapist)
    return client, therapist


def assigned(pair: Pair, measure: str = "phq-9", schedule: str = "fortnightly", **choices: Any) -> Assignment:
    client, therapist = pair
    with open_record(client, by=therapist, why="plan") as record:
        return assign(measure, schedule, record=record, by=therapist, **choices)


def begun(client: Person, measure: str = "phq-9", *, one_by_one: bool = False) -> Response:
    return begin(measure, by=client, key=uuid4(), one_by_one=one_by_one)


def tell(row: Response, answers: Mapping[str, int | None]) -> None:
    for item, value in answers.items():
        answer(row.pk, item, value, by=row.client)


def filled(client: Person, values: Sequence[int | None], measure: str = "phq-9") -> Response:
    """Opened, answered in the order of its items, and finished."""
    row = begun(client, measure)
    tell(row, {str(number): value for number, value in enumerate(values, 1) if value is not None})
    return finish(row.pk, by=client).response


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def fresh(ident: UUID) -> Response:
    return Response.objects.get(pk=ident)
