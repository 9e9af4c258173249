"""The page of a check-in as one client meets it: calm on the day of a session, light in a week that is full."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from koru.people.permissions import client_required, person_of
from moodtracking.calm import calm_page, is_asked_for_anyway
from moodtracking.views import check_in_page

from .room import week_of


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def check_in(request: HttpRequest) -> HttpResponse:
    """The page, and "Done" on it: what somebody sends is kept whatever day it is."""
    client = person_of(request)
    if request.method == "POST":
        return check_in_page(request, client)
    week = week_of(client, timezone.now())
    if week.calm and not is_asked_for_anyway(request):
        return calm_page(request, "Check in all the same")
    return check_in_page(request, client, light=week.full)
