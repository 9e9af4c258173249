"""Guides: a few prompts that belong together. Each step can be left out, and nothing counts as unfinished."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from koru.people.permissions import client_required, person_of

from . import library, suggesting
from .guiding import offered, steps_of, to_pick
from .places import place_of


@client_required
@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """Those that fit now, and those that somebody may pick whenever they feel like it."""
    shelf = library.load().guides.values()
    place = place_of(person_of(request), timezone.now())
    now = offered(shelf, place)
    others = [(words, guide) for words, guide in to_pick(shelf, place) if guide not in now]
    return render(request, "journaling/guides.html", {"now": now, "others": others})


@client_required
@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    shelf = library.load()
    found = shelf.guides.get(slug)
    if found is None:
        raise Http404
    steps = steps_of(found, shelf.prompts, suggesting.USUAL)
    return render(request, "journaling/guide.html", {"guide": found, "steps": steps, "words": shelf.words.page})
