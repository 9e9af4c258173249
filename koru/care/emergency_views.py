"""Opening a record in an emergency, and looking at those that were."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.breaking_glass import CannotBreakGlass
from koru.people.models import BrokenGlass
from koru.people.permissions import lead_required, person_of, therapist_required
from koru.people.second_factor import is_fresh, page_to_show_it
from koru.privacy.door import open_caseload
from koru.privacy.veil import turn_away
from koru.sealing.keyring import bring_of
from koru.ui.forms import answer

from .emergency import look_at, open_in_emergency, seen_by
from .emergency_forms import EmergencyForm


@require_http_methods(["GET", "HEAD", "POST"])
@therapist_required
def emergency(request: HttpRequest) -> HttpResponse:
    by = person_of(request)
    form = EmergencyForm(request.POST if request.method == "POST" else None, by=by)
    if form.is_bound and not is_fresh(request, by):
        return turn_away(request, page_to_show_it(by))
    if form.is_bound and form.is_valid() and (glass := opened(request, form)):
        return redirect("care:client", glass.client_id)
    with open_caseload(by=by):
        glasses = list(seen_by(by))
        bring_of(glass.client_id for glass in glasses)
        return answer(request, "care/emergency.html", form, {"glasses": glasses})


def opened(request: HttpRequest, form: EmergencyForm) -> BrokenGlass | None:
    """None when it can't be; then the form says why."""
    client = form.cleaned_data["who"]
    try:
        glass = open_in_emergency(client, form.cleaned_data["reason"], by=person_of(request))
    except CannotBreakGlass as why:
        form.add_error("who", str(why))
        return None
    messages.warning(request, f"Open to you for four hours. {client.display_name} and the clinical leads are told.")
    return glass


@require_POST
@lead_required
def looked(request: HttpRequest, glass_id: UUID) -> HttpResponse:
    glass = get_object_or_404(seen_by(person_of(request)), pk=glass_id)
    try:
        first = look_at(glass, by=person_of(request))
    except CannotBreakGlass as no:
        raise Http404 from no
    messages.success(request, "Noted that you have looked at it." if first else "Somebody had looked at it already.")
    return redirect("care:emergency")
