"""Consents, one screen each; and the end of working together."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.clinic import clinic_zone
from koru.people.consent_texts import ConsentText, load
from koru.people.models import Alliance
from koru.people.permissions import desk_required, person_of
from koru.privacy.door import open_record
from koru.ui.forms import answer
from koru.ui.times import spoken_instant
from scheduling.refusals import DecideTomorrow

from .paper_forms import ConsentForm, PartForm
from .recording import DESK, end_alliance, record_consent, withdraw_consent
from .records import client_page


def offered(kind: str) -> ConsentText:
    """A consent that is asked for here; others aren't there."""
    text = load().get(kind)
    if text is None or not text.offered:
        raise Http404
    return text


def asked_again(until: datetime) -> str:
    at = spoken_instant(until, clinic_zone())
    return f"After a session there is no hurry to agree to anything. It can be asked from {at}."


@require_http_methods(["GET", "HEAD", "POST"])
@desk_required
def consent(request: HttpRequest, client_id: UUID, kind: str) -> HttpResponse:
    """The words as they are now, and the yes to them."""
    by, text = person_of(request), offered(kind)
    with open_record(client_id, by=by, why=DESK) as record:
        page = client_page(record, timezone.now(), clinic_zone())
    form = ConsentForm(request.POST if request.method == "POST" else None, current=text.version)
    if form.is_valid():
        try:
            record_consent(page.client, kind, by=by)
        except DecideTomorrow as refused:
            form.add_error("agreed", asked_again(refused.until))
        else:
            messages.success(request, f"{text.title}: recorded.")
            return redirect("desk:client", client_id)
    paper = next(one for one in page.papers if one.text.kind == kind)
    return answer(request, "desk/consent.html", form, {"page": page, "paper": paper})


@require_POST
@desk_required
def withdraw(request: HttpRequest, client_id: UUID, kind: str) -> HttpResponse:
    by, text = person_of(request), offered(kind)
    with open_record(client_id, by=by, why=DESK) as record:
        client = record.client
    if withdraw_consent(client, kind, by=by):
        messages.success(request, f"{text.title}: withdrawn. {text.withdrawn_stops}")
    return redirect("desk:client", client_id)


@require_POST
@desk_required
def part(request: HttpRequest, client_id: UUID, alliance_id: UUID) -> HttpResponse:
    """They no longer work together, and there was no goodbye: why is said."""
    by = person_of(request)
    form = PartForm(request.POST)
    with open_record(client_id, by=by, why=DESK) as record:
        alliance = get_object_or_404(Alliance.objects.current(), pk=alliance_id, client=record.client)
        if form.is_valid():
            end_alliance(alliance, by=by, ended_as=form.cleaned_data["ended_as"])
    if form.is_valid():
        messages.success(request, "Ended without a goodbye. The record is closed to them from now on.")
    else:
        messages.warning(request, "Say why first: it ends without a goodbye.")
    return redirect("desk:client", client_id)
