"""When something goes wrong the page says what in plain words, with a way back, and words are not lost."""

from unittest.mock import patch

import psycopg2
import pytest
from django.db import DatabaseError, DataError, OperationalError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from koru.ui import errors

PAGES = ["400", "403", "403_csrf", "404", "405", "413", "429", "500", "503"]
WORDS = {"name": "Demo Rowan", "text": "The river was there the whole time, even when I forgot it."}


@pytest.mark.parametrize("name", PAGES)
def test_each_error_page_has_a_way_back_and_help_and_needs_nothing(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert 'href="/"' in page
    assert 'href="/help-now/"' in page
    assert "<h1>" in page
    assert "!" not in page.replace("<!doctype", "")


@pytest.mark.django_db
def test_an_unknown_address_answers_404_in_our_words() -> None:
    answer = Client().get("/no-such-page/")
    assert answer.status_code == 404
    assert "This page isn&#x27;t here" in answer.content.decode() or "This page isn't here" in answer.content.decode()


@pytest.mark.django_db
def test_too_much_at_once_is_413_and_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x" * 2_600_000})
    assert answer.status_code == 413
    assert "Split it where it suits you" in answer.content.decode()


@pytest.mark.django_db
def test_a_lost_token_costs_no_words() -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/accounts/login/", WORDS, headers={"origin": "http://testserver"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert WORDS["text"] in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert 'action="/accounts/login/"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {}, {"origin": "null"}])
def test_what_another_site_posts_is_never_offered_again(headers: dict[str, str]) -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", WORDS, headers=headers)
    assert answer.status_code == 403
    assert WORDS["text"] not in answer.content.decode()


@pytest.mark.django_db
def test_a_password_is_never_shown_again() -> None:
    typed = {**WORDS, "password": "correct horse battery"}
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", typed, headers={"origin": "http://testserver"})
    assert "correct horse" not in answer.content.decode()


def test_a_database_that_is_away_answers_503_and_when_to_come_back() -> None:
    request = RequestFactory().get("/today/")
    try:
        raise OperationalError("server closed the connection")
    except OperationalError:
        answer = errors.server_error(request)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_one_that_falls_in_the_middle_of_an_answer_does_too() -> None:
    """libpq: "server closed the connection unexpectedly", with no SQLSTATE, so as the base of all kinds of errors."""
    try:
        raise DatabaseError("server closed the connection") from psycopg2.DatabaseError("server closed the connection")
    except DatabaseError:
        assert errors.server_error(RequestFactory().get("/today/")).status_code == 503


@pytest.mark.parametrize("failure", [DatabaseError("Save did not affect any rows"), DataError("out of range"), ValueError()])
def test_another_failure_answers_500(failure: Exception) -> None:
    try:
        raise failure
    except type(failure):
        assert errors.server_error(RequestFactory().get("/today/")).status_code == 500


@pytest.mark.django_db
def test_the_running_site_turns_a_lost_database_into_503() -> None:
    with patch("koru.ui.views.render", side_effect=OperationalError("gone")):
        answer = Client(raise_request_exception=False).get("/ui/")
    assert answer.status_code == 503


@pytest.mark.django_db
def test_a_wrong_verb_gets_a_page_with_a_way_back_and_keeps_its_allow() -> None:
    answer = Client().put("/ui/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert 'href="/help-now/"' in answer.content.decode()
