"""Every column that holds sealed blobs, whose key seals it, and where each of its blobs belongs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import BinaryField, Model, QuerySet
from django.db.models.functions import Substr

from .envelope import Place
from .fields import SealedTextField


@dataclass(frozen=True)
class Column:
    """`owner` is a path from the row to the id whose key seals it."""

    model: type[Model]
    name: str
    owner: str
    by_hand: bool = False

    def rows_of(self, owner: UUID) -> "QuerySet[Any]":
        """The rows of one owner; `sealed_by` is the id of its data key, as bytes."""
        rows = self.model._base_manager.filter(**{self.owner: owner})
        found: QuerySet[Any] = rows.annotate(sealed_by=Substr(self.name, 2, 16, output_field=BinaryField())).order_by("pk")
        return found

    def under(self, owner: UUID, keys: Iterable[UUID]) -> "QuerySet[Any]":
        """Those of them that are sealed with one of these data keys."""
        return self.rows_of(owner).filter(sealed_by__in=[key.bytes for key in keys])

    def blobs(self, rows: "QuerySet[Any]") -> Iterator[tuple[Any, bytes, Place]]:
        """Of each row its key, its blob as it lies there, and where that belongs (`Place.owner`: whose it is)."""
        if self.by_hand:
            related = self.owner.rsplit("__", 1)[0]
            yield from ((row.pk, bytes(getattr(row, self.name)), row.place()) for row in rows.select_related(related))
            return
        field: Any = self.model._meta.get_field(self.name)
        for pk, owner, blob in rows.values_list("pk", self.owner, self.name):
            yield pk, bytes(blob), field.place_of(pk, owner)


def columns() -> list[Column]:
    """All of them: sealed fields, and what a model names in `sealed_by_hand` as column and path to its owner.

    Such a row says itself, by its method `place`, where its blob belongs.
    """
    found: list[Column] = []
    for model in apps.get_models():
        fields = [field for field in model._meta.local_fields if isinstance(field, SealedTextField)]
        found += [Column(model, field.name, field.owner) for field in fields]
        found += [Column(model, name, owner, by_hand=True) for name, owner in getattr(model, "sealed_by_hand", {}).items()]
    return found
