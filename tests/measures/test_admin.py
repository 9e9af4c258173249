"""The clinic's word on a measure: turned on by somebody who says how its use is allowed."""

import pytest
from django.test import Client

from koru.people.models import Person
from moodtracking.measures.definitions import load
from moodtracking.measures.models import Offering
from moodtracking.measures.offering import may_use, usable
from tests.people import make_admin

from .world import assigned, filled, make_pair, signed_in

pytestmark = pytest.mark.django_db
ADD = "/admin/measures/offering/add/"


@pytest.fixture
def admin() -> Person:
    return make_admin()


@pytest.fixture
def browser(admin: Person) -> Client:
    return signed_in(admin)


def test_a_measure_of_unsure_licence_is_off_until_somebody_says_how_it_is_allowed(browser: Client, admin: Person) -> None:
    assert not may_use(load()["who-5"])
    refused = browser.post(ADD, {"slug": "who-5", "is_on": "on"})
    assert "Say how its use was found to be allowed" in refused.content.decode()
    assert not Offering.objects.exists()
    browser.post(ADD, {"slug": "who-5", "is_on": "on", "licence_confirmed": "Not for profit; asked in writing"})
    assert may_use(load()["who-5"])
    row = Offering.objects.get()
    assert (row.confirmed_by, bool(row.confirmed_at)) == (admin, True)


def test_a_clinic_can_leave_one_out(browser: Client) -> None:
    browser.post(ADD, {"slug": "gad-7"})
    assert "gad-7" not in [one.slug for one in usable()]


@pytest.mark.parametrize(("cut", "kept"), [("31", True), ("30", False), ("34", False)])
def test_the_cut_point_stays_within_its_range(browser: Client, cut: str, kept: bool) -> None:
    answer = browser.post(ADD, {"slug": "pcl-5", "is_on": "on", "cut_point": cut})
    assert (answer.status_code == 302, Offering.objects.exists()) == (kept, kept)


def test_a_later_cut_point_never_changes_an_old_result() -> None:
    pair = make_pair()
    assigned(pair, "pcl-5", "monthly")
    row = filled(pair[0], [2] * 16, "pcl-5")
    assert (row.total, row.band) == (40, "at or above cut-point")
    Offering.objects.create(slug="pcl-5", is_on=True, cut_point=31)
    row.refresh_from_db()
    assert row.band == "at or above cut-point"


def test_nobody_names_a_measure_that_is_not_there(browser: Client) -> None:
    assert browser.post(ADD, {"slug": "made-up", "is_on": "on"}).status_code == 200
    assert not Offering.objects.exists()
