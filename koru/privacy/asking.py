"""Rows of a record asked for by a question that is compiled once.

Building the SQL of a queryset takes Django about as long as PostgreSQL takes to answer it. A timeline asks the same
questions of every record, so each is built once for each way a reader may stand to a client, and then only its client
and its span are exchanged.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from koru.moments.spans import Span

from .door import Record

Rows = Callable[[Record, Span], "QuerySet[Any, Any]"]


@dataclass(frozen=True, slots=True)
class Question:
    """SQL, its parameters, and at which positions the client, the start and the end of the span stand."""

    sql: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, rows: "QuerySet[Any, Any]", given: tuple[Any, ...]) -> "Question":
        try:
            sql, parameters = rows.query.sql_with_params()
        except EmptyResultSet:  # closed to this standing: Django knows without asking
            return cls("", (), ())
        places = tuple((at, given.index(value)) for at, value in enumerate(parameters) if value in given)
        return cls(sql, tuple(parameters), places)

    def ask(self, given: tuple[Any, ...]) -> list[Any]:
        if not self.sql:
            return []
        parameters = list(self.parameters)
        for at, which in self.places:
            parameters[at] = given[which]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            return list(cursor.fetchall())


class Asked:
    """`rows(record, span)` has to depend on nothing but the record's client and standing, and the span."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.questions: dict[Hashable, Question] = {}

    def __call__(self, record: Record, span: Span, limit: int | None = None) -> list[Any]:
        """Tuples as the database gives them: bytes are memoryviews, JSON is decoded only where the question casts it."""
        given = (record.client.pk, span.start, span.end)
        question = self.questions.get((record.standing, limit))
        if question is None:
            question = Question.of(self.rows(record, span)[:limit], given)
            self.questions[(record.standing, limit)] = question
        return question.ask(given)
