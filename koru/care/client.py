"""One client's page: where they stand, and their timeline."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from koru.moments.spans import Span
from koru.privacy.door import Record
from scheduling.around import Around, around

from .showing import Reader, rows
from .story import SOURCES, page_of


@dataclass(frozen=True, slots=True)
class ClientView:
    """`older` is the instant before which the story goes on, `only` the one room it is narrowed to, `path` its address."""

    around: Around
    timeline: SafeString
    older: datetime | None
    only: str
    path: str

    @property
    def choices(self) -> SafeString:
        return choices(self.only)


@cache
def choices(only: str) -> SafeString:
    """The ways to narrow a timeline, with the one that is shown marked: a handful, drawn once each."""
    return render_to_string("care/_choices.html", {"only": only, "names": tuple(SOURCES)})


def client_view(record: Record, span: Span, only: str) -> ClientView:
    """What the page shows of a record, read while it is open."""
    near = around(record)
    page = page_of(record, span, only)
    path = reverse("care:client", args=[record.client.pk])
    reader = Reader(ZoneInfo(record.reader.zone), timezone.now(), path)
    met = near.met.ended if near.met else None
    return ClientView(near, rows(page.moments, reader, met), page.older, only, path)
