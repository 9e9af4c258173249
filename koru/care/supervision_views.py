"""The clinic as a clinical lead sees it: numbers, no client by name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from koru.people.permissions import lead_required

from .supervising import supervision


@require_safe
@lead_required
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "care/supervision.html", {"view": supervision()})
