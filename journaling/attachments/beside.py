"""What goes with an entry, in a few words: asked for within the question for the entries, so that a list asks once."""

from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from koru.privacy.door import Record

from .models import Attachment
from .things import VOICE

BETWEEN, AFTER = " ", ","


class Beside(NamedTuple):
    """A recording or a picture that goes with an entry: what it is, and how many seconds it lasts."""

    id: UUID
    kind: str
    seconds: int = 0

    @property
    def label(self) -> str:
        return str(Attachment.Kind(self.kind).label)

    @property
    def name(self) -> str:
        """ "recording of 1:05" """
        return f"recording of {self.seconds // 60}:{self.seconds % 60:02d}" if self.kind == VOICE else self.kind

    @property
    def invites(self) -> str:
        """ "Hear the recording of 1:05" """
        return f"{'Hear' if self.kind == VOICE else 'See'} the {self.name}"


def beside(record: Record) -> Subquery:
    """A column for a question about entries: what goes with each that the record's reader may see. `told` reads it."""
    return beside_own() if record.is_own else _column(_there().filter(apart=False))


def beside_own() -> Subquery:
    """The same for the writer."""
    return _column(_there())


def _there() -> "QuerySet[Attachment]":
    return Attachment.objects.filter(entry=OuterRef("pk"), removed_at=None).order_by()


def _column(seen: "QuerySet[Attachment]") -> Subquery:
    one = Concat(Cast("id", CharField()), Value(BETWEEN), F("kind"), Value(BETWEEN), Cast("seconds", CharField()))
    return Subquery(seen.values("entry").annotate(all=StringAgg(one, AFTER, order_by=("at", "id"))).values("all"))


def told(column: str | None) -> tuple[Beside, ...]:
    """What a column of `beside` says, in the order it was added."""
    parts = (one.split(BETWEEN) for one in (column or "").split(AFTER) if one)
    return tuple(Beside(UUID(which), kind, int(seconds)) for which, kind, seconds in parts)
