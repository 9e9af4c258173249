"""The quiet day's page: one's own words, who is there, the way home, help. Nothing on it or behind it asks anything."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from journaling.offering import offer_for
from koru.people.models import Person
from scheduling.models import Appointment
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


BY_ADDRESS = ("/check-in/", "/trends/?days=all", "/trends/days/", "/trends/sessions/", "/trends/together/")


@pytest.mark.parametrize("path", BY_ADDRESS)
def test_what_asks_or_weighs_up_is_calm_by_its_address_too_and_a_way_on_is_there(rowan: Person, path: str) -> None:
    browser = signed_in(rowan)
    page = shown(browser, path)
    assert "Nothing to do now" in page
    assert page.count("<form") == page.count("/accounts/logout/")
    assert {"/today/", "/check-in/after/"} <= set(links(page))
    assert 'href="/help-now/"' in page
    (way,) = re.findall(r'href="([^"]*anyway=1)"', page)
    on = shown(browser, way.replace("&amp;", "&"))
    assert "Nothing to do now" not in on
    assert "days=all" in way or "days=all" not in path


def test_the_calm_page_stands_until_eight_the_next_morning(clock: Callable[[str], object]) -> None:
    clock("2026-11-24T17:00:00+00:00")
    client, therapist = make_pair()
    dosing(client, therapist, timedelta(minutes=-5))
    zone = ZoneInfo(client.zone)
    eight = datetime(2026, 11, 25, 8, tzinfo=zone).astimezone(UTC)
    for moment, calm in ((eight - timedelta(seconds=1), True), (eight, False)):
        clock(moment.isoformat())
        for path in ("/check-in/", "/trends/", "/trends/together/"):
            assert ("Nothing to do now" in shown(signed_in(client), path)) is calm


def test_it_begins_with_the_tap_when_that_is_a_little_early() -> None:
    client, therapist = make_pair()
    row = dosing(client, therapist, timedelta(minutes=15))
    for tapped, calm in ((None, False), (timezone.now(), True)):
        Appointment.objects.filter(pk=row.pk).update(started_at=tapped)
        for path in ("/check-in/", "/trends/"):
            assert ("Nothing to do now" in shown(signed_in(client), path)) is calm, path
        assert ("Who is with you" in shown(signed_in(client), "/today/")) is calm
        assert offer_for(client, timezone.now()) is None or not calm


def test_words_sent_from_a_page_that_was_open_before_are_kept_on_the_quiet_day(rowan: Person) -> None:
    browser, key = signed_in(rowan), str(uuid4())
    browser.post("/check-in/tap/", {"key": key, "asked": "mood", "mood": "1"})
    said = browser.post("/check-in/", {"key": key, "asked": "mood", "mood": "1", "note": "Held this before."}, follow=True)
    assert "Held this before." in said.content.decode()
    wrong = browser.post("/check-in/", {"key": str(uuid4()), "note": "word " * 200})
    assert wrong.status_code == 422
    assert "word word" in wrong.content.decode()


def test_taking_ones_values_along_needs_no_calm(rowan: Person) -> None:
    answer = signed_in(rowan).get("/trends/csv/")
    assert answer["Content-Type"].startswith("text/csv")


def test_the_next_morning_everything_is_back(rowan: Person) -> None:
    other, therapist = make_pair()
    dosing(other, therapist, timedelta(days=-1, hours=-23))
    assert "Nothing to do now" not in shown(signed_in(other), "/today/")
