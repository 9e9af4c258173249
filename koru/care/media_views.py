"""A recording or a picture that a client shares, as their therapist opens it: each look, also at a part, leaves its trace."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journaling.attachments import reading
from journaling.attachments.models import Chunk
from journaling.attachments.streaming import stream
from koru.people.permissions import person_of, therapist_required
from koru.privacy.door import open_record

WHY = "attachment"


@require_safe
@therapist_required
def one(request: HttpRequest, client_id: UUID, attachment_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why=WHY) as record:
        attachment = reading.in_record(record, attachment_id)
        shown = reading.shown(attachment, for_client=record.client.pk)
        context = {"one": shown, "client": record.client, "entry_id": attachment.entry_id}
        return render(request, "care/attachment.html", context)


@require_safe
@therapist_required
def file(request: HttpRequest, client_id: UUID, attachment_id: UUID) -> HttpResponseBase:
    with open_record(client_id, by=person_of(request), why=WHY) as record:
        return stream(request, reading.in_record(record, attachment_id))


@require_safe
@therapist_required
def small(request: HttpRequest, client_id: UUID, attachment_id: UUID) -> HttpResponseBase:
    with open_record(client_id, by=person_of(request), why=WHY) as record:
        attachment = reading.in_record(record, attachment_id)
        if not attachment.small_size:
            raise Http404
        return stream(request, attachment, Chunk.Form.SMALL)
