"""The demo's text messages, and answering one as from the telephone. Outside the demo these pages aren't there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from .hearing import hear
from .mailbox_views import demo_only
from .text_providers import kept

ANSWERS = ("STOP", "START", "HELP")


@require_safe
@demo_only
def texts(request: HttpRequest) -> HttpResponse:
    found = kept()
    numbers = list(dict.fromkeys(one.to for one in found))
    return render(request, "reminders/texts.html", {"texts": found, "numbers": numbers, "answers": ANSWERS})


@require_POST
@demo_only
def answer_text(request: HttpRequest) -> HttpResponse:
    messages.info(request, hear(request.POST.get("from", ""), request.POST.get("text", "")))
    return redirect("reminders:texts")
