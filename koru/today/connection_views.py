"""Who walks with a client, when they meet, what was read by whom, and how it was for the two of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from koru.people.permissions import client_required, person_of
from koru.privacy.door import open_record

from .connection import connection_of


@require_safe
@client_required
def connection(request: HttpRequest) -> HttpResponse:
    client = person_of(request)
    with open_record(client, by=client, why="connection") as record:
        return render(request, "today/connection.html", {"page": connection_of(record, timezone.now())})
