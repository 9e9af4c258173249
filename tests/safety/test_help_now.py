"""Help now opens for anyone, with whatever is broken behind it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from playwright.sync_api import Page
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from koru.safety.help_now import forget
from koru.safety.models import HelpLine
from tests.people import make_client, make_clinic

HELP = "/help-now/"


@pytest.fixture(autouse=True)
def nothing_known_before() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def dead_database() -> Iterator[None]:
    """Where PostgreSQL was, nobody answers any more."""
    connection = connections["default"]
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(HOST="127.0.0.1", PORT="9")
    yield
    connection.settings_dict.update(before)


def test_it_gives_the_american_lines_until_the_clinic_sets_its_own(client: Client, db: None) -> None:
    page = client.get(HELP).content.decode()
    for link in ("tel:988", "sms:988", "tel:911", "sms:741741", "sms:838255"):
        assert f'href="{link}"' in page
    for number in ("Call 988", "Text 988", "Call 911"):
        assert number in page


def test_the_clinics_own_number_stands_there_with_its_hours(client: Client, db: None) -> None:
    make_clinic(phone="+1 303 555 0142", hours="weekdays 8:00 am to 6:00 pm")
    page = client.get(HELP).content.decode()
    assert 'href="tel:+13035550142"' in page
    assert "+1 303 555 0142, weekdays 8:00 am to 6:00 pm" in page


def test_a_line_of_the_clinic_takes_the_place_of_the_files(client: Client, db: None) -> None:
    HelpLine.objects.create(region="US", kind="crisis", name="Demo Line", call="303 555 0199", checked_on=date(2026, 11, 1))
    page = client.get(HELP).content.decode()
    assert 'href="tel:3035550199"' in page
    assert "tel:988" not in page
    assert 'href="tel:911"' in page


def test_another_country_is_one_tap_away(client: Client, db: None) -> None:
    assert 'href="?region=NZ"' in client.get(HELP).content.decode()
    page = client.get(HELP, {"region": "NZ"}).content.decode()
    assert 'href="tel:1737"' in page
    assert 'href="tel:111"' in page
    assert "988" not in page


def test_the_region_somebody_chose_is_shown_also_with_postgresql_stopped(
    client: Client, transactional_db: None, request: pytest.FixtureRequest
) -> None:
    client.force_login(make_client(region="NZ"))
    client.get("/home/")
    assert b'href="tel:1737"' in client.get(HELP).content
    assert b'href="tel:988"' in client.get(HELP, {"region": "US"}).content
    request.getfixturevalue("dead_database")
    assert b'href="tel:1737"' in client.get(HELP).content


@pytest.mark.parametrize("region", ["XX", "<b>", "\x00", "\ud800", "A" * 5000, "مرحبا"])
def test_an_unknown_country_gets_lines_that_say_whose_they_are(client: Client, db: None, region: str) -> None:
    answer = client.get(HELP, {"region": region.encode("utf-8", "surrogatepass")})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "your local emergency number" in page
    assert "These lines are for the United States." in page
    assert "<b>&lt;" not in page


def test_it_opens_with_postgresql_stopped(client: Client, transactional_db: None, dead_database: None) -> None:
    answer = client.get(HELP)
    assert answer.status_code == 200
    assert b'href="tel:988"' in answer.content


def test_signed_in_it_opens_with_postgresql_stopped_and_the_session_goes_on(
    client: Client, transactional_db: None, request: pytest.FixtureRequest, settings: Settings
) -> None:
    settings.KORU_SECOND_FACTOR = settings.USERSESSIONS_TRACK_ACTIVITY = True  # all that may ask who it is
    client.force_login(make_client())
    session = client.cookies["koru_session"].value
    request.getfixturevalue("dead_database")
    answer = client.get(HELP)
    assert answer.status_code == 200
    assert "koru_session" not in answer.cookies
    assert client.cookies["koru_session"].value == session


def test_the_clinics_number_is_remembered_while_postgresql_is_away(
    client: Client, transactional_db: None, request: pytest.FixtureRequest
) -> None:
    make_clinic(phone="+1 303 555 0142")
    client.get(HELP)
    request.getfixturevalue("dead_database")
    assert b"tel:+13035550142" in client.get(HELP).content


def test_a_page_asks_the_database_at_most_once_a_minute(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        client.get(HELP)
        client.get(HELP)


def test_it_weighs_less_than_15_kilobytes(client: Client, db: None) -> None:
    make_clinic(phone="+1 303 555 0142", hours="weekdays 8:00 am to 6:00 pm")
    assert len(client.get(HELP).content) < 15_000


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_it_is_only_for_reading(client: Client, db: None, verb: str) -> None:
    assert getattr(client, verb)(HELP).status_code == 405


def test_it_links_to_nothing_clinical_and_sets_no_cookie(client: Client, db: None) -> None:
    answer = client.get(HELP)
    assert not answer.cookies
    assert not re.search(r'(href|action)="/(today|journal|care|desk)', answer.content.decode())


def test_leaving_quickly_takes_the_page_out_of_the_history(page: Page) -> None:
    page.goto("/privacy/")
    page.goto(HELP)
    link = page.get_by_role("link", name="Leave this page quickly")
    link.evaluate("link => link.href = '/accounts/login/'")
    link.click()
    page.wait_for_url("**/accounts/login/")
    page.go_back()
    assert page.url.endswith("/privacy/")


def test_the_first_stops_of_the_keyboard_are_the_way_out_and_the_first_call(page: Page) -> None:
    page.goto(HELP)
    stops = []
    for _ in range(4):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.textContent.trim().slice(0, 12)"))
    assert stops == ["Skip to the ", "koru", "Leave this p", "Call 988988 "]


def test_every_region_of_the_page_is_kept_in_the_files() -> None:
    template = Path(__file__).parents[2] / "templates" / "safety" / "help_now.html"
    assert not re.search(r"\b(988|911|741741)\b", template.read_text())
