"""How many people fare reliably better by each measure, and after how many sessions: of a clinic, never of anybody by name."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from .definitions import everything, load

QUESTION = (Path(__file__).parent / "outcomes.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One measure: of `people` with a session and two fills, how many were `better`, reliably, than at their own first.

    `sessions`: how many sessions they had had by then: a quarter of them at most the first number, half the second, three
    quarters the third. Reliable is Jacobson & Truax's bound of that version of the measure (1991).
    """

    measure: str
    people: int
    better: int
    sessions: tuple[int, int, int] | None

    @property
    def title(self) -> str:
        return load()[self.measure].title


def outcomes(before: date) -> list[Outcome]:
    """By what was filled before a day. Only numbers leave the database. One query."""
    bounds = [
        (slug, version, measure.reliable, 1 if measure.better == "lower" else -1)
        for (slug, version), measure in everything().items()
        if measure.reliable is not None
    ]
    columns: list[list[Any]] = [[row[place] for row in bounds] for place in range(4)]
    given: dict[str, Any] = dict(zip(("measures", "versions", "bounds", "signs"), columns, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(QUESTION, {**given, "before": before})
        return [_outcome(*row) for row in cursor.fetchall()]


def _outcome(measure: str, people: int, better: int, *sessions: int | None) -> Outcome:
    told = [number for number in sessions if number is not None]
    return Outcome(measure, people, better, (told[0], told[1], told[2]) if len(told) == len(sessions) else None)
