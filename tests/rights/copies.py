"""Copies in tests: made as a worker makes them, and opened as their owner does."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.test import Client
from pytest_django.asserts import assertRedirects

from koru.people.models import Person
from koru.privacy.models import Export
from koru.rights.asking import ask_for_copy, file_of
from koru.rights.making import make_copies
from koru.sealing.keyring import keyring

PASSWORD = "seven quiet ferns"


def made_for(client: Person) -> Export:
    with keyring():
        export = ask_for_copy(by=client)
        make_copies()
    export.refresh_from_db()
    assert export.state == Export.State.READY
    return export


def opened(client: Person) -> ZipFile:
    """The copy of a client, made now."""
    return ZipFile(BytesIO(b"".join(file_of(made_for(client), client))))


def record_of(copy: ZipFile) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(copy.read("record.json"))["record"]
    return found


def signed_in(person: Person) -> Client:
    """Somebody who has signed in a while ago."""
    person.set_password(PASSWORD)
    person.save()
    web = Client()
    web.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return web


def known_again(web: Client) -> Client:
    """They have just given their password once more."""
    assertRedirects(web.post("/accounts/reauthenticate/", {"password": PASSWORD}), "/today/", fetch_redirect_response=False)
    return web
