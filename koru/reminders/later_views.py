"""Putting a letter off from the letter itself, without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from .kinds import kind
from .models import Letter
from .putting_off import comes_again, put_off, times_for
from .stopping import LATER, letter_of


@require_http_methods(["GET", "HEAD", "POST"])
def later(request: HttpRequest, signed: str) -> HttpResponse:
    """GET asks when this note may come again, or says so; POST with `when` puts it off."""
    letter = get_object_or_404(Letter.objects.select_related("to"), pk=letter_of(signed, LATER), to__isnull=False)
    if request.method == "POST":
        put_off(letter, request.POST.get("when", ""))
        return redirect("reminders:later", signed)
    page = {
        "what": kind(letter.kind).wording.subject,
        "at": comes_again(letter),
        "times": times_for(letter, timezone.now()),
        "zone": letter.clock,
    }
    return render(request, "reminders/later.html", page)
