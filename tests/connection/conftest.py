import pytest

from koru.people.models import Person

from .world import make_pair


@pytest.fixture
def pair(db: None) -> tuple[Person, Person]:
    """A client and their therapist."""
    return make_pair()
