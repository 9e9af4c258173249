"""Guides: a few prompts that belong together. Each step can be left out, and nothing counts as unfinished."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from koru.people.permissions import client_required, person_of
from koru.people.readers import readers_of

from . import chosen, intentions, library, stepping, walking
from .attachments.reading import answered, of_own
from .catalogue import Guide
from .forms import SharingForm
from .guided import Walk
from .guiding import offered, to_pick
from .keeping import begun_by, kept_by
from .places import place_of

KEPT_SHOWN = 30


@client_required
@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """Those begun, those that fit now, those that somebody may pick whenever they feel like it, and those kept."""
    client, now = person_of(request), timezone.now()
    shelf = library.load().guides.values()
    place = place_of(client, now)
    picked = [one for one in chosen.assigned_to(client) if one.prompt is None]
    begun = begun_by(client, now)
    there = {guide.slug for guide, _ in begun} | {one.slug for one in picked}
    fitting = [guide for guide in offered(shelf, place) if guide.slug not in there]
    others = [(words, guide) for words, guide in to_pick(shelf, place) if guide not in fitting and guide.slug not in there]
    context = {"begun": begun, "chosen": picked, "now": fitting, "others": others, "kept": kept_by(client)[:KEPT_SHOWN]}
    return render(request, "journaling/guides.html", context)


@client_required
@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """What a guide is, before it is begun or gone on with."""
    client, now, found = person_of(request), timezone.now(), guide_named(slug)
    open_walk = Walk.objects.of(client).open_at(now).filter(guide=slug).first()
    context = {
        "guide": found,
        "walk": open_walk,
        "minutes": chosen.guide_minutes(slug),
        "kept": [one for one in kept_by(client) if one.guide == found][:KEPT_SHOWN],
        "words": library.load().words.page,
        "dim": found.dim and stepping.is_dark(now, client),
        "help_now": any(step.help_now for step in found.steps),
    }
    return render(request, "journaling/guide.html", context)


@client_required
@require_POST
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin, or go on at the step where it was left."""
    client = person_of(request)
    guide_named(slug)
    walk = walking.begin(slug, by=client)
    here = stepping.here(client, walk, walk.at_step, "", timezone.now())
    if here is None:
        messages.info(request, library.load().words.page["all_aside"])
        return redirect("journaling:guides")
    return redirect(here.url())


@client_required
@require_safe
def keepsake(request: HttpRequest, walk_id: UUID) -> HttpResponse:
    """What was written on one walk, to read again or print."""
    client = person_of(request)
    walk = Walk.objects.of(client).select_related("entry").filter(pk=walk_id, entry__deleted_at=None).first()
    if walk is None or walk.entry is None:
        raise Http404
    entry, things = walk.entry, of_own(walk.entry)
    context = {
        "walk": walk,
        "entry": entry,
        "parts": answered(entry.parts.all(), things),
        "things": things,
        "intention": intentions.said_in(entry),
        "share_label": library.load().words.sharing[entry.share].label,
        "form": SharingForm(initial={"share": entry.share}, readers=readers_of(client)),
        "words": library.load().words.page,
    }
    return render(request, "journaling/keepsake.html", context)


def guide_named(slug: str) -> Guide:
    """Raises Http404 for one that a link made up."""
    found = library.load().guides.get(slug)
    if found is None:
        raise Http404
    return found
