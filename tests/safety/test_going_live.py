"""A clinic goes live with somebody on call, or with words that say that nobody is."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from zeal import zeal_ignore

from tests.care.world import signed_in
from tests.people import make_admin, make_clinic

from .flagged import House

pytestmark = pytest.mark.django_db


def complaints() -> set[str | None]:
    found = run_checks(include_deployment_checks=True, databases=["default"])
    return {one.id for one in found if one.id in {"koru.E001", "koru.E002"}}


def test_before_a_clinic_is_set_up_there_is_nothing_to_say() -> None:
    assert complaints() == set()


def test_a_clinic_that_says_nothing_about_nights_is_refused() -> None:
    make_clinic()
    assert complaints() == {"koru.E001", "koru.E002"}
    with pytest.raises(SystemCheckError, match="on call"):
        call_command("check", "--deploy", "--database", "default")


def test_words_for_clients_are_enough_and_so_is_somebody_on_call(house: House) -> None:
    assert complaints() == {"koru.E001"}
    house.put_on_call(house.hazel)
    assert complaints() == set()
    house.put_on_call(None)
    house.clinic.no_cover_words = "At night nobody there looks."
    house.clinic.save()
    assert complaints() == set()


def test_the_form_of_the_clinic_refuses_both_empty(house: House) -> None:
    page = f"/admin/people/clinic/{house.clinic.pk}/change/"
    empty = {f"{name}-{part}": "0" for name in ("opening_hours", "closed_days") for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    posted = {
        "name": "Demo Clinic",
        "zone": "America/New_York",
        "region": "US",
        "sender_name": "Koru",
        "week_starts": "1",
        "urgent_minutes": "60",
        "prompt_minutes": "240",
        "erase_after_days": "14",
        **empty,
    }
    browser = signed_in(make_admin())
    assert "Name who is on call" in browser.post(page, posted).content.decode()
    assert browser.post(page, {**posted, "no_cover_words": "At night nobody there looks."}).status_code == 302
    with zeal_ignore([{"model": "people.Person", "field": "get()"}]):  # who asks, and who is chosen
        assert browser.post(page, {**posted, "on_call": str(house.hazel.pk)}).status_code == 302
    house.clinic.refresh_from_db()
    assert house.clinic.on_call == house.hazel
