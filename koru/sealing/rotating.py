"""Another key of the practice: every data key is wrapped anew under the first one. No word is touched.

A rewrapped key is the same data key, so whoever seals or opens meanwhile notices nothing. What is done stays done: each
batch is a transaction of its own, and the next run takes up what is left.
"""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from .envelope import CannotOpen
from .keks import current_kek, unwrap, wrap
from .models import DataKey

BATCH = 200


def under_which() -> dict[str, int]:
    """How many data keys sit under which key of the practice."""
    counted = DataKey.objects.values_list("kek_id").annotate(number=Count("id")).order_by("kek_id")
    return dict(counted)


def rewrap(batch: int = BATCH) -> Iterator[tuple[int, int]]:
    """Wrap under the first key what sits under another, a batch at a time: how many were, how many could not be opened."""
    after = UUID(int=0)
    while True:
        with transaction.atomic():
            rows = list(waiting(after)[:batch])
            done = [row for row in rows if rewrapped(row)]
            DataKey.objects.bulk_update(done, ["wrapped", "kek_id"])
        if not rows:
            return
        after = rows[-1].pk
        yield len(done), len(rows) - len(done)


def waiting(after: UUID) -> "QuerySet[DataKey]":
    return DataKey.objects.select_for_update().filter(pk__gt=after).exclude(kek_id=current_kek()).order_by("pk")


def rewrapped(row: DataKey) -> bool:
    """Whether it is under the first key now. One that opens under no configured key is left as it is."""
    try:
        key = unwrap(bytes(row.wrapped), row.owner, row.kek_id)
    except CannotOpen:
        return False
    row.kek_id = current_kek()
    row.wrapped = wrap(key, row.owner, row.kek_id)
    return True
