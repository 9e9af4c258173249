"""What every test stands on: real servers, a real browser, a clock to set, and no way out to the network."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, connections
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker
from pytest_socket import socket_allow_hosts

from koru.stack import for_tests, home

from . import chromium

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the thread of the tests
hypothesis_settings.register_profile("koru", deadline=None, max_examples=60)
hypothesis_settings.load_profile("koru")

OPEN = ExitStack()
SERIALIZED = "_test_serialized_contents"  # where Django's own TransactionTestCase looks for it


def pytest_configure(config: pytest.Config) -> None:
    """Starts what no address is given for; workers of xdist find it running."""
    given = "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ
    if not given and not hasattr(config, "workerinput"):
        OPEN.enter_context(for_tests.running(home.of(os.environ) / "test"))


def pytest_unconfigure() -> None:
    OPEN.close()


def pytest_runtest_setup() -> None:
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that commit empty the tables afterwards: each of them begins with what the migrations had put there."""
    for item in items:
        names: list[str] = getattr(item, "fixturenames", [])
        marker = item.get_closest_marker("django_db")
        commits = marker is not None and marker.kwargs.get("transaction")
        if commits or {"transactional_db", "live_server"} & set(names):
            names.append("django_db_serialized_rollback")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The access log refuses TRUNCATE, which is how tests that commit are cleaned up after: here alone it may."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_trigger WHERE tgname = 'access_log_no_truncate'")
        if cursor.fetchone():
            cursor.execute("ALTER TABLE privacy_accessrow DISABLE TRIGGER access_log_no_truncate")
        # pytest-django would keep them for those alone that ask by their marker, and on one connection: Playwright's loop
        # gets another, so they are kept on the class
        setattr(type(connections["default"]), SERIALIZED, connection.creation.serialize_db_to_string())
    yield
    with django_db_blocker.unblock():
        put_back_what_migrations_made()
        end_other_connections()


def end_other_connections() -> None:
    """Of this test database alone: one kept open from before Playwright's loop began would forbid to drop it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def put_back_what_migrations_made() -> None:
    """The last test that commits leaves empty tables: a database that is used again needs its kinds of appointment."""
    from scheduling.models import AppointmentKind  # the app registry is ready only now

    kept = getattr(connections["default"], SERIALIZED, None)
    if kept and not AppointmentKind.objects.exists():
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)  # content types come back by themselves
        connection.creation.deserialize_db_from_string(kept)


@pytest.fixture
def clock() -> Iterator[Callable[[str], time_machine.Traveller]]:
    """`clock("2026-11-01T05:30:00Z")` makes it that moment, standing still; call it again to move on."""
    with ExitStack() as travels:

        def set_to(moment: str) -> time_machine.Traveller:
            travel = time_machine.travel(datetime.fromisoformat(moment), tick=False)
            return travels.enter_context(travel)

        yield set_to


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = chromium.find_on_path() or playwright.chromium.executable_path
    running = playwright.chromium.launch(executable_path=str(found), args=chromium.flags())
    yield running
    running.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A phone's page on the running server. It fails the test when anything is asked of a third party."""
    context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844})
    strangers: list[str] = []
    own = (live_server.url, "data:", "blob:", "about:")
    context.on("request", lambda asked: None if asked.url.startswith(own) else strangers.append(asked.url))
    yield context.new_page()
    context.close()
    assert strangers == []
