"""What the admin's buttons do beyond what their pages say."""

from typing import Any

import pytest

from koru.people.models import Person
from koru.reminders.models import Letter

from .asking import ask
from .world import World

pytestmark = pytest.mark.django_db


def letters() -> list[Any]:
    return list(Letter.objects.order_by("pk").values())


def test_saving_a_letters_page_changes_no_letter(world: World, sessions: dict[str, str]) -> None:
    """A sender may have claimed it since the page was read: written back, it would be sent twice."""
    path = f"/admin/reminders/letter/{world.things['A']['letter_id']}/change/"
    answer = ask(sessions["admin"], "POST", path, then=letters)
    assert answer.status == 302
    assert answer.found == letters()
    assert "reminders_letter" not in answer.written


@pytest.mark.parametrize("role", ["client", "therapist", "staff"])
def test_an_admin_stays_an_admin_whatever_role_they_send(role: str, world: World, sessions: dict[str, str]) -> None:
    admin = world.people["admin"]
    sent = {"display_name": "Demo Owl", "role": role, "zone": admin.zone, "region": "US"}
    answer = ask(sessions["admin"], "POST", f"/admin/people/person/{admin.pk}/change/", sent, then=lambda: now(admin))
    assert (answer.status, answer.found) == (302, ("admin", True))


def test_an_admin_changes_the_role_of_others_and_ends_what_they_had_open(world: World, sessions: dict[str, str]) -> None:
    therapist = world.people["left therapist"]
    sent = {"display_name": "Demo Wren", "role": "staff", "zone": therapist.zone, "region": "US"}
    answer = ask(sessions["admin"], "POST", f"/admin/people/person/{therapist.pk}/change/", sent, then=lambda: now(therapist))
    assert (answer.status, answer.found) == (302, ("staff", False))


def now(person: Person) -> tuple[str, bool]:
    """Role and open door, as they are kept."""
    kept: Person = Person.objects.get(pk=person.pk)
    return kept.role, kept.is_active
