from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from koru.people.permissions import client_required, person_of
from koru.privacy.door import open_record

from .looking_back import DAYS, span_of, trends_for

SPANS = (("30", "30 days"), ("90", "90 days"), ("all", "All"))


@require_safe
@client_required
def trends(request: HttpRequest) -> HttpResponse:
    """The client's own lines over time."""
    client = person_of(request)
    chosen = request.GET.get("days", "30")
    chosen = chosen if chosen in DAYS else "30"
    with open_record(client, by=client, why="own trends") as record:
        back = trends_for(record, span_of(client, chosen))
    return render(request, "moodtracking/trends.html", {"back": back, "chosen": chosen, "spans": SPANS})
