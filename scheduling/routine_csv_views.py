"""A client's own routine as a table to take along: what it was, and what was said on which day."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from koru.moments.spans import local_day
from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.sealing.keyring import keyring
from koru.ui.csv_rows import Row, lines

from .models import Routine, WeekWord
from .routine_day import today_of

HEAD = ("Day", "If", "Then", "Said")


@require_safe
@client_required
def csv(request: HttpRequest) -> StreamingHttpResponse:
    client = person_of(request)
    answer = StreamingHttpResponse(lines(rows(client), HEAD), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="days-{today_of(client).isoformat()}.csv"'
    return answer


def rows(client: Person) -> Iterator[Row]:
    """Each routine when it began and what was said of it, then the words of weeks. In a keyring of its own."""
    zone = ZoneInfo(client.zone)
    with keyring():
        for one in Routine.objects.filter(client=client).prefetch_related("marks", "changes"):
            for change in one.changes.all():
                yield local_day(change.at, zone, client.day_starts).isoformat(), one.cue, change.words, change.get_what_display()
            for mark in one.marks.all():
                yield mark.day.isoformat(), one.cue, one.action, mark.get_how_display()
        for word in WeekWord.objects.filter(client=client):
            yield word.week.isoformat(), "A word for the week", word.word, word.moment
