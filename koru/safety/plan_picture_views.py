"""A client's own picture in their safety plan: put in, described, kept where they choose, taken out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer

from . import plan_picture
from .plan_picture_forms import PictureForm
from .plan_reading import own_plan
from .plan_views import around


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def picture(request: HttpRequest) -> HttpResponse:
    client = person_of(request)
    there = plan_picture.own_picture(client)
    sent: tuple[Any, Any] = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PictureForm(*sent, there=there)
    if form.is_valid():
        plan_picture.put(client, form.cleaned_data["file"], form.choices, by=client)
        messages.success(request, "Saved.")
        return redirect("safety:plan")
    return answer(request, "safety/plan_picture.html", form, {"picture": there, "plan": own_plan(client), **around(client)})


@require_safe
@client_required
def file(request: HttpRequest) -> HttpResponse:
    return plan_picture.answered(plan_picture.own_picture(person_of(request)))


@require_POST
@client_required
def take_out(request: HttpRequest) -> HttpResponse:
    client = person_of(request)
    if plan_picture.take_out(client, by=client):
        messages.success(request, "The picture is taken out.")
    return redirect("safety:plan")
