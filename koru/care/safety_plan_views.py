"""The safety plan of a client: read by those it is open to, written in together by their therapist."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from koru.people.permissions import person_of, therapist_required
from koru.privacy.door import Record, open_record
from koru.privacy.standing import Standing
from koru.safety.plan_forms import TogetherForm
from koru.safety.plan_picture import answered, picture_in
from koru.safety.plan_reading import plan_of
from koru.safety.plan_typing import Sheet
from koru.safety.plan_words import Change, content

from .flags import open_flag
from .safety_plan import asks_review, plan_to_write, sheet_in, typed_in, write_in


@require_safe
@therapist_required
def safety_plan(request: HttpRequest, client_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="safety plan") as record:
        may_write = record.standing is Standing.THERAPIST
        asks, at = asks_review(record, timezone.now()), reverse("care:safety_plan_picture", args=[record.client.pk])
        shown = {"plan": plan_of(record), "client": record.client, "asks": asks, "picture": picture_in(record), "picture_at": at}
        return render(
            request,
            "care/safety_plan.html",
            {**shown, "may_write": may_write, "words": content()["page"]},
        )


@require_safe
@therapist_required
def picture(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The picture beside the last section, for whoever reads that section."""
    with open_record(client_id, by=person_of(request), why="safety plan") as record:
        return answered(picture_in(record))


@require_safe
@therapist_required
def through_flag(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    """For whoever an open flag brings to this client: to read, so that they know whom and what to ask for."""
    with open_flag(flag_id, by=person_of(request), why="safety plan") as (record, flag):
        if not flag.is_open:
            raise Http404
        shown = {"plan": plan_of(record), "client": record.client, "flag": flag}
        return render(request, "care/safety_plan.html", {**shown, "words": content()["page"]})


@require_http_methods(["GET", "HEAD", "POST"])
@therapist_required
def write(request: HttpRequest, client_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="safety plan", to_change=True) as record:
        if request.method == "POST":
            return written(request, record)
        return page(request, record, sheet_in(record, request.GET.get("draft", "")))


def written(request: HttpRequest, record: Record) -> HttpResponse:
    plan = plan_to_write(record)
    form = TogetherForm(request.POST, {}, hides_matters=plan.matters_own)
    change = Change.named(request.POST.get("do", ""))
    valid = form.is_valid()
    draft = typed_in(record, form, change)
    if change:
        address = reverse("care:safety_plan_write", args=[record.client.pk])
        return redirect(f"{address}?draft={draft.pk if draft else ''}#{change.slug}")
    if not valid:
        return page(request, record, Sheet.again(form, plan, draft), status=422)
    met = write_in(record, form, draft, plan)
    if met:
        return page(request, record, met, status=409)
    messages.success(request, f"Saved. {record.client.display_name} has the same plan.")
    return redirect("care:safety_plan", record.client.pk)


def page(request: HttpRequest, record: Record, sheet: Sheet, status: int = 200) -> HttpResponse:
    others = sheet.others(record.client, record.reader)
    shown: dict[str, Any] = {"sheet": sheet, "form": sheet.form, "others": others, "client": record.client}
    return render(request, "care/safety_plan_write.html", shown, status=status)
