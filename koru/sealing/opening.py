"""Whether what is sealed opens: one row of each owner, by their own data key."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import OuterRef, Subquery

from .columns import Column, columns
from .envelope import CannotOpen, Place, key_of, unseal
from .fields import Blob
from .keyring import key_named, keyring
from .models import DataKey


@dataclass
class Opened:
    """How many owners' rows opened, whose did not, and who has a key and has written nothing."""

    opened: int = 0
    shut: list[UUID] = field(default_factory=list)
    silent: int = 0


def one_of_each() -> Opened:
    """Open the first sealed row that each owner of a live data key has. A question or two a column, whatever the number."""
    waiting = set(DataKey.objects.filter(retired_at=None).values_list("owner", flat=True))
    found = Opened()
    with keyring():
        for column in columns():
            firsts = first_rows(column, waiting)
            for _, blob, place in column.blobs(column.model._base_manager.filter(pk__in=firsts)):
                waiting.discard(UUID(place.owner))
                if opens(blob, place):
                    found.opened += 1
                else:
                    found.shut.append(UUID(place.owner))
    found.silent = len(waiting)
    return found


def opens(blob: bytes, place: Place) -> bool:
    try:
        unseal(blob, key_named(key_of(blob)), place)
    except CannotOpen:
        return False
    return True


def first_rows(column: Column, owners: set[UUID]) -> list[object]:
    """The key of some row with words, for each of these owners that has one in this column."""
    theirs = column.model._base_manager.filter(**{column.owner: OuterRef("owner")}).exclude(**{column.name: Blob()})
    live = DataKey.objects.filter(retired_at=None, owner__in=owners).annotate(row=Subquery(theirs.values("pk")[:1]))
    return list(live.exclude(row=None).values_list("row", flat=True))
