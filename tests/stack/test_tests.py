"""That the ground of the tests is what it says: real servers, no way out, a clock."""

import datetime
import socket
from collections.abc import Callable

import pytest
import time_machine
from django.core.cache import cache, caches
from django.db import connection
from playwright.sync_api import Browser
from pytest_socket import SocketConnectBlockedError

from koru.settings.cache import ValkeyOrMemory
from scheduling.models import AppointmentKind


@pytest.mark.django_db
def test_the_database_is_a_real_postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int")
        assert cursor.fetchone()[0] >= 160000


def test_the_cache_is_a_real_valkey_of_its_own() -> None:
    cache.set("who", "me")
    assert cache.get("who") == "me"
    here = caches["default"]
    assert isinstance(here, ValkeyOrMemory)
    assert not here.memory.get("who")


def test_nothing_reaches_the_network() -> None:
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_the_clock_can_be_set(clock: Callable[[str], time_machine.Traveller]) -> None:
    clock("2026-10-25T01:30:00Z")
    assert datetime.datetime.now(datetime.UTC).isoformat() == "2026-10-25T01:30:00+00:00"


def test_the_browser_is_a_real_chromium(browser: Browser) -> None:
    assert int(browser.version.split(".")[0]) > 100


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_tests_that_commit_each_begin_with_what_the_migrations_put_there(time: str) -> None:
    assert AppointmentKind.objects.count() == 6
    AppointmentKind.objects.filter(slug="closing").delete()


@pytest.mark.django_db
def test_the_access_log_still_refuses_changes_here() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'privacy_accessrow'::regclass AND tgenabled <> 'O'")
        assert cursor.fetchall() == []
