"""Somebody at the desk of a clinic, signed in."""

import pytest
from django.test import Client

from koru.people.models import Person
from tests.people import make_clinic, make_staff


@pytest.fixture
def staff(db: None) -> Person:
    make_clinic()
    return make_staff()


@pytest.fixture
def desk(staff: Person) -> Client:
    client = Client()
    client.force_login(staff)
    return client
