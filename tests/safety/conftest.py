import pytest

from .flagged import House, make_house


@pytest.fixture
def house(db: None) -> House:
    """A client, their therapist, and a clinical lead; nobody is on call."""
    return make_house()
