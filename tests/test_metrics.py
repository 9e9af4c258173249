"""What /metrics says, and to whom."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings as now
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from koru.privacy.anchoring import anchor_heads
from koru.privacy.trace import Look, write_trace
from koru.reminders.models import Letter
from koru.reminders.ticking import record_tick
from koru.sealing.keks import kek_id
from tests.people import make_client, make_therapist

TOKEN = "test-" + "2" * 20
LINE = re.compile(r'koru_\w+(\{\w+="\w+"(,\w+="\w+")*\})? [\d.e+]+')


@pytest.fixture
def open_to_us(settings: Settings) -> dict[str, str]:
    settings.KORU_METRICS_TOKEN = TOKEN
    return {"Authorization": f"Bearer {TOKEN}"}


def told(client: Client, shown: dict[str, str]) -> dict[str, float]:
    answer = client.get("/metrics", headers=shown)
    assert answer.status_code == 200
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    assert all(LINE.fullmatch(line) for line in lines), lines
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "shown", [{}, {"Authorization": "Bearer "}, {"Authorization": "Bearer wrong"}, {"Authorization": "\u00e9"}]
)
def test_without_the_token_it_is_not_there(client: Client, open_to_us: dict[str, str], shown: dict[str, str]) -> None:
    assert client.get("/metrics", headers=shown).status_code == 404


@pytest.mark.django_db
def test_without_a_configured_token_it_is_there_for_nobody(client: Client) -> None:
    assert now.KORU_METRICS_TOKEN == ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_letters_clock_keys_and_anchor_are_told_as_numbers(client: Client, open_to_us: dict[str, str]) -> None:
    person, due = make_client(phone="canary-words-4711"), timezone.now() - timedelta(minutes=6)
    Letter.objects.create(
        kind="session-week", address="a@example.org", zone="UTC", about=uuid4(), due_at=due, try_at=due, dedupe_key="one"
    )
    record_tick()
    write_trace([Look(person.pk, make_therapist().pk, "therapist", "entry", "", "timeline")])
    anchor_heads()
    found = told(client, open_to_us)
    assert found['koru_ok{part="database"}'] == 1
    assert found['koru_ok{part="letters"}'] == 0
    assert found["koru_letters_due"] == 1
    assert found["koru_letters_oldest_due_seconds"] >= 360
    assert found["koru_clock_age_seconds"] >= 0
    assert found["koru_access_log_anchor"] == 1
    assert found[f'koru_data_keys{{kek="{kek_id(now.KORU_KEKS[0])}",first="yes"}}'] == 1


@pytest.mark.django_db(transaction=True)
def test_what_has_not_been_yet_is_left_out(client: Client, open_to_us: dict[str, str]) -> None:
    found = told(client, open_to_us)
    assert found["koru_letters_due"] == 0
    assert "koru_access_log_anchor_age_seconds" not in found
