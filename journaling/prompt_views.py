"""Under a prompt: another one, not today, never. What was typed by then stays as a draft."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from koru.people.models import Person
from koru.people.permissions import client_required, person_of

from . import drafts, library, setting_aside
from .assigned import QUESTION
from .chosen import prompt_named
from .forms import DraftForm
from .models import PromptSkip
from .offering import offer_for


@client_required
@require_POST
def another(request: HttpRequest) -> HttpResponse:
    """Go to another prompt; none of those seen in this round comes back. Nothing is set aside."""
    client = person_of(request)
    keep_typed(request, client)
    named = {*request.POST.getlist("seen"), request.POST.get("prompt", "")}
    seen = sorted(slug for slug in named if slug in library.load().prompts or slug.startswith(QUESTION))
    offer = offer_for(client, timezone.now(), without=seen)
    asked = QueryDict(mutable=True)
    asked.setlist("seen", seen if offer else [])
    if offer:
        asked["prompt"] = offer.prompt.slug
    else:
        messages.info(request, "That was all for now. You can write without a prompt.")
    return redirect(f"{reverse('journaling:new')}?{asked.urlencode()}")


@client_required
@require_POST
def way(request: HttpRequest) -> HttpResponse:
    """Say it in another way: the same page, with room for one word, or for more."""
    keep_typed(request, person_of(request))
    asked = QueryDict(mutable=True)
    asked.update({name: value for name in ("prompt", "way", "day", "part") if (value := request.POST.get(name, ""))})
    return redirect(f"{reverse('journaling:new')}?{asked.urlencode()}")


@client_required
@require_POST
def not_today(request: HttpRequest) -> HttpResponse:
    return set_aside(request, setting_aside.not_today)


@client_required
@require_POST
def never(request: HttpRequest) -> HttpResponse:
    return set_aside(request, setting_aside.never)


@client_required
@require_POST
def take_back(request: HttpRequest, skip_id: UUID) -> HttpResponse:
    """Offer it again as if nothing had been said."""
    setting_aside.take_back(skip_id, by=person_of(request))
    return redirect("journaling:entries")


def set_aside(request: HttpRequest, deed: Callable[..., PromptSkip]) -> HttpResponse:
    """Set the named prompt aside, and offer to take that back on the page that follows."""
    client = person_of(request)
    keep_typed(request, client)
    slug = request.POST.get("prompt", "")
    if prompt_named(slug, client) is None:
        return redirect("journaling:entries")
    skip = deed(slug, by=client)
    return redirect(f"{reverse('journaling:entries')}?skipped={skip.pk}")


def keep_typed(request: HttpRequest, client: Person) -> None:
    """Words typed under a prompt that is left are a draft."""
    form = DraftForm(request.POST)
    if form.is_valid() and not form.unfinished().is_blank:
        drafts.save(form.unfinished(), by=client)
