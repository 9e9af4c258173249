"""What every test stands on: real servers, a real browser, a clock to set, and no way out to the network."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key
from pytest_socket import socket_allow_hosts

from koru.stack import for_tests, home

from . import chromium, databases, in_flight

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the thread of the tests
hypothesis_settings.register_profile("koru", deadline=None, max_examples=60)
hypothesis_settings.load_profile("koru")

OPEN = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Starts what no address is given for; workers of xdist find it running."""
    given = "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ
    if not given and not hasattr(config, "workerinput"):
        OPEN.enter_context(for_tests.running(home.of(os.environ) / "test"))


def pytest_unconfigure() -> None:
    OPEN.close()


def pytest_runtest_setup() -> None:
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, None, None]:
    """A test that commits empties the tables afterwards: the next one finds what the migrations had put there."""
    yield
    if nextitem and commits(item):
        with item.config.stash[blocking_manager_key].unblock():
            put_back_what_migrations_made()


def commits(item: pytest.Item) -> bool:
    names: list[str] = getattr(item, "fixturenames", [])
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or bool({"transactional_db", "live_server"} & set(names))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = databases.migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        keep_what_migrations_made()
    with pytest.MonkeyPatch.context() as patch:  # of the class: once Playwright's loop runs, there is another connection
        patch.setattr(type(connection.ops), "sql_flush", staticmethod(databases.sql_flush))
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


MADE_BY_MIGRATIONS = (
    *(f"scheduling.{name}" for name in ("AppointmentKind", "ChecklistItem", "CourseTemplate", "CourseStep")),
    "practices.Resource",
)
MADE: dict[str, list[Any]] = {}


def keep_what_migrations_made() -> None:
    """Content types and permissions stay with each flush; these are a migration's own rows."""
    for name in MADE_BY_MIGRATIONS:
        MADE[name] = list(apps.get_model(name)._default_manager.values())


def put_back_what_migrations_made() -> None:
    for name, rows in MADE.items():
        model = apps.get_model(name)
        model._default_manager.bulk_create((model(**row) for row in rows), ignore_conflicts=True)


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


@pytest.fixture(autouse=True)
def _requests_end_first(request: pytest.FixtureRequest) -> Iterator[None]:
    """Set up before any browser of a test and torn down after it, so before the tables are emptied."""
    if "live_server" in request.fixturenames:
        in_flight.count_them()
    yield
    if "live_server" in request.fixturenames:
        in_flight.let_them_end()


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
