"""The quiet day's page: one's own words, who is there, the way home, help. Nothing on it or behind it asks anything."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from koru.people.models import Person
from tests.care.world import make_pair, signed_in, write
from tests.today.test_today import dosing

pytestmark = pytest.mark.django_db
OPTIONAL = {"/journal/new/", "/journal/guides/soft-landing/", "/check-in/after/"}  # a line, a few words to tap, something off
ELSEWHERE = ("/help-now/", "/static/", "/accounts/", "tel:", "#", "http")
QUESTIONS = (
    "How are you",
    "An invitation to write",
    "A short form is ready",
    "You wanted to decide later",
    "Does your plan still fit",
)


@pytest.fixture
def rowan() -> Person:
    client, therapist = make_pair()
    write(client, text="The garden in May.")
    row = dosing(client, therapist, timedelta(minutes=-20))
    row.refresh_from_db()
    row.way_home, row.way_home_at = "Demo Ash", timezone.now()
    row.save()
    return client


def shown(browser: Client, path: str) -> str:
    answer = browser.get(path, follow=True)
    assert answer.status_code == 200, path
    return answer.content.decode()


def links(page: str) -> list[str]:
    found = {address.split("#")[0] for address in re.findall(r'href="([^"]+)"', page)}
    return sorted(one for one in found if one.startswith("/") and not one.startswith(ELSEWHERE))


def test_it_has_ones_words_who_is_there_the_way_home_and_help(rowan: Person) -> None:
    page = shown(signed_in(rowan), "/today/")
    for said in ("The garden in May.", "Who is with you", "Demo Ash", 'href="/help-now/"', 'href="/safety-plan/"'):
        assert said in page


def test_it_has_no_form_but_signing_out_and_no_way_to_anything_that_measures(rowan: Person) -> None:
    page = shown(signed_in(rowan), "/today/")
    assert page.count("<form") == page.count("/accounts/logout/")
    assert {"/trends/", "/measures/", "/check-in/"}.isdisjoint(links(page))


def test_every_page_behind_it_asks_nothing(rowan: Person) -> None:
    browser = signed_in(rowan)
    reached = [path for path in links(shown(browser, "/today/")) if path.split("?")[0] not in OPTIONAL]
    assert {"/journal/", "/sessions/", "/safety-plan/"} <= set(reached)
    for path in reached:
        page = shown(browser, path)
        assert [words for words in QUESTIONS if words in page] == [], path


def test_the_next_morning_everything_is_back(rowan: Person) -> None:
    other, therapist = make_pair()
    dosing(other, therapist, timedelta(days=-1, hours=-23))
    assert "Nothing to do now" not in shown(signed_in(other), "/today/")
