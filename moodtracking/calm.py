"""On the day of a session nothing asks and nothing is weighed up: a calm page stands first, with a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

ANYWAY = "anyway"


def is_asked_for_anyway(request: HttpRequest) -> bool:
    return ANYWAY in request.GET


def calm_page(request: HttpRequest, way_on: str) -> HttpResponse:
    """Nothing to do now. `way_on` names the page that was asked for; whoever follows it has it as always."""
    asked = request.GET.copy()
    asked[ANYWAY] = "1"
    return render(request, "moodtracking/calm.html", {"way_on": way_on, "way": f"{request.path}?{asked.urlencode()}"})
