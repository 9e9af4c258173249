"""Somebody at the desk of a clinic, signed in; and a small practice to book in, at noon of a Tuesday."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from koru.people.models import Person
from tests.people import make_clinic, make_staff
from tests.scheduling.practice import NOON, Practice, make_practice


@pytest.fixture
def staff(db: None) -> Person:
    make_clinic()
    return make_staff()


@pytest.fixture
def desk(staff: Person) -> Client:
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def practice(db: None, clock: Callable[[str], time_machine.Traveller]) -> Practice:
    """It is Tuesday 24 November 2026, noon in New York."""
    clock(NOON)
    return make_practice()
