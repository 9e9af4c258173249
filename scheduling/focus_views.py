"""One thing now, a quiet timer, a break. Looking keeps nothing; what is done is said on the routine itself."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from koru.people.permissions import client_required, person_of

from .focusing import STRETCHES, stretch
from .routine_page import active_of


@require_safe
@client_required
def focus(request: HttpRequest) -> HttpResponse:
    """`on` names one of the active routines, `minutes` how long; without `minutes` it is asked."""
    client = person_of(request)
    active = active_of(client)
    chosen = next((one for one in active if str(one.pk) == request.GET.get("on", "")), None)
    minutes = request.GET.get("minutes", "")
    if not minutes:
        return render(request, "routine/focus.html", {"active": active, "chosen": chosen, "stretches": STRETCHES})
    now = stretch(minutes, timezone.now(), ZoneInfo(client.zone))
    return render(request, "routine/focusing.html", {"chosen": chosen, "stretch": now})
