"""The page of a copy: asked for after being known again, told how far it is, taken along within its day, by its owner alone."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from koru.people.models import Person
from koru.privacy.models import AccessRow, Export
from koru.rights.asking import ask_for_copy
from koru.rights.making import make_copies
from tests.people import make_client, make_clinic, make_staff

from .copies import PASSWORD, known_again, made_for, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/settings/export/"


@pytest.fixture
def client_person() -> Person:
    make_clinic()
    return make_client()


@pytest.fixture
def web(client_person: Person) -> Client:
    return signed_in(client_person)


def test_asking_asks_who_it_is_first_and_goes_on_from_there(web: Client) -> None:
    asked = web.post(PAGE)
    assert asked["Location"] == f"/accounts/reauthenticate/?next={PAGE.replace('/', '%2F')}"
    assert not Export.objects.exists()
    assertRedirects(web.post(asked["Location"], {"password": PASSWORD, "next": PAGE}), PAGE)
    assert Export.objects.get().state == Export.State.ASKED


def test_after_five_minutes_it_is_asked_again(web: Client, client_person: Person) -> None:
    made = made_for(client_person)
    file = f"{PAGE}{made.pk}/file/"
    assert web.get(file).status_code == 302
    assert known_again(web).get(file).status_code == 200
    session = web.session
    for method in session["account_authentication_methods"]:
        method["at"] -= 301
    session.save()
    assert web.get(file)["Location"].startswith("/accounts/reauthenticate/")
    assert web.post(PAGE)["Location"].startswith("/accounts/reauthenticate/")


def test_the_page_says_how_far_it_is_and_asks_again_until_it_is_ready(web: Client, client_person: Person) -> None:
    assertContains(web.get(PAGE), "Make my copy")
    ask_for_copy(by=client_person)
    for path in (PAGE, f"{PAGE}progress/"):
        page = web.get(path)
        assertContains(page, "It is being made: 0 of")
        assertContains(page, f'hx-get="{PAGE}progress/"')
    make_copies()
    ready = web.get(f"{PAGE}progress/")
    assertNotContains(ready, "hx-get")
    assertContains(ready, "Show that it is you")
    assertContains(known_again(web).get(PAGE), "Take it along")


def test_it_is_taken_along_by_a_name_that_says_nothing_and_kept_nowhere_on_the_way(web: Client, client_person: Person) -> None:
    made = made_for(client_person)
    answer = known_again(web).get(f"{PAGE}{made.pk}/file/")
    assert answer["Content-Disposition"] == f'attachment; filename="copy-{made.asked_at:%Y-%m-%d}.zip"'
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "no-store"
    copy = ZipFile(BytesIO(answer.getvalue()))
    assert copy.testzip() is None
    acts = list(AccessRow.objects.filter(client=client_person).order_by("seq").values_list("act", flat=True))
    assert acts == ["copy asked for", "copy taken along"]


def test_a_day_later_it_is_not_there_any_more(web: Client, client_person: Person) -> None:
    made = made_for(client_person)
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert known_again(web).get(f"{PAGE}{made.pk}/file/").status_code == 404
    assertContains(web.get(PAGE), "Make my copy")


def test_nobody_else_takes_it(web: Client, client_person: Person) -> None:
    made = made_for(client_person)
    for other in (make_client(), make_staff()):
        stranger = signed_in(other)
        stranger.post("/accounts/reauthenticate/", {"password": PASSWORD})
        assert stranger.get(f"{PAGE}{made.pk}/file/").status_code == 404
        assert stranger.post(f"{PAGE}{made.pk}/remove/").status_code in (302, 404)
    made.refresh_from_db()
    assert made.state == Export.State.READY


def test_it_can_be_removed_before(web: Client, client_person: Person) -> None:
    made = made_for(client_person)
    assertContains(web.post(f"{PAGE}{made.pk}/remove/", follow=True), "Removed.")
    assertContains(web.get(PAGE), "Make my copy")


def test_settings_lead_there(web: Client) -> None:
    assertContains(web.get("/settings/"), f'href="{PAGE}"')
