"""Model fields whose content only the server with the practice's key can read.

The column holds a blob (`koru.sealing.envelope`), the attribute gives the text, opened when it is first asked for.
Written through `save` or `bulk_create` only: `update(text=…)` cannot know the row, and is refused.
"""

import json
import logging
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from .envelope import CannotOpen, Place, key_of, seal, unseal
from .keyring import key_for, key_named

if TYPE_CHECKING:
    Column = models.BinaryField[Any, Any]
else:
    Column = models.BinaryField


log = logging.getLogger(__name__)
CANNOT_OPEN = "These words can't be opened."


class Blob(bytes):
    """Still sealed."""


def open_blob(blob: bytes, place: Place) -> str:
    return unseal(blob, key_named(key_of(blob)), place).decode() if blob else ""


def shown_blob(blob: bytes, place: Place) -> str:
    """The same for a list or a timeline: one that doesn't open says so in its own line, and the others are read."""
    try:
        return open_blob(blob, place)
    except CannotOpen:
        log.error("a blob does not open", extra={"koru": {"table": place.table, "column": place.column}})
        return CANNOT_OPEN


def shown(instance: models.Model, name: str) -> str:
    """A sealed text of a row that is only shown. Never for a form: what it begins with would be saved over the blob."""
    value = instance.__dict__.get(name)
    field = instance._meta.get_field(name)
    if isinstance(value, Blob) and isinstance(field, SealedTextField):
        return shown_blob(value, field.place(instance))
    return str(getattr(instance, name))


class SealedAttribute(DeferredAttribute):
    """Opens on reading; keeps the blob so that an untouched value is saved back as it was."""

    field: "SealedTextField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if not isinstance(value, Blob):
            return value
        opened = instance.__dict__.setdefault("_opened", {})
        name = self.field.attname
        if name not in opened:
            opened[name] = self.field.parsed(open_blob(value, self.field.place(instance)))
        return opened[name]

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__.setdefault("_opened", {}).pop(self.field.attname, None)
        instance.__dict__[self.field.attname] = value


class SealedTextField(Column):
    """Text sealed with the data key of `owner`, the name of the attribute that holds the owner's id."""

    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, owner: str = "client_id", **kwargs: Any) -> None:
        self.owner = owner
        kwargs.setdefault("default", b"")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "owner": self.owner}

    def place(self, instance: models.Model) -> Place:
        return self.place_of(instance.pk, getattr(instance, self.owner))

    def place_of(self, row: UUID, owner: UUID) -> Place:
        """Where a blob of this column belongs, for reading from `values()`."""
        return Place(self.model._meta.db_table, str(self.column), str(row), str(owner))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Blob | None:
        return None if value is None else Blob(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if isinstance(value, Blob):
            return value
        if value is None:
            return None if self.null else Blob()
        plain = self.written(value)
        if not plain:
            return Blob()
        owner = getattr(model_instance, self.owner)
        key_id, key = key_for(owner)
        return Blob(seal(plain.encode(), key, key_id, self.place(model_instance)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value == "":
            value = Blob()
        if value is not None and not isinstance(value, Blob):
            raise TypeError(f"{self.name} is sealed: write it through save() or bulk_create()")
        return super().get_db_prep_value(value, connection, prepared)

    def get_default(self) -> Any:
        return self.parsed("")

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is sealed and is never serialised")

    def to_python(self, value: Any) -> Any:
        return value

    def written(self, value: Any) -> str:
        return str(value)

    def parsed(self, text: str) -> Any:
        return text


def sealed_column(model: type[models.Model], name: str) -> SealedTextField:
    """A sealed field by its name, to open what `values()` gave. Raises TypeError for one that isn't sealed."""
    field = model._meta.get_field(name)
    if not isinstance(field, SealedTextField):
        raise TypeError(f"{name} is not sealed")
    return field


class SealedJSONField(SealedTextField):
    """A JSON value, sealed. Empty is `None`."""

    def written(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def parsed(self, text: str) -> Any:
        return json.loads(text) if text else None
