"""Rows of a record asked for by questions that are built once: one for each way a reader may stand to a client."""

from collections.abc import Callable, Hashable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from koru.moments.questions import Given, Joined, Question, distinct
from koru.moments.spans import Span

from .door import Record

Rows = Callable[[Record, Span], "QuerySet[Any, Any]"]


def by_instants(record: Record, span: Span) -> Given:
    return record.client.pk, span.start, span.end


class Asked:
    """`rows(record, span)` has to depend on nothing but the record's standing and what is `given` of client and span.

    `limit`: so many from the beginning, as the rows are ordered; below nought so many from their end, in the same order.
    """

    def __init__(self, rows: Rows, given: Callable[[Record, Span], Given] = by_instants) -> None:
        self.rows = rows
        self.given = given
        self.questions: dict[Hashable, Question | None] = {}

    def __call__(self, record: Record, span: Span, limit: int | None = None) -> list[Any]:
        given = self.given(record, span)
        question = self.question(record, span, limit, given)
        rows = question.ask(given) if question else []
        return rows[::-1] if limit is not None and limit < 0 else rows

    def question(self, record: Record, span: Span, limit: int | None, given: Given) -> Question | None:
        """None when this standing doesn't open these rows: Django knows without asking."""
        about = (record.standing, limit)
        if about in self.questions:
            return self.questions[about]
        try:
            question = Question.of(_first(self.rows(record, span), limit), given)
        except EmptyResultSet:
            question = None
        if distinct(given):
            self.questions[about] = question
        return question


def _first(rows: "QuerySet[Any, Any]", limit: int | None) -> "QuerySet[Any, Any]":
    return rows[:limit] if limit is None or limit >= 0 else rows.reverse()[:-limit]


class AskedTogether:
    """Rows of several rooms in one round trip, for readers to whom all of them are open; each as for `Asked`."""

    def __init__(self, *rooms: Rows) -> None:
        self.rooms = rooms
        self.built: dict[Hashable, Joined] = {}

    def __call__(self, record: Record, span: Span) -> list[list[Any]]:
        """The rows of each room, in the order of the rooms. Raises EmptyResultSet where one is closed to this reader."""
        given = by_instants(record, span)
        joined = self.built.get(record.standing)
        if joined is None:
            joined = Joined.of([Question.of(room(record, span), given) for room in self.rooms])
        if distinct(given):
            self.built[record.standing] = joined
        return joined.ask(given)
