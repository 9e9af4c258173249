"""What was told in a span, by question and day. One query, built once; only numbers leave the database."""

import json
from datetime import date
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from koru.moments.spans import Span
from koru.privacy.asking import Asked
from koru.privacy.door import Record

from .models import CheckIn
from .trends import DayValue, by_key


def _rows(record: Record, span: Span) -> QuerySet[Any, Any]:
    rows = CheckIn.objects.readable_in(record).daily().within(span)
    return rows.order_by("at").annotate(told=Cast("answers", TextField())).values_list("local_date", "told")


rows_of = Asked(_rows)


def told_in(record: Record, span: Span, first: date, last: date) -> dict[str, list[DayValue]]:
    """The daily values of each question, from `first` to `last` by the days as they were written."""
    rows = [row for row in rows_of(record, span) if first <= row[0] <= last]
    answers = json.loads(f"[{','.join(told for _, told in rows)}]")
    return by_key(zip((day for day, _ in rows), answers, strict=True))
