""" "Not this one", having it back, and what to leave out for good reasons."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from koru.people.permissions import client_required, person_of

from . import choosing, setting_aside
from .forms import CautionsForm
from .views import found_or_404, shelf

BACK = {"today": "/today/"}


@require_POST
@client_required
def not_this_one(request: HttpRequest, practice: str) -> HttpResponse:
    found = found_or_404(practice)
    setting_aside.set_aside(found.slug, by=person_of(request))
    messages.success(request, f"{found.title} isn’t offered for two weeks. It stays in the library.")
    return redirect(BACK.get(request.POST.get("back", ""), "practices:practices"))


@require_POST
@client_required
def bring_back(request: HttpRequest, practice: str) -> HttpResponse:
    found = found_or_404(practice)
    if setting_aside.bring_back(found.slug, by=person_of(request)):
        messages.success(request, f"{found.title} may be offered again.")
    return redirect("practices:practices")


@require_POST
@client_required
def leave_out(request: HttpRequest) -> HttpResponse:
    client, form = person_of(request), CautionsForm(request.POST)
    if not form.is_valid():
        return shelf(request, client, form)
    choosing.leave_out(form.cleaned_data["cautions"], by=client)
    messages.success(request, "Kept. What you ticked is minded from now on.")
    return redirect("practices:practices")
