"""Stopping a kind of letter from the letter itself, without signing in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from . import choices
from .kinds import kind
from .models import Letter
from .stopping import letter_of


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed address is the right to
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """GET asks and shows what holds; POST stops, or with `again` starts, letters of that kind."""
    letter = get_object_or_404(Letter.objects.select_related("to"), pk=letter_of(signed))
    if not kind(letter.kind).opt_out:
        raise Http404
    if request.method == "POST":
        deed = choices.resume_like if "again" in request.POST else choices.stop_like
        deed(letter)
        return redirect("reminders:stop", signed)
    stopped = choices.is_stopped(letter)
    return render(request, "reminders/stop.html", {"what": kind(letter.kind).wording.subject, "stopped": stopped})
