"""What other people make: the clinic's list, a link only once its address was opened, and nothing goes along."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from koru.practices.models import Resource
from tests.care.world import signed_in
from tests.days import this_day
from tests.people import make_admin

from .world import Pair

pytestmark = pytest.mark.django_db


@pytest.fixture
def rowan(pair: Pair) -> Client:
    return signed_in(pair[0])


def shown(browser: Client) -> str:
    answer = browser.get("/practices/elsewhere/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_references_list_is_there_to_begin_from_and_none_of_it_a_link_yet(rowan: Client) -> None:
    page = shown(rowan)
    assert Resource.objects.count() == 12
    for one in Resource.objects.all():
        assert one.name in page
        assert one.good_for in page
        assert one.cost in page
        assert one.link == ""
    assert "https://" not in page
    assert "They have their own privacy rules." in page


def test_an_address_that_was_opened_is_a_plain_link_that_says_it_leaves(rowan: Client) -> None:
    Resource.objects.filter(name="Medito").update(checked_on=this_day())
    (link,) = re.findall(r'<a href="https:[^>]*>', shown(rowan))
    assert link == '<a href="https://meditofoundation.org/" rel="noreferrer noopener external">'
    assert "outside Koru" in shown(rowan)


def test_what_is_not_shown_is_not_there_and_an_empty_list_says_so(rowan: Client) -> None:
    Resource.objects.filter(name="Calm").update(is_shown=False)
    assert "<h2>Calm</h2>" not in shown(rowan)
    Resource.objects.all().delete()
    assert "What your clinic lists will be here." in shown(rowan)


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"url": "", "checked": True}, "checked_resource_has_an_address"),
        ({"url": "javascript:alert(1)"}, "resource_address_is_safe"),
        ({"url": "http://example.org/"}, "resource_address_is_safe"),
    ],
)
def test_the_database_refuses_an_address_that_is_none(db: None, given: dict[str, object], refused: str) -> None:
    values = {"url": given["url"], "checked_on": this_day() if given.get("checked") else None}
    with pytest.raises(IntegrityError, match=refused), transaction.atomic():
        Resource.objects.create(name="Demo app", good_for="Demo", cost="free", **values)


def test_an_admin_edits_the_list_and_is_told_what_is_wrong_beside_the_field(pair: Pair) -> None:
    browser, row = signed_in(make_admin()), Resource.objects.get(name="Calm")
    path = f"/admin/practices/resource/{row.pk}/change/"
    said = {"order": "3", "name": "Calm", "good_for": "Sleep", "cost": "paid", "privacy": "", "is_shown": "on"}
    wrong = browser.post(path, {**said, "url": "", "checked_on": "2026-11-01"})
    assert "Give the address that was checked." in wrong.content.decode()
    right = browser.post(path, {**said, "url": "https://calm.example.org/", "checked_on": "2026-11-01"})
    assert right.status_code == 302
    assert Resource.objects.get(pk=row.pk).link == "https://calm.example.org/"
