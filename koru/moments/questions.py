"""Questions to the database that are built once a process, and several of them asked in one round trip.

Building the SQL of a queryset takes Django about as long as PostgreSQL takes to answer it. Here a queryset is compiled
once, and afterwards only the values in it are exchanged. What may be read stays said in one place, the querysets.
Each connection prepares a question at its first asking, so that PostgreSQL plans it once too; behind a pooler in
transaction mode (KORU_POOLED), which may hand the next question to another connection, nothing is prepared.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet

Given = tuple[UUID | date, ...]  # an instant is a date to Python too
Questions = Callable[..., "Sequence[QuerySet[Any, Any]]"]
ARRAYS = "(SELECT {arrays} FROM ({sql}) AS asked ({names})) AS answer{number}"
ALL = "SELECT * FROM {answers}"
numbers = count(1)
prepared: "WeakKeyDictionary[Any, dict[str, str]]" = WeakKeyDictionary()  # by the driver's connection: names by SQL


@dataclass(frozen=True, slots=True)
class Question:
    """SQL, its parameters, which of them to exchange for which given value, and how many columns it answers with."""

    sql: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]
    width: int

    @classmethod
    def of(cls, rows: "QuerySet[Any, Any]", given: Given) -> "Question":
        """Raises EmptyResultSet for what Django answers without asking, ValueError for what couldn't be exchanged."""
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        if any(isinstance(value, UUID | date) and value not in given for value in parameters):
            raise ValueError("an id, a day or an instant in the question was not given: it would stay the same for everybody")
        places = tuple((at, given.index(value)) for at, value in enumerate(parameters) if value in given)
        return cls(sql, tuple(parameters), places, len(compiler.select))

    def ask(self, given: Given) -> list[Any]:
        """Tuples as the database gives them: bytes are memoryviews, JSON is decoded only where the question casts it."""
        parameters = list(self.parameters)
        for at, which in self.places:
            parameters[at] = given[which]
        with connection.cursor() as cursor:
            if settings.KORU_POOLED:
                cursor.execute(self.sql, parameters)
            else:
                self._execute_prepared(cursor, parameters)
            return list(cursor.fetchall())

    def _execute_prepared(self, cursor: Any, parameters: list[Any]) -> None:
        """In front of the first asking, in the same round trip, it is prepared. A name that failed is not used again."""
        known = prepared.setdefault(connection.connection, {})
        name = known.get(self.sql) or f"koru_{next(numbers)}"
        places = f"({', '.join(['%s'] * len(parameters))})" if parameters else ""
        first = "" if self.sql in known else self._prepared_as(name)
        cursor.execute(f"{first}EXECUTE {name}{places}", parameters)
        known[self.sql] = name

    def _prepared_as(self, name: str) -> str:
        sql = self.sql % tuple(f"${place}" for place in range(1, len(self.parameters) + 1))
        return f"PREPARE {name} AS {sql}; ".replace("%", "%%")


def distinct(given: Given) -> bool:
    """Whether the given values can be told apart in a question: of two that are equal, one would take both places."""
    return len(set(given)) == len(given)


@dataclass(frozen=True, slots=True)
class Joined:
    """Questions that are asked as one: its row holds the columns of each, as arrays in the order of its rows."""

    question: Question
    widths: tuple[int, ...]

    @classmethod
    def of(cls, parts: Sequence[Question]) -> "Joined":
        answers: list[str] = []
        parameters: list[Any] = []
        places: list[tuple[int, int]] = []
        for number, part in enumerate(parts):
            names = [f"c{column}" for column in range(part.width)]
            arrays = ", ".join(f"array_agg({name})" for name in names)
            answers.append(ARRAYS.format(arrays=arrays, sql=part.sql, names=", ".join(names), number=number))
            places += [(at + len(parameters), which) for at, which in part.places]
            parameters += part.parameters
        widths = tuple(part.width for part in parts)
        question = Question(ALL.format(answers=", ".join(answers)), tuple(parameters), tuple(places), sum(widths))
        return cls(question, widths)

    def ask(self, given: Given) -> list[list[Any]]:
        """The rows of each question, in the order of the questions."""
        columns = iter(self.question.ask(given)[0])
        arrays = [[next(columns) for _ in range(width)] for width in self.widths]
        return [[] if one[0] is None else list(zip(*one, strict=True)) for one in arrays]


class Together:
    """Several questions asked at once. They may depend on nothing but what is given: rows by their id, ids, instants."""

    def __init__(self, questions: Questions) -> None:
        self.questions = questions
        self.built: Joined | None = None

    def __call__(self, *about: Model | UUID | datetime) -> list[list[Any]]:
        """The rows of each question, in the order of the questions."""
        given = tuple(one.pk if isinstance(one, Model) else one for one in about)
        built = self.built or Joined.of([Question.of(rows, given) for rows in self.questions(*about)])
        if distinct(given):
            self.built = built
        return built.ask(given)
