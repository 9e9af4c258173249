"""The box that finds people, on every page of the desk: as a page of its own, and as a few lines below the box."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from koru.people.permissions import desk_required
from koru.ui.text import tidied

from .finding import find


@require_safe
@desk_required
def people(request: HttpRequest) -> HttpResponse:
    """Who is found, with the ways on. A bare fragment for the box."""
    finding = find(tidied(request.GET.get("q", "")).text)
    template = "desk/_found.html" if request.headers.get("HX-Request") else "desk/find.html"
    return render(request, template, {"finding": finding})
