"""A client's page about being erased: what goes, what stays, and the wait in which it can be taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.clinic import the_clinic
from koru.people.permissions import client_required, person_of, shown_lately

from .erasing import NotAnyMore, ask_to_be_erased, hold_on, take_back, wish_of

STAYS = "You stay. Nothing was erased."
BEGUN = "It has begun and can’t be taken back any more."


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def erase(request: HttpRequest) -> HttpResponseBase:
    if request.method == "POST":
        return ask(request)
    client = person_of(request)
    shown = {"wish": wish_of(client), "hold": hold_on(client), "clinic": the_clinic()}
    return render(request, "rights/erase.html", shown)


@shown_lately
def ask(request: HttpRequest) -> HttpResponse:
    ask_to_be_erased(by=person_of(request))
    return redirect("rights:erase")


@require_POST
@client_required
def stay(request: HttpRequest) -> HttpResponse:
    """No password for this: whoever changes their mind meets no obstacle."""
    try:
        if take_back(by=person_of(request)):
            messages.success(request, STAYS)
    except NotAnyMore:
        messages.warning(request, BEGUN)
    return redirect("rights:erase")
