"""A line a request: enough to run Koru by, nothing of what people wrote or where they were."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client

from koru.settings.logs import logging_to_lines
from koru.ui.logs import Hook, JsonLine
from tests import reported
from tests.people import make_client

CANARY = "canary-7f3a"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """All that reaches the log while the test runs."""
    kept, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(kept), root.level
    handler.setFormatter(JsonLine())
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield kept
    root.removeHandler(handler)
    root.setLevel(level)


def requests_in(lines: io.StringIO) -> list[dict[str, object]]:
    rows = [json.loads(line) for line in lines.getvalue().splitlines()]
    return [row for row in rows if row["logger"] == "koru.request"]


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_route_and_not_its_path(client: Client, lines: io.StringIO) -> None:
    client.get(f"/accounts/password/reset/key/1-{CANARY}/?next={CANARY}")
    (row,) = requests_in(lines)
    assert row["route"] == "account_reset_password_from_key"
    assert isinstance(row["ms"], float)
    assert row["request"] != "-"
    assert CANARY not in lines.getvalue()


@pytest.mark.django_db
def test_nothing_that_was_sent_is_in_a_log(client: Client, lines: io.StringIO) -> None:
    sent = {"login": f"{CANARY}@example.org", "password": CANARY}
    client.post("/accounts/login/", sent, HTTP_USER_AGENT=CANARY, HTTP_REFERER=f"https://{CANARY}.example.org/")
    client.get(f"/{CANARY}/")
    strict = Client(enforce_csrf_checks=True)
    strict.post(f"/accounts/login/?{CANARY}", sent)
    assert len(requests_in(lines)) == 3
    assert CANARY not in lines.getvalue()


@pytest.mark.django_db
def test_a_crash_names_the_place_and_not_the_words(client: Client, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash() -> str:
        raise ValueError(CANARY)

    monkeypatch.setattr("koru.health.cache_answers", crash)
    client.raise_request_exception = False
    client.get("/readyz")
    rows = requests_in(lines)
    assert [row["message"] for row in rows] == ["failed", "answered"]
    assert rows[0]["error"] == "ValueError"
    assert "health.py" in str(rows[0]["where"])
    assert rows[0]["request"] == rows[1]["request"]
    assert CANARY not in lines.getvalue()


@pytest.mark.django_db
def test_what_is_not_there_is_no_failure_of_ours(client: Client, lines: io.StringIO) -> None:
    assert client.get("/reminders/stop/nothing/").status_code == 404
    assert [(row["message"], row["level"]) for row in requests_in(lines)] == [("answered", "INFO")]


@pytest.mark.django_db
def test_a_person_is_a_hash(lines: io.StringIO) -> None:
    browser, person = Client(), make_client()
    browser.force_login(person)
    browser.get("/check-in/")
    row = requests_in(lines)[-1]
    assert len(str(row["person"])) == 12
    assert str(person.pk) not in lines.getvalue()
    assert person.email not in lines.getvalue()


@contextmanager
def handing_on(function: str) -> Iterator[list[dict[str, object]]]:
    """With KORU_ERROR_HOOK naming a function of `tests.reported`."""
    told = logging_to_lines("INFO", f"tests.reported.{function}")["handlers"]["hook"]
    handler = Hook(told["function"])
    assert told["()"] == f"{Hook.__module__}.{Hook.__name__}"
    reported.KEPT.clear()
    logging.getLogger().addHandler(handler)
    try:
        yield reported.KEPT
    finally:
        logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
def test_an_error_is_handed_on_as_it_is_logged_and_without_words(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash() -> str:
        raise ValueError(CANARY)

    monkeypatch.setattr("koru.health.cache_answers", crash)
    client.raise_request_exception = False
    with handing_on("report") as kept:
        client.get(f"/readyz?{CANARY}", headers={"User-Agent": CANARY})
    (told,) = kept
    assert (told["error"], told["route"], told["level"]) == ("ValueError", "ready", "ERROR")
    assert CANARY not in str(told)


@pytest.mark.django_db
def test_a_reporter_that_is_away_costs_no_request(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)
    with handing_on("away"):
        logging.getLogger("koru.request").error("something")
        assert client.get("/healthz").status_code == 200


def test_without_a_hook_there_is_none() -> None:
    assert list(logging_to_lines("INFO")["handlers"]) == ["lines"]
