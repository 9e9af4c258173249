"""Sealed columns: words in, blob in the table, words out; only for the owner's key, and never by accident."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from koru.people.models import EmergencyContact, Person
from koru.sealing.envelope import CannotOpen
from koru.sealing.fields import Blob, open_blob
from koru.sealing.keyring import keyring
from koru.sealing.models import DataKey
from tests.people import make_client

CANARY = "canary-words-4711"


def stored_phone(person: Person) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM people_person WHERE id = %s", [str(person.pk)])
        row = cursor.fetchone()
    return bytes(row[0])


class SealedText(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=500))
    def test_any_text_comes_back_as_it_was(self, words: str) -> None:
        client = make_client(phone=words)
        assert Person.objects.get(pk=client.pk).phone == words


@pytest.mark.django_db
def test_the_table_holds_no_word_of_it() -> None:
    client = make_client(phone=CANARY)
    assert CANARY.encode() not in stored_phone(client)


@pytest.mark.django_db
def test_a_row_copied_to_another_person_does_not_open() -> None:
    one, other = make_client(phone=CANARY), make_client(phone="")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person SET phone = (SELECT phone FROM people_person WHERE id = %s) WHERE id = %s",
            [str(one.pk), str(other.pk)],
        )
    with pytest.raises(CannotOpen):
        _ = Person.objects.get(pk=other.pk).phone


@pytest.mark.django_db
def test_without_its_data_key_nothing_opens() -> None:
    client = make_client(phone=CANARY)
    DataKey.objects.filter(owner=client.pk).delete()
    with pytest.raises(CannotOpen):
        _ = Person.objects.get(pk=client.pk).phone


@pytest.mark.django_db
def test_an_update_past_the_model_is_refused() -> None:
    client = make_client()
    with pytest.raises(TypeError):
        Person.objects.filter(pk=client.pk).update(phone="in the clear")


@pytest.mark.django_db
def test_saving_something_else_leaves_the_blob_as_it_was() -> None:
    client = make_client(phone=CANARY)
    before = stored_phone(client)
    again = Person.objects.get(pk=client.pk)
    again.display_name = "Demo Other"
    again.save()
    assert stored_phone(client) == before


@pytest.mark.django_db
def test_values_open_by_the_place_they_belong_to() -> None:
    client = make_client()
    EmergencyContact.objects.create(client=client, name=CANARY)
    field = EmergencyContact._meta.get_field("name")
    blob = EmergencyContact.objects.values_list("name", flat=True).get()
    assert isinstance(blob, Blob)
    assert open_blob(blob, field.place_of(client.pk, client.pk)) == CANARY


@pytest.mark.django_db
def test_one_request_fetches_each_key_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = make_client(phone=CANARY)
    people = list(Person.objects.filter(pk=client.pk)) + list(Person.objects.filter(pk=client.pk))
    with keyring(), django_assert_num_queries(1):
        assert [person.phone for person in people] == [CANARY, CANARY]
