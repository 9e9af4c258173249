"""What the tests of practices share."""

import pytest

from koru.people.models import Person
from tests.care.world import make_pair


@pytest.fixture
def pair(db: None) -> tuple[Person, Person]:
    return make_pair()
