"""One recording or picture of one's own: its bytes, its page, its description, taking it out and having it back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer
from koru.ui.refused import Refused

from . import adding, reading
from .forms import DescribeForm
from .models import Chunk
from .streaming import stream


@client_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """All of it, and what it is in words."""
    client = person_of(request)
    attachment = reading.own(client, attachment_id)
    form = DescribeForm(request.POST if request.method == "POST" else None, initial={"words": attachment.words})
    if form.is_valid():
        adding.describe(attachment, form.cleaned_data["words"], by=client)
        messages.success(request, "Saved.")
        return redirect("journaling:entry", attachment.entry_id)
    context = {"one": reading.shown(attachment), "entry": attachment.entry}
    return answer(request, "journaling/attachments/one.html", form, context)


@client_required
@require_safe
def file(request: HttpRequest, attachment_id: UUID) -> HttpResponseBase:
    return stream(request, reading.own(person_of(request), attachment_id))


@client_required
@require_safe
def small(request: HttpRequest, attachment_id: UUID) -> HttpResponseBase:
    """The picture as lists show it. Recordings have none."""
    attachment = reading.own(person_of(request), attachment_id)
    if not attachment.small_size:
        raise Http404
    return stream(request, attachment, Chunk.Form.SMALL)


@client_required
@require_POST
def join(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """Share it as its entry is shared."""
    client = person_of(request)
    attachment = reading.own(client, attachment_id)
    try:
        adding.join(attachment, by=client)
    except Refused as refused:
        messages.info(request, str(refused))
    return redirect("journaling:entry", attachment.entry_id)


@client_required
@require_POST
def remove(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    client = person_of(request)
    attachment = reading.own(client, attachment_id)
    adding.remove(attachment, by=client)
    return redirect(f"{reverse('journaling:entry', args=[attachment.entry_id])}?removed={attachment.pk}")


@client_required
@require_POST
def bring_back(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    attachment = adding.bring_back(attachment_id, by=person_of(request)) or reading.own(person_of(request), attachment_id)
    return redirect("journaling:entry", attachment.entry_id)
