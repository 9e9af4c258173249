"""What went together over the last year, as questions that can be set aside for good."""

import re
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from koru.people.permissions import client_required, person_of
from koru.privacy.door import open_record
from scheduling.resting import is_calm
from scheduling.sessions import dosing_sessions

from .calm import calm_page, is_asked_for_anyway
from .codes import CODE
from .looking_back import today_of
from .noticed import noticed
from .ranges import range_of
from .setting_aside import set_aside, show_again
from .trends_views import LOOK, VIEWS

A_YEAR = "365"


@require_safe
@client_required
def together(request: HttpRequest) -> HttpResponse:
    """Always the last year: who looks at many spans finds something in one of them."""
    client = person_of(request)
    if is_calm(dosing_sessions(client), ZoneInfo(client.zone), timezone.now()) and not is_asked_for_anyway(request):
        return calm_page(request, LOOK)
    chosen = range_of(A_YEAR, today_of(client))
    with open_record(client, by=client, why="own trends") as record:
        told = noticed(record, chosen, request.GET.get("around", ""))
    return render(request, "moodtracking/together.html", {"told": told, "chosen": chosen, "views": VIEWS})


@require_POST
@client_required
def aside(request: HttpRequest) -> HttpResponse:
    """Not this question again."""
    code = request.POST.get("code", "")
    if not re.fullmatch(CODE, code):
        raise Http404
    set_aside(code, by=person_of(request))
    return redirect("moodtracking:together")


@require_POST
@client_required
def again(request: HttpRequest) -> HttpResponse:
    show_again(by=person_of(request))
    return redirect("moodtracking:together")
