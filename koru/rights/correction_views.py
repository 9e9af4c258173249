"""Putting right: a client's own requests, and the page on which their therapist or the desk answers them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.permissions import client_required, clinic_required, desk_required, person_of
from koru.privacy.door import Record, open_record
from koru.privacy.models import Correction
from koru.ui.forms import KoruForm, answer
from koru.ui.shell import base_of

from . import correcting, erasing
from .forms import AnswerForm, HoldForm, PutRightForm

SENT = "Sent. You read the answer here."
ANSWERED = "Answered. They read it in their settings."
MEANWHILE = "It was answered or taken back meanwhile."


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def put_right(request: HttpRequest) -> HttpResponse:
    client = person_of(request)
    form = PutRightForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        correcting.ask_to_put_right(form.cleaned_data["words"], key=form.cleaned_data["key"], by=client)
        messages.success(request, SENT)
        return redirect("rights:put_right")
    return answer(request, "rights/put_right.html", form, {"asked": list(Correction.objects.of(client))})


@require_POST
@client_required
def take_request_back(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    if correcting.take_request_back(correction_id, by=person_of(request)):
        messages.success(request, "Taken back.")
    return redirect("rights:put_right")


@require_http_methods(["GET", "HEAD"])
@clinic_required
def of_client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What a client has asked for of their rights, for who works with them and for the desk."""
    with open_record(client_id, by=person_of(request), why="correction", to_change=True) as record:
        return shown(request, record, None)


@require_POST
@clinic_required
def answer_one(request: HttpRequest, client_id: UUID, correction_id: UUID) -> HttpResponse:
    by, form = person_of(request), AnswerForm(request.POST, prefix=str(correction_id))
    with open_record(client_id, by=by, why="correction", to_change=True) as record:
        if not Correction.objects.filter(pk=correction_id, client=record.client).exists():
            raise Http404
        if not form.is_valid():
            return shown(request, record, form, correction_id)
    said = correcting.answer_request(correction_id, **form.cleaned_data, client=client_id, by=by)
    if said:
        messages.success(request, ANSWERED)
    else:
        messages.warning(request, MEANWHILE)
    return redirect("rights:of_client", client_id)


@require_POST
@desk_required
def hold(request: HttpRequest, client_id: UUID) -> HttpResponse:
    by, form = person_of(request), HoldForm(request.POST)
    with open_record(client_id, by=by, why="correction", to_change=True) as record:
        if not form.is_valid():
            return shown(request, record, form)
    try:
        erasing.hold(record.client, form.cleaned_data["reason"], by=by)
        messages.success(request, "Held up. They read why in their settings.")
    except erasing.NotAnyMore:
        messages.warning(request, "It has begun: nothing can be held any more.")
    return redirect("rights:of_client", client_id)


@require_POST
@desk_required
def lift(request: HttpRequest, client_id: UUID) -> HttpResponse:
    by = person_of(request)
    with open_record(client_id, by=by, why="correction", to_change=True) as record:
        client = record.client
    if erasing.lift(client, by=by):
        messages.success(request, "Nothing holds it up any more.")
    return redirect("rights:of_client", client_id)


def shown(request: HttpRequest, record: Record, form: KoruForm | None, about: UUID | None = None) -> HttpResponse:
    by, client = person_of(request), record.client
    rows = list(Correction.objects.of(client))
    waiting = [one for one in rows if not one.answered_at and not one.taken_back_at]
    forms = [(one, form if form and one.pk == about else AnswerForm(prefix=str(one.pk))) for one in waiting]
    page = {
        "client": client,
        "base": base_of(by.role),
        "waiting": forms,
        "answered": [one for one in rows if one.answered_at],
        "wish": erasing.wish_of(client),
        "hold": erasing.hold_on(client),
        "holding": form if isinstance(form, HoldForm) else HoldForm(),
        "is_desk": by.is_desk,
    }
    return answer(request, "rights/of_client.html", form or HoldForm(), page)
