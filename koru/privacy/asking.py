"""Rows of a record asked for by questions that are built once: one for each way a reader may stand to a client."""

from collections.abc import Callable, Hashable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from koru.moments.questions import Given, Question, distinct
from koru.moments.spans import Span

from .door import Record

Rows = Callable[[Record, Span], "QuerySet[Any, Any]"]


def by_instants(record: Record, span: Span) -> Given:
    return record.client.pk, span.start, span.end


class Asked:
    """`rows(record, span)` has to depend on nothing but the record's standing and what is `given` of client and span."""

    def __init__(self, rows: Rows, given: Callable[[Record, Span], Given] = by_instants) -> None:
        self.rows = rows
        self.given = given
        self.questions: dict[Hashable, Question | None] = {}

    def __call__(self, record: Record, span: Span, limit: int | None = None) -> list[Any]:
        given = self.given(record, span)
        question = self.question(record, span, limit, given)
        return question.ask(given) if question else []

    def question(self, record: Record, span: Span, limit: int | None, given: Given) -> Question | None:
        """None when this standing doesn't open these rows: Django knows without asking."""
        about = (record.standing, limit)
        if about in self.questions:
            return self.questions[about]
        try:
            question = Question.of(self.rows(record, span)[:limit], given)
        except EmptyResultSet:
            question = None
        if distinct(given):
            self.questions[about] = question
        return question
