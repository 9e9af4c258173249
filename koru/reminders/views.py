"""Stopping a kind of letter from the letter itself, without signing in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from . import choices
from .gathering import in_one_mail
from .kinds import kind
from .models import Letter
from .stopping import ALL, letter_of


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed address is the right to
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """GET asks and shows what holds; POST stops, or with `again` starts, letters of that kind. `all`: of each in that mail."""
    letter = get_object_or_404(Letter.objects.select_related("to"), pk=letter_of(signed))
    whole = request.GET.get("all") == "yes"
    letters = [one for one in (in_one_mail(letter) if whole else [letter]) if kind(one.kind).opt_out]
    if not letters:
        raise Http404
    if request.method == "POST":
        deed = choices.resume_like if "again" in request.POST else choices.stop_like
        deed(*letters)
        return redirect(reverse("reminders:stop", args=[signed]) + (ALL if whole else ""))
    stopped = choices.is_stopped(*letters)
    what = [kind(one.kind).wording.subject for one in letters]
    return render(request, "reminders/stop.html", {"what": what, "stopped": stopped})
