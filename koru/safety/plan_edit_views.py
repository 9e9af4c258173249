"""Writing one's own safety plan. Every button works without scripts, and what is typed is kept whatever is wrong with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.models import Person
from koru.people.permissions import client_required, person_of

from . import plan_drafts, planning
from .plan_forms import PlanForm
from .plan_reading import own_plan
from .plan_typing import Sheet, saved, told
from .plan_views import around
from .plan_words import Change


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def edit(request: HttpRequest) -> HttpResponse:
    client = person_of(request)
    if request.method != "POST":
        return page(request, Sheet.opened(client, client, own_plan(client), request.GET.get("draft", "")))
    form = PlanForm(request.POST, {})
    change = Change.named(request.POST.get("do", ""))
    valid = form.is_valid()
    draft = saved(client, form, change, by=client)
    if change:
        return redirect(f"{reverse('safety:plan_edit')}?draft={draft.pk if draft else ''}#{change.slug}")
    if not valid:
        return page(request, Sheet.again(form, own_plan(client), draft), status=422)
    try:
        planning.keep(client, form.writing, by=client)
    except planning.ChangedMeanwhile as met:
        return page(request, Sheet.again(form, own_plan(client), draft, met.current), status=409)
    messages.success(request, "Saved.")
    return redirect("safety:plan")


def page(request: HttpRequest, sheet: Sheet, status: int = 200) -> HttpResponse:
    client = person_of(request)
    others = sheet.others(client, client)
    return render(
        request, "safety/plan_edit.html", {"sheet": sheet, "form": sheet.form, "others": others, **around(client)}, status=status
    )


@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """Asked by the page's script while somebody types."""
    client = request.user
    if not isinstance(client, Person) or not client.is_client:
        return JsonResponse({"error": "signed out"}, status=401)
    form = PlanForm(request.POST, {})
    form.is_valid()
    return told(form, saved(client, form, None, by=client))


@require_POST
@client_required
def discard(request: HttpRequest, plan_draft_id: UUID) -> HttpResponse:
    client = person_of(request)
    plan_drafts.discard(client, plan_draft_id, by=client)
    return redirect("safety:plan")
