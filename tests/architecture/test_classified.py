"""Every field that can hold words says what it holds: sealed, plain with a reason, or public content."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from koru.sealing.fields import SealedTextField

Column = Any  # a model field; its type parameters say nothing here
OURS = ("koru.", "scheduling", "journaling", "moodtracking")
WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
KINDS = ("plain: ", "content: ", "sealed: ")


def fields_with_words() -> Iterator[Column]:
    for model in apps.get_models():
        if model._meta.app_config.name.startswith(OURS):
            yield from (field for field in model._meta.local_fields if holds_words(field))


def holds_words(field: Column) -> bool:
    inner = getattr(field, "base_field", field)
    return isinstance(inner, WORDS) and not field.remote_field


def is_classified(field: Column) -> bool:
    if isinstance(field, SealedTextField):
        return True
    comment = field.db_comment or ""
    return comment.startswith(KINDS) and len(comment.split(": ", 1)[1]) > 2


def test_every_field_with_words_is_classified() -> None:
    open_questions = [f"{field.model._meta.label}.{field.name}" for field in fields_with_words() if not is_classified(field)]
    inherited = {"people.Person.password"}
    assert set(open_questions) - inherited == set()


@pytest.mark.parametrize(
    "field",
    [
        models.TextField(),
        models.CharField(max_length=3, db_comment="words"),
        models.JSONField(db_comment="plain: "),
    ],
)
def test_an_unclassified_field_is_noticed(field: Column) -> None:
    assert holds_words(field)
    assert not is_classified(field)


@pytest.mark.django_db
def test_sealed_columns_are_bytes_in_the_database() -> None:
    sealed = [field for field in fields_with_words() if isinstance(field, SealedTextField)]
    assert sealed
    with connection.cursor() as cursor:
        for field in sealed:
            cursor.execute(
                "SELECT data_type FROM information_schema.columns WHERE table_name = %s AND column_name = %s",
                [field.model._meta.db_table, field.column],
            )
            assert cursor.fetchone() == ("bytea",), field
