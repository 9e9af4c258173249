"""Shared entries as a lane of an overview: how many in each column of time."""

from typing import Any

from django.db.models import QuerySet

from koru.moments.lanes import counted
from koru.moments.spans import Span
from koru.privacy.door import Record

from .models import Entry


def entries_lane(record: Record, span: Span) -> "QuerySet[Any, Any]":
    return counted(Entry.objects.readable_in(record).within(span), "at", span)
