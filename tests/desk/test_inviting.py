"""Inviting somebody directly: one open link an address, its letter with it, and words for what is odd."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from koru.desk.inviting import invite_by_letter
from koru.people.inviting import AlreadyInvited
from koru.people.models import Invitation, Person
from koru.reminders.models import Letter
from tests.people import make_client, make_therapist

GOOD = {"name": "Demo Aster", "email": "aster@example.org", "send": "now"}
PAGE = "/desk/clients/invite/"


def test_the_link_and_its_letters_come_together(staff: Person) -> None:
    invitation = invite_by_letter("Aster@Example.org", "Demo Aster", by=staff, zone="America/New_York")
    assert invitation.email == "aster@example.org"
    kinds = Letter.objects.filter(about=invitation.pk, address="aster@example.org").values_list("kind", flat=True)
    assert set(kinds) == {"consultation-after", "invitation-again"}


def test_a_later_link_takes_the_earlier_ones_letters_back(staff: Person) -> None:
    first = invite_by_letter("aster@example.org", "Demo Aster", by=staff, zone="America/New_York")
    Invitation.objects.filter(pk=first.pk).update(made_at=timezone.now() - timedelta(hours=1))
    second = invite_by_letter("ASTER@example.org", "Demo Aster", by=staff, zone="America/New_York")
    assert Invitation.objects.open().get() == second
    assert not Letter.objects.filter(about=first.pk, withdrawn_at=None).exists()


def test_sent_twice_in_a_row_the_first_link_stands(staff: Person) -> None:
    first = invite_by_letter("aster@example.org", "Demo Aster", by=staff, zone="America/New_York")
    assert invite_by_letter("aster@example.org", "Demo Aster", by=staff, zone="America/New_York") == first
    assert Letter.objects.filter(kind="consultation-after").count() == 1


def test_who_has_an_account_is_not_invited(staff: Person) -> None:
    with pytest.raises(AlreadyInvited):
        invite_by_letter(make_client().email, "Demo Aster", by=staff, zone="America/New_York")
    assert not Letter.objects.exists()


def test_the_page_invites_with_a_therapist(desk: Client) -> None:
    therapist = make_therapist()
    answer = desk.post(PAGE, {**GOOD, "therapist": str(therapist.pk), "send": "morning"}, follow=True)
    assert "Invited. The link is on its way." in answer.content.decode()
    assert Invitation.objects.get().therapist == therapist
    assert Letter.objects.get(kind="consultation-after").due_at > timezone.now()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Name: please fill this in"),
        ({"name": "x" * 100_000}, "Keep this to 80 characters"),
        ({"name": "Demo\nBcc: all@example.org"}, "Please use one line."),
        ({"email": ""}, "Enter an email address"),
        ({"email": "aster at example.org"}, "Enter an email address"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "Enter an email address"),
        ({"send": "later"}, "Pick one of the values shown."),
        ({"therapist": "somebody"}, "Pick one of the values shown."),
    ],
)
def test_what_is_odd_is_named_and_the_rest_stays(desk: Client, wrong: dict[str, str], words: str) -> None:
    answer = desk.post(PAGE, {**GOOD, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Demo Aster" in page or "name" in wrong
    assert not Invitation.objects.exists()


def test_an_address_with_an_account_is_said_so_beside_the_field(desk: Client) -> None:
    answer = desk.post(PAGE, {**GOOD, "email": make_client().email.upper()})
    assert answer.status_code == 422
    assert "This address has an account already." in answer.content.decode()


@pytest.mark.parametrize("name", ["Demo \U0001f33f", "\u05d3\u05de\u05d5", "Z", "Demo A\u0308ster", "Demo \u202eretsA"])
def test_names_of_all_kinds_are_kept(desk: Client, name: str) -> None:
    assert desk.post(PAGE, {**GOOD, "name": name}).status_code == 302
    assert Invitation.objects.get().name == name


def test_nul_and_surrogates_do_no_harm(desk: Client) -> None:
    odd = b"name=Demo%00+Aster%ED%A0%80&email=aster%40example.org&send=now"
    assert desk.post(PAGE, odd, content_type="application/x-www-form-urlencoded").status_code == 302
    assert "\x00" not in Invitation.objects.get().name


def test_the_form_is_empty_at_first(desk: Client) -> None:
    page = desk.get(reverse("desk:invite")).content.decode()
    assert "Send the link" in page
    assert 'role="alert"' not in page
