from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from koru.people.permissions import client_required, person_of

from .page import today_of


@require_safe
@client_required
def today(request: HttpRequest) -> HttpResponse:
    """The client's first page."""
    page = today_of(person_of(request))
    return render(request, "today/calm.html" if page.calm else "today/today.html", {"page": page})
