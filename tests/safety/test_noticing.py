"""An answer that somebody has to look at becomes a flag, with the answer and not without."""

from uuid import uuid4

import pytest

from koru.people.models import Person
from koru.safety.flags import Flag
from koru.safety.noticing import ask_for_help, notice
from tests.people import ally, make_client, make_clinic, make_therapist

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_person() -> Person:
    make_clinic()
    client = make_client()
    ally(client, make_therapist())
    return client


def test_an_answer_below_every_mark_raises_nothing(client_person: Person) -> None:
    assert notice(client_person, {"phq-9.item.9": 0}, about=uuid4(), by=client_person) == ()
    assert not Flag.objects.exists()


def test_asking_for_help_is_the_most_pressing_there_is(client_person: Person) -> None:
    flag = ask_for_help(client_person, by=client_person)
    assert (flag.key, flag.level) == ("needs_help", 3)
