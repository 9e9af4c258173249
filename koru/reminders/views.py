"""Stopping a kind of letter from the letter itself, or less of it, without signing in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from . import choices, less_often
from .gathering import in_one_mail
from .kinds import kind
from .models import Letter
from .stopping import ALL, letter_of

DEEDS = {"again": choices.resume_like, "less": less_often.less_like}


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed address is the right to
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """GET asks and shows what holds; POST stops letters of that kind, or with `again` starts them, or with `less` spaces them.

    `all`: of each kind in that mail.
    """
    letter = get_object_or_404(Letter.objects.select_related("to"), pk=letter_of(signed))
    whole = request.GET.get("all") == "yes"
    letters = [one for one in (in_one_mail(letter) if whole else [letter]) if kind(one.kind).opt_out]
    if not letters:
        raise Http404
    if request.method == "POST":
        deed = next((DEEDS[name] for name in DEEDS if name in request.POST), choices.stop_like)
        deed(*letters)
        return redirect(reverse("reminders:stop", args=[signed]) + (ALL if whole else ""))
    page = {
        "what": [kind(one.kind).wording.subject for one in letters],
        "stopped": choices.is_stopped(*letters),
        "often": less_often.now(letter),
        "rarer": less_often.next_step(letter),
    }
    return render(request, "reminders/stop.html", page)
