"""Filled measures as a lane of an overview: how many in each column of time."""

from typing import Any

from django.db.models import QuerySet

from koru.moments.lanes import counted
from koru.moments.spans import Span
from koru.privacy.door import Record

from .models import Response


def measures_lane(record: Record, span: Span) -> "QuerySet[Any, Any]":
    return counted(Response.objects.readable_in(record).closed().within(span), "closed_at", span)
