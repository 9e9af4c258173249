"""The practices as plain pages: all of them, and one to read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from koru.people.permissions import client_required

from . import library


@client_required
@require_safe
def all_of_them(request: HttpRequest) -> HttpResponse:
    """The gentle ones first."""
    return render(request, "practices/practices.html", {"library": library.load()})


@client_required
@require_safe
def one(request: HttpRequest, practice: str) -> HttpResponse:
    """Care first, then the steps, then the way out."""
    shelf = library.load()
    found = shelf.practices.get(practice)
    if found is None:
        raise Http404
    return render(request, "practices/practice.html", {"practice": found, "words": shelf.words})
