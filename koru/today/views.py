from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from journaling.intentions import intention_of
from koru.people.permissions import client_required, person_of

from .page import today_of


@require_safe
@client_required
def today(request: HttpRequest) -> HttpResponse:
    """The client's first page."""
    client = person_of(request)
    page = today_of(client, request.GET.get("minutes", ""))
    has_session = page.calm or page.is_session_day
    intention = intention_of(client, timezone.now(), after=bool(page.calm)) if has_session else None
    return render(request, "today/calm.html" if page.calm else "today/today.html", {"page": page, "intention": intention})
