"""On which days somebody wrote: signs that they are there."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from koru.people.own_days import own_day

from .models import Entry


def signs(clients: Collection[UUID], since: datetime) -> "QuerySet[Any, Any]":
    """By client the days on which they wrote something, shared or not. Only that they were there: nothing of what it was."""
    rows = Entry.objects.filter(made_at__gt=since, client__in=clients)
    return rows.order_by().values_list("client", own_day("made_at")).distinct()
