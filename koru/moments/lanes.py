"""Time in columns of one width, counted by the database: years of a record become a handful of rows."""

from typing import Any

from django.db.models import Aggregate, Count, DateTimeField, F, FloatField, Func, IntegerField, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from .spans import Span

COLUMNS = 48


def column(at: str, span: Span) -> Func:
    """For questions about rows within a span: in which of its COLUMNS an instant lies, 1 for the first."""
    edges = (Cast(Value(edge), DateTimeField()) for edge in (span.start, span.end))
    instants: tuple[Combinable, ...] = (F(at), *edges)
    seconds = (Func(one, template="extract(epoch from %(expressions)s)", output_field=FloatField()) for one in instants)
    return Func(*seconds, template=f"width_bucket(%(expressions)s, {COLUMNS})", output_field=IntegerField())


def counted(rows: "QuerySet[Any, Any]", at: str, span: Span) -> "QuerySet[Any, Any]":
    """How many of these rows lie in each column of a span, by the instant of that name."""
    numbered: QuerySet[Any, Any] = rows.order_by().annotate(column=column(at, span)).values("column")
    lane: QuerySet[Any, Any] = numbered.annotate(number=Count("id")).order_by("column").values_list("column", "number")
    return lane


class Share(Aggregate):
    """The value below which that share of the rows lies, between two values where it falls between two rows."""

    template = "percentile_cont(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()

    def __init__(self, of: str, share: float) -> None:
        super().__init__(of, share=share)
