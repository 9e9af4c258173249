"""What was filled in, for those who may read it: results with their change, oldest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from koru.moments.spans import Span, local_day
from koru.privacy.asking import Asked
from koru.privacy.door import Record

from .comparing import Change, Result, change, is_recovery
from .definitions import version_of
from .instrument import Measure
from .models import Response

COLUMNS = (
    "id", "measure", "version", "form", "language", "state", "local_date", "closed_at", "total", "band", "answered", "prorated",
    "threshold", "corrects_id", "is_brought",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """One closed filling-in without its items: plain numbers, as they were stored when it closed."""

    id: UUID
    slug: str
    version: int
    form: str
    language: str
    state: str
    day: date
    at: datetime
    total: int | None
    band: str
    answered: int
    prorated: bool
    threshold: int | None
    corrects: UUID | None
    is_brought: bool

    @property
    def measure(self) -> Measure:
        return version_of(self.slug, self.version)

    @property
    def title(self) -> str:
        return self.measure.title_of(self.form)

    @property
    def line(self) -> str:
        """What may be drawn as one line: the same words, the same time frame, the same scoring."""
        return f"{self.measure.name}.{self.form}.{self.language}"

    @property
    def result(self) -> Result:
        return Result(self.total, self.slug, self.version, self.form, self.language)

    @property
    def is_stopped(self) -> bool:
        return self.state == Response.State.STOPPED


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest result of a measure against the one before and the first one like it."""

    now: Filled
    before: Filled | None
    first: Filled | None

    @property
    def change(self) -> Change:
        return changed(self.before, self.now)

    @property
    def since_first(self) -> Change:
        return changed(self.first, self.now)

    @property
    def recovered(self) -> bool:
        return is_recovery(self.before.result if self.before else None, self.now.result, self.now.measure)


def changed(before: Filled | None, now: Filled) -> Change:
    return change(before.result if before else None, now.result, now.measure)


def results_for(record: Record, span: Span) -> dict[str, list[Filled]]:
    """Completed results of a span by line ("phq-9.v1.standard.en"), oldest first. Corrected ones stand in for theirs.

    One query. To be drawn together only within one line.
    """
    lines: dict[str, list[Filled]] = {}
    for one in standing(filled_in(record, span)):
        if not one.is_stopped:
            lines.setdefault(one.line, []).append(one)
    return lines


def latest_of(record: Record) -> list[Latest]:
    """Each measure's newest completed result, with the one before and the first one like it. One query."""
    return latest_from(standing(filled_in(record)))


def latest_from(stands: Iterable[Filled]) -> list[Latest]:
    """The same, by all that stands."""
    by_slug: dict[str, list[Filled]] = {}
    for one in stands:
        if not one.is_stopped:
            by_slug.setdefault(one.slug, []).append(one)
    return [_latest(results) for _, results in sorted(by_slug.items())]


def filled_in(record: Record, span: Span | None = None) -> list[Filled]:
    """Everything closed, oldest first, also what was corrected since. One query."""
    return [Filled(*row) for row in (_closed_within(record, span) if span else _closed(record))]


def _closed(record: Record) -> QuerySet[Any, Any]:
    rows = Response.objects.readable_in(record).closed().annotate(is_brought=Q(brought__isnull=False))
    return rows.order_by("local_date", "closed_at", "id").values_list(*COLUMNS)


def _days_of(record: Record, span: Span) -> tuple[UUID, date, date]:
    """The client, and the first and last of their days in the span."""
    zone, starts = ZoneInfo(record.client.zone), record.client.day_starts
    first, last = local_day(span.start, zone, starts), local_day(span.end - timedelta(microseconds=1), zone, starts)
    return record.client.pk, first, last


_closed_within = Asked(lambda record, span: _closed(record).filter(local_date__range=_days_of(record, span)[1:]), _days_of)


def before(response: Response) -> Response | None:
    """The result of the same measure that a completed one follows."""
    others = Response.objects.filter(client=response.client_id, measure=response.measure).uncorrected()
    earlier = others.filter(local_date__lte=response.local_date).exclude(pk__in=[response.pk, response.corrects_id])
    found: Response | None = earlier.order_by("-local_date", "-closed_at", "-id").first()
    return found


def result_of(response: Response) -> Result:
    return Result(response.total, response.measure, response.version, response.form, response.language)


def first_like(response: Response) -> Response | None:
    """The first result that it may be compared with, other than itself."""
    alike = {"measure": response.measure, "version": response.version, "form": response.form, "language": response.language}
    rows = Response.objects.filter(client=response.client_id, total__isnull=False, **alike).uncorrected()
    earlier = rows.filter(local_date__lte=response.local_date).exclude(pk__in=[response.pk, response.corrects_id])
    found: Response | None = earlier.order_by("local_date", "closed_at", "id").first()
    return found


def change_of(response: Response, earlier: Response | None) -> Change:
    """From an earlier one to this."""
    return change(result_of(earlier) if earlier else None, result_of(response), response.definition)


def standing(results: Iterable[Filled]) -> list[Filled]:
    """Without those that a later one corrects; a correction stands on the day of what it corrects."""
    results = list(results)
    corrected = {one.corrects for one in results if one.corrects and not one.is_stopped}
    return [one for one in results if one.id not in corrected]


def _latest(results: list[Filled]) -> Latest:
    now = results[-1]
    alike = [one for one in results[:-1] if one.line == now.line and one.total is not None]
    return Latest(now, results[-2] if len(results) > 1 else None, alike[0] if alike else None)
