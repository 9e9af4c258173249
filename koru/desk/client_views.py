"""The clients: the list, one of them, and what the desk writes down about them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from koru.people.clinic import clinic_today, clinic_zone
from koru.people.permissions import desk_required, person_of
from koru.privacy.door import open_record
from koru.ui.forms import KoruForm, answer
from koru.ui.text import tidied

from .client_list import A_PAGE, clients
from .paper_forms import ClearanceForm, ContactForm, TherapistForm
from .recording import DESK, begin_alliance, change_contact, record_clearance
from .records import ClientPage, client_page

FORM = ["GET", "HEAD", "POST"]


@require_safe
@desk_required
def client_list(request: HttpRequest) -> HttpResponse:
    said = tidied(request.GET.get("q", "")).text
    page = Paginator(clients(said), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/clients.html", {"page": page, "said": said, "zone": clinic_zone()})


@require_safe
@desk_required
def client(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """One client. Opening the page is on the list that the client sees."""
    now, zone = timezone.now(), clinic_zone()
    with open_record(client_id, by=person_of(request), why=DESK) as record:
        page = client_page(record, now, zone)
        context = {"page": page, "zone": zone, "form": TherapistForm()}
        return render(request, "desk/client.html", context)


@require_http_methods(FORM)
@desk_required
def contact(request: HttpRequest, client_id: UUID) -> HttpResponse:
    by = person_of(request)
    with open_record(client_id, by=by, why=DESK) as record:
        page = client_page(record, timezone.now(), clinic_zone())
    form = ContactForm(request.POST if request.method == "POST" else None, initial=_contact(page))
    if form.is_valid():
        said = form.cleaned_data
        change_contact(page.client, said["phone"], said["contact_name"], said["contact_phone"], said["contact_relation"], by=by)
        return _back(request, client_id, "Contact saved.")
    return _form(request, page, form, "Contact", "Save")


def _contact(page: ClientPage) -> dict[str, str]:
    who = page.contact
    kept = {"contact_name": who.name, "contact_phone": who.phone, "contact_relation": who.relation} if who else {}
    return {"phone": page.phone, **kept}


@require_http_methods(FORM)
@desk_required
def clearance(request: HttpRequest, client_id: UUID) -> HttpResponse:
    by = person_of(request)
    today = clinic_today()
    with open_record(client_id, by=by, why=DESK) as record:
        page = client_page(record, timezone.now(), clinic_zone())
    form = ClearanceForm(request.POST if request.method == "POST" else None, today=today, initial={"decided_on": today})
    if form.is_valid():
        record_clearance(page.client, **form.cleaned_data, by=by)
        return _back(request, client_id, "Clearance recorded.")
    return _form(request, page, form, "The prescriber's word", "Record")


@require_http_methods(["POST"])
@desk_required
def therapist(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Somebody begins to work with the client."""
    by, zone = person_of(request), clinic_zone()
    form = TherapistForm(request.POST)
    with open_record(client_id, by=by, why=DESK) as record:
        page = client_page(record, timezone.now(), zone)
    if form.is_valid():
        begin_alliance(page.client, form.cleaned_data["therapist"], by=by)
        return _back(request, client_id, "They work together from now on.")
    return answer(request, "desk/client.html", form, {"page": page, "zone": zone})


def _form(request: HttpRequest, page: ClientPage, form: KoruForm, title: str, action: str) -> HttpResponse:
    context: Mapping[str, Any] = {"page": page, "title": title, "action": action}
    return answer(request, "desk/client_form.html", form, context)


def _back(request: HttpRequest, client_id: UUID, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("desk:client", client_id)
