"""A client's own safety plan: read it, go through it, keep a part to oneself, and see how it was before."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.people.readers import readers_of

from . import planning
from .plan_picture import inlined, own_picture
from .plan_reading import own_plan, version_for, versions_of
from .plan_review import review_words
from .plan_words import content


def around(client: Person) -> dict[str, Any]:
    """The words that every page of the plan has."""
    readers = readers_of(client)
    return {"words": content()["page"], "review": content()["review"], "readers": readers}


@require_safe
@client_required
def plan(request: HttpRequest) -> HttpResponse:
    client = person_of(request)
    asks, picture = review_words(client, timezone.now()), own_picture(client)
    shown = {"plan": own_plan(client), "asks": asks, "picture": picture, "picture_at": reverse("safety:plan_picture_file")}
    return render(request, "safety/plan.html", {**shown, "may_picture": True, **around(client)})


@require_safe
@client_required
def copy(request: HttpRequest) -> HttpResponse:
    """The plan as a page by itself: what a device keeps when its owner asks for that. No script, no form."""
    client = person_of(request)
    picture = own_picture(client)
    shown = {"plan": own_plan(client), "zone": client.zone, "picture": picture, "picture_at": inlined(picture)}
    return render(request, "safety/plan_copy.html", {**shown, "csrf_token": "", **around(client)})


@require_safe
def no_copy(request: HttpRequest) -> HttpResponse:
    """Where a device keeps its copy. This answer is what it shows when it keeps none: the same for everybody."""
    return render(request, "safety/plan_no_copy.html", {"csrf_token": ""})


@require_safe
@client_required
def versions(request: HttpRequest) -> HttpResponse:
    client = person_of(request)
    return render(request, "safety/plan_versions.html", {"versions": versions_of(client), **around(client)})


@require_safe
@client_required
def version(request: HttpRequest, plan_version_id: UUID) -> HttpResponse:
    client = person_of(request)
    return render(request, "safety/plan_version.html", {"plan": version_for(client, plan_version_id, client), **around(client)})


@require_POST
@client_required
def looked_through(request: HttpRequest) -> HttpResponse:
    """It still fits, or not now."""
    client = person_of(request)
    planning.looked_through(client, by=client)
    messages.success(request, "Noted. Your plan is here whenever you want it.")
    return redirect("today:today" if request.POST.get("from") == "today" else "safety:plan")


@require_POST
@client_required
def keep_last_part(request: HttpRequest) -> HttpResponse:
    client = person_of(request)
    planning.keep_matters_to_oneself(client, by=client)
    messages.success(request, "From now on only you can read the last part.")
    return redirect("safety:plan")
