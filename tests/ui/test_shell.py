"""Around each page: the places of a role, where one is, help, and nothing that needs the database."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import render
from django.test import RequestFactory

from koru.ui import shell

CLIENT_PATHS = [("/today/", "Today"), ("/journal/new/", "Journal"), ("/check-in/", "Check-in"), ("/sessions/book/", "Sessions")]


def current(role: str, path: str) -> list[tuple[str, str]]:
    return [(item.name, item.current) for item in shell.items(role, path) if item.current]


@pytest.mark.parametrize(("path", "name"), CLIENT_PATHS)
def test_a_client_sees_where_they_are(path: str, name: str) -> None:
    assert [found for found, _ in current("client", path)] == [name]


def test_the_longest_place_wins() -> None:
    assert current("staff", "/desk/requests/") == [("Requests", "page")]
    assert current("therapist", "/care/0198/brief/") == [("Caseload", "true")]


def test_outside_all_places_none_is_current() -> None:
    assert current("client", "/settings/") == []


@pytest.mark.parametrize("role", list(shell.NAVIGATION))
def test_there_are_at_most_five_places(role: str) -> None:
    assert len(shell.NAVIGATION[role]) <= 5


@pytest.mark.parametrize("name", ["base_client.html", "base_focus.html", "base_public.html", "base_plain.html"])
def test_help_is_on_every_page_a_client_can_see_without_the_database(name: str) -> None:
    request = RequestFactory().get("/today/")
    request.user = AnonymousUser()
    page = render(request, name).content.decode()
    assert 'href="/help-now/"' in page
    assert 'class="skip" href="#main"' in page


@pytest.mark.parametrize("name", ["base_client.html", "base_therapist.html", "base_staff.html"])
def test_signing_out_is_a_post(name: str) -> None:
    request = RequestFactory().get("/today/")
    request.user = AnonymousUser()
    page = render(request, name).content.decode()
    assert '<form method="post" action="/accounts/logout/">' in page
