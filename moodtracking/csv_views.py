"""A client's own values as a table to take along: streamed, kept nowhere."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from koru.people.permissions import client_required, person_of
from koru.privacy.door import open_record
from koru.ui.csv_rows import Row, lines

from .looking_back import Trend, look_back, measured, today_of
from .trends_views import asked_range

HEAD = ("Day", "What", "Value", "In words", "Check-ins")


@require_safe
@client_required
def csv(request: HttpRequest, code: str = "") -> StreamingHttpResponse:
    """All lines of the days picked, or the one that a code stands for."""
    client = person_of(request)
    _, chosen = asked_range(request, client)
    with open_record(client, by=client, why="own trends") as record:
        back = look_back(record, chosen)
        trends = (*back.trends, *measured(record, back))
    told = [trend for trend in trends if code in ("", trend.code)]
    if code and not told:
        raise Http404
    answer = StreamingHttpResponse(lines(rows(told), HEAD), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="days-{today_of(client).isoformat()}.csv"'
    return answer


def rows(trends: list[Trend]) -> Iterator[Row]:
    for trend in trends:
        for one in trend.days:
            yield one.day.isoformat(), trend.title, one.value, trend.line.say(one.value), one.of
