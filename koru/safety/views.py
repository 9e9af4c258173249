"""Help now: one page, for anyone, whatever is broken behind it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .help_now import help_for
from .lines import help_words, regions
from .stranger import REGION


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Asks nothing of session or sign-in (koru.safety.stranger). No form, no token."""
    shown = help_for(request.GET.get("region") or request.COOKIES.get(REGION, ""))
    others = [(slug, name) for slug, name in regions() if slug != shown.region]
    return render(request, "safety/help_now.html", {"shown": shown, "words": help_words(), "others": others, "csrf_token": ""})


@require_safe
def help_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the page on the device. Its address lies under the page's: it can look after no other."""
    return render(request, "safety/help_worker.js", content_type="text/javascript")
