"""Operators see people, rooms and content, and nothing that is sealed."""

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from journaling.models import Entry
from koru.desk.seeding.demo import make_demo
from koru.people.models import Person
from koru.sealing.fields import SealedTextField
from scheduling.models import AppointmentKind, Room

CANARY = "marmalade-canary-9921"


def shown_fields(model: type[models.Model], site_admin: "admin.ModelAdmin[models.Model]") -> set[str]:
    """What an admin's pages can show of a model; all of it, when it names nothing."""
    every = {field.name for field in model._meta.get_fields()}
    named = site_admin.fields or every
    return {str(name) for name in (*named, *site_admin.list_display, *site_admin.readonly_fields)}


def test_no_admin_page_shows_a_sealed_field() -> None:
    for model, site_admin in admin.site._registry.items():
        sealed = {field.name for field in model._meta.get_fields() if isinstance(field, SealedTextField)}
        assert not sealed & shown_fields(model, site_admin), model


@pytest.mark.django_db
def test_every_list_and_form_of_the_admin_opens_without_a_clients_words() -> None:
    make_demo(timezone.now())
    for entry in Entry.objects.all():
        entry.text = CANARY
        entry.save()
    client = Client()
    client.force_login(Person.objects.get(email="admin@demo.example.org"))
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        paths = [reverse(f"{name}_changelist")]
        first = model._default_manager.first()
        paths += [reverse(f"{name}_change", args=[first.pk])] if first else []
        for path in paths:
            with zeal_ignore():  # the admin fetches who asks and who is shown in the same way: no loop
                answer = client.get(path)
            assert answer.status_code == 200, path
            assert CANARY not in answer.content.decode()


@pytest.mark.django_db
def test_a_room_is_closed_and_never_deleted() -> None:
    make_demo(timezone.now())
    client, room = Client(), Room.objects.get(name="Moss room")
    client.force_login(Person.objects.get(email="admin@demo.example.org"))
    assert client.post(reverse("admin:scheduling_room_delete", args=[room.pk]), {"post": "yes"}).status_code == 403
    fields = {"name": "Moss room", "zone": room.zone, "address": room.address}
    assert client.post(reverse("admin:scheduling_room_change", args=[room.pk]), fields).status_code == 302
    assert not Room.objects.get(pk=room.pk).is_open


@pytest.mark.django_db
def test_a_kind_of_appointment_keeps_its_name_in_code() -> None:
    make_demo(timezone.now())
    client = Client()
    client.force_login(Person.objects.get(email="admin@demo.example.org"))
    assert client.get(reverse("admin:scheduling_appointmentkind_add")).status_code == 403
    kind = AppointmentKind.objects.get(pk="dosing")
    answer = client.get(reverse("admin:scheduling_appointmentkind_change", args=[kind.pk]))
    assert 'name="slug"' not in answer.content.decode()
