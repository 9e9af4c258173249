"""One client's page: where they stand, and their timeline."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from koru.moments.spans import Span
from koru.privacy.door import Record
from scheduling.models import Appointment

from .showing import Reader, rows
from .story import SOURCES, page_of


@dataclass(frozen=True, slots=True)
class ClientView:
    next: Appointment | None
    last: Appointment | None
    timeline: SafeString
    older: datetime | None
    only: str
    names: tuple[str, ...] = tuple(SOURCES)


def client_view(record: Record, span: Span, only: str) -> ClientView:
    """What the page shows of a record, read while it is open."""
    following, last = next_of(record), last_met(record)
    page = page_of(record, span, only)
    reader = Reader(ZoneInfo(record.reader.zone), timezone.now(), f"{reverse('care:client', args=[record.client.pk])}entries/")
    met = last.ended_at or last.span.end if last else None
    return ClientView(following, last, rows(page.moments, reader, met), page.older, only)


def next_of(record: Record) -> Appointment | None:
    """The next appointment of the record's client, with whomever."""
    return Appointment.objects.of_client(record.client).upcoming().first()


def last_met(record: Record) -> Appointment | None:
    """When this reader and the client last met."""
    met = Appointment.objects.of_client(record.client).filter(therapist=record.reader, state=Appointment.State.MET)
    return met.order_by("-during").first()
