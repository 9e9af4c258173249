"""A client's copy of everything: asked for, watched as it is made, taken along within a day."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.models import Person
from koru.people.permissions import client_required, has_shown_lately, person_of, shown_lately
from koru.privacy.models import Export

from .asking import ask_for_copy, file_of, newest, remove_copy, take_along


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def export(request: HttpRequest) -> HttpResponseBase:
    if request.method == "POST":
        return ask(request)
    return render(request, "rights/export.html", shown(request, person_of(request)))


@shown_lately
def ask(request: HttpRequest) -> HttpResponse:
    ask_for_copy(by=person_of(request))
    return redirect("rights:export")


@require_safe
@client_required
def progress(request: HttpRequest) -> HttpResponse:
    """How far it is: asked again and again by the page while it is being made."""
    return render(request, "rights/_copy.html", shown(request, person_of(request)))


@require_safe
@client_required
@shown_lately
def file(request: HttpRequest, export_id: UUID) -> HttpResponseBase:
    """The copy. Its name says nothing but its day."""
    client = person_of(request)
    try:
        copy = Export.objects.open_at(timezone.now()).get(pk=export_id, client=client)
    except Export.DoesNotExist as gone:
        raise Http404 from gone
    headers = {"Content-Disposition": f'attachment; filename="copy-{copy.asked_at:%Y-%m-%d}.zip"', "Cache-Control": "no-store"}
    if request.method == "HEAD":
        return HttpResponse(content_type="application/zip", headers=headers)
    taken = take_along(copy.pk, by=client)
    return StreamingHttpResponse(file_of(taken, client), content_type="application/zip", headers=headers)


@require_POST
@client_required
def remove(request: HttpRequest, export_id: UUID) -> HttpResponse:
    if remove_copy(export_id, by=person_of(request)):
        messages.success(request, "Removed. Nothing of the copy is kept here.")
    return redirect("rights:export")


def shown(request: HttpRequest, client: Person) -> dict[str, object]:
    copy = newest(client)
    over = copy is not None and copy.expires_at is not None and copy.expires_at <= timezone.now()
    return {"copy": None if over else copy, "known": has_shown_lately(request), "per_cent": per_cent(copy)}


def per_cent(copy: Export | None) -> int:
    return round(100 * copy.done / copy.of) if copy and copy.of else 0
