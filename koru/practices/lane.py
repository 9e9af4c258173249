"""Practices that were done as a lane of an overview: how many in each column of time."""

from typing import Any

from django.db.models import QuerySet

from koru.moments.lanes import counted
from koru.moments.spans import Span
from koru.privacy.door import Record

from .models import PracticeDone


def practices_lane(record: Record, span: Span) -> "QuerySet[Any, Any]":
    return counted(PracticeDone.objects.readable_in(record).within(span), "at", span)
