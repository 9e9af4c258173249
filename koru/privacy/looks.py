"""Who looked: the access log as the client reads it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from koru.people.models import Person

from .models import AccessRow


def looks_at(client: Person) -> QuerySet[AccessRow]:
    """Every look at this client's record by somebody else, newest first, with who it was."""
    return AccessRow.objects.filter(client=client).exclude(actor=client).select_related("actor").order_by("-at", "-seq")


def last_looks(reader: Person, clients: Iterable[UUID]) -> dict[UUID, datetime]:
    """When somebody last opened each of these records."""
    rows = AccessRow.objects.filter(actor=reader, client__in=list(clients)).exclude(client=reader)
    return dict(rows.values_list("client").annotate(newest=Max("at")).order_by())
