"""What /healthz and /readyz say, and when."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from koru.reminders.models import Letter
from koru.sealing.models import DataKey

AWAY = {"default": {"BACKEND": "koru.settings.cache.ValkeyOrMemory", "LOCATION": "redis://127.0.0.1:1/0"}}


@pytest.mark.django_db
def test_alive_asks_nothing_of_the_database(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_ready_when_all_is_well(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["degraded"]) == (200, False), answer.json()


@pytest.mark.django_db(transaction=True)
def test_not_ready_with_a_key_missing(client: Client) -> None:
    DataKey.objects.create(owner=uuid4(), wrapped=bytes(60), kek_id="0123456789abcdef")
    assert client.get("/readyz").status_code == 503
    assert "key" in client.get("/readyz").json()["keys"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("minutes", "status"), [(4, 200), (6, 503)])
def test_not_ready_when_letters_wait(client: Client, minutes: int, status: int) -> None:
    due = timezone.now() - timedelta(minutes=minutes)
    Letter.objects.create(
        kind="session-week", address="a@example.org", zone="UTC", about=uuid4(), due_at=due, try_at=due, dedupe_key="one"
    )
    assert client.get("/readyz").status_code == status


@pytest.mark.django_db(transaction=True)
def test_letters_that_were_given_up_are_counted_and_no_reason_to_stop(client: Client) -> None:
    now = timezone.now()
    Letter.objects.create(
        kind="session-week",
        address="a@example.org",
        zone="UTC",
        about=uuid4(),
        due_at=now,
        try_at=now,
        failed_at=now,
        dedupe_key="one",
    )
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["degraded"]) == (200, True)
    assert answer.json()["given_up"] == "1 letters were given up"
    Letter.objects.update(put_aside_at=now)
    assert client.get("/readyz").json()["given_up"] == "ok"


@pytest.mark.django_db(transaction=True)
def test_not_ready_with_a_migration_missing(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sealing'")
    try:
        assert "missing" in client.get("/readyz").json()["tables"]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('sealing', '0001_initial', now())")


@pytest.mark.django_db
def test_valkey_away_is_degraded_and_no_reason_to_stop(client: Client) -> None:
    with override_settings(CACHES=AWAY):
        answer = client.get("/readyz")
        caches["default"].set("limit", 1, 60)
        assert caches["default"].get("limit") == 1
    assert answer.status_code == 200
    assert answer.json()["degraded"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_nothing_can_be_posted_there(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
