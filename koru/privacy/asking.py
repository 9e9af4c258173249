"""Rows of a record asked for by questions that are built once: one for each way a reader may stand to a client."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from koru.moments.questions import Given, Joined, Question, distinct
from koru.moments.spans import Span

from .door import Record

Rows = Callable[[Record, Span], "QuerySet[Any, Any]"]


class Asked:
    """`rows(record, span)` has to depend on nothing but the record's client and standing, and the span."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.questions: dict[Hashable, Question | None] = {}

    def __call__(self, record: Record, span: Span, limit: int | None = None) -> list[Any]:
        question = self.question(record, span, limit)
        return question.ask(given(record, span)) if question else []

    def question(self, record: Record, span: Span, limit: int | None) -> Question | None:
        """None when this standing doesn't open these rows: Django knows without asking."""
        about = (record.standing, limit)
        if about in self.questions:
            return self.questions[about]
        try:
            question = Question.of(self.rows(record, span)[:limit], given(record, span))
        except EmptyResultSet:
            question = None
        if distinct(given(record, span)):
            self.questions[about] = question
        return question


class AskedTogether:
    """Several kinds of rows in one round trip."""

    def __init__(self, parts: Sequence[Asked]) -> None:
        self.parts = parts
        self.joined: dict[Hashable, Joined] = {}

    def __call__(self, record: Record, span: Span, limit: int | None = None) -> list[list[Any]]:
        """The rows of each kind, in the order of the kinds; none of what this standing doesn't open."""
        questions = [part.question(record, span, limit) for part in self.parts]
        about, values = (record.standing, limit), given(record, span)
        joined = self.joined.get(about) or Joined.of([question for question in questions if question])
        if distinct(values):
            self.joined[about] = joined
        answers = iter(joined.ask(values) if joined.widths else [])
        return [next(answers) if question else [] for question in questions]


def given(record: Record, span: Span) -> Given:
    return record.client.pk, span.start, span.end
