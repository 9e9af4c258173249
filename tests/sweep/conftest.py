"""The world of the sweep is made once; each question to it is taken back."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from koru.safety.help_now import forget

from .world import World, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield make_world()
        transaction.set_rollback(True)
    forget()  # Help now keeps the lines it has read


@pytest.fixture(scope="module")
def sessions(world: World) -> dict[str, str]:
    """The cookie of each role's session; a stranger has none."""
    return {"anonymous": "", **{role: _signed_in(world, role) for role in world.people}}


def _signed_in(world: World, role: str) -> str:
    browser = Client()
    browser.force_login(world.people[role], backend="django.contrib.auth.backends.ModelBackend")
    return str(browser.session.session_key)
