"""The form for how to reach a visitor."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from koru.people.permissions import desk_required, person_of
from koru.ui.forms import answer
from scheduling.models import ConsultationRequest

from .reach_form import ReachForm
from .reaching import correct_contact


@require_http_methods(["GET", "HEAD", "POST"])
@desk_required
def contact(request: HttpRequest, request_id: UUID) -> HttpResponse:
    found = get_object_or_404(ConsultationRequest, pk=request_id)
    kept = {"name": found.name, "email": found.email, "phone": found.phone}
    form = ReachForm(request.POST if request.method == "POST" else None, initial=kept)
    if form.is_valid():
        said = form.cleaned_data
        email = said["email"].strip().lower()
        correct_contact(found, name=said["name"], email=email, phone=said["phone"], by=person_of(request))
        messages.success(request, "Saved. Letters go to the address as it is now.")
        return redirect("desk:request", request_id)
    return answer(request, "desk/request_contact.html", form, {"asked": found})
