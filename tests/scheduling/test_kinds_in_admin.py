"""Kinds, equipment and skills as the clinic edits them in the admin: what can't be is said in words beside the field."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from scheduling.models import AppointmentKind, Equipment, Skill
from tests.people import make_admin, make_client, make_room, make_staff, make_therapist

from .practice import kind_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def web() -> Client:
    client = Client()
    client.force_login(make_admin())
    return client


def sent(kind: AppointmentKind, **changed: Any) -> dict[str, Any]:
    """The form as the page shows it, with some of it changed. A box that isn't ticked isn't sent."""
    said = {**model_to_dict(kind), **changed}
    return {name: value for name, value in said.items() if value is not None and value is not False and value != []}


def change(web: Client, **changed: Any) -> Any:
    kind = kind_of("dosing")
    return web.post(reverse("admin:scheduling_appointmentkind_change", args=[kind.pk]), sent(kind, **changed))


def test_every_rule_of_a_kind_is_edited_there(web: Client) -> None:
    lamp = Equipment.objects.create(name="Lamp")
    values = {
        "price_words": "240 dollars", "by_video": True, "second_person": "required", "needs_consent": False,
        "needs_clearance": False, "needs_escort": False, "needs_fasting": False, "rest_hours": 12, "rest_days": 5,
        "daily_cap": 2, "lead_hours": 48, "change_hours": 72, "horizon_days": 90, "before": 20, "after": 40,
    }  # fmt: skip
    assert change(web, equipment=[lamp.pk], **values).status_code == 302
    kept = kind_of("dosing")
    assert {name: getattr(kept, name) for name in values} == values
    assert list(kept.equipment.all()) == [lamp]
    assert not kept.needs_room


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"in_room": False, "by_video": False, "by_phone": False}, "Choose at least one of"),
        ({"daily_cap": 0}, "greater than or equal to 1"),
        ({"rest_days": 181}, "less than or equal to 180"),
        ({"rest_hours": "some"}, "Enter a whole number"),
        ({"before": 241}, "less than or equal to 240"),
        ({"horizon_days": 0}, "greater than or equal to 1"),
        ({"second_person": "sometimes"}, "Select a valid choice"),
        ({"lead_hours": 9999}, "less than or equal to 2160"),
    ],
)
def test_what_can_not_be_is_said_and_nothing_changes(web: Client, changed: dict[str, Any], words: str) -> None:
    before = model_to_dict(kind_of("dosing"))
    answer = change(web, **changed)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert model_to_dict(kind_of("dosing")) == before


@pytest.mark.parametrize(
    "values",
    [
        {"in_room": False, "by_video": False, "by_phone": False},
        {"daily_cap": 0},
        {"rest_days": 181},
        {"rest_hours": 2161},
        {"after": 241},
        {"horizon_days": 0},
        {"second_person": "sometimes"},
        {"change_hours": 2161},
    ],
)
def test_the_database_refuses_the_same(values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentKind.objects.filter(pk="dosing").update(**values)


def test_skills_and_equipment_are_added_and_taken_away(web: Client) -> None:
    therapist, staff, client, room = make_therapist(), make_staff(), make_client(), make_room()
    add = reverse("admin:scheduling_skill_add")
    for person, part, status in ((therapist, "lead", 302), (staff, "second", 302), (staff, "lead", 200), (client, "second", 200)):
        with zeal_ignore():  # the admin reads who asks and who is named in the same way: no loop
            assert web.post(add, {"person": person.pk, "kind": "dosing", "part": part}).status_code == status
    with zeal_ignore():
        assert "said already" in web.post(add, {"person": therapist.pk, "kind": "dosing", "part": "lead"}).content.decode()
    assert set(Skill.objects.values_list("person", "part")) == {(therapist.pk, "lead"), (staff.pk, "second")}
    web.post(reverse("admin:scheduling_equipment_add"), {"name": "Lamp"})
    lamp = Equipment.objects.get()
    fields = {"name": room.name, "zone": room.zone, "address": "", "is_open": "on", "equipment": [lamp.pk]}
    assert web.post(reverse("admin:scheduling_room_change", args=[room.pk]), fields).status_code == 302
    assert list(room.equipment.all()) == [lamp]
    assert web.post(reverse("admin:scheduling_equipment_delete", args=[lamp.pk]), {"post": "yes"}).status_code == 302
    assert not room.equipment.exists()
