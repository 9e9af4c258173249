"""Who looked: the access log as the client reads it."""

from django.db.models import DateTimeField, Func, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from koru.people.models import Person

from .models import AccessRow


def looks_at(client: Person) -> QuerySet[AccessRow]:
    """Every look at this client's record by somebody else, newest first, with who it was."""
    return AccessRow.objects.filter(client=client).exclude(actor=client).select_related("actor").order_by("-at", "-seq")


LONG_AGO = Func(template="'0001-01-03'::timestamptz", output_field=DateTimeField())


def last_look(reader: Person) -> Subquery:
    """For questions about rows with a `client`: when somebody last opened that client's record; None for never."""
    rows = AccessRow.objects.filter(actor=reader, client=OuterRef("client")).order_by("-at")
    return Subquery(rows.values("at")[:1])


def looked_since(reader: Person) -> Coalesce:
    """The same, to compare with: before all time for never."""
    return Coalesce(last_look(reader), LONG_AGO)
