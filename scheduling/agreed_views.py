"""A client's own page of what was agreed: GET shows, a POST to it writes a line down, a tap ticks one off."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.permissions import client_required, person_of
from koru.privacy.door import Record, open_record
from koru.ui.forms import answer

from .agreed_forms import FULL, AgreedForm
from .agreed_page import agreed_in
from .agreeing import TURNS, TwelveOpen, put_on, take_away, turn

WHY = "agreed"
PAGE = "scheduling:agreed"


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def agreed(request: HttpRequest) -> HttpResponse:
    """The whole list, what is done and rests too."""
    client = person_of(request)
    with open_record(client, by=client, why=WHY) as record:
        form = AgreedForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.put_down(record):
            return redirect(PAGE)
        return answer(request, "scheduling/agreed.html", form, {"agreed": agreed_in(record), "path": request.path})


@require_POST
@client_required
def turn_line(request: HttpRequest, agreed_id: UUID) -> HttpResponse:
    """`to` is done, open or rests; `from` says which page it stood on."""
    client = person_of(request)
    with open_record(client, by=client, why=WHY) as record:
        turned(request, record, agreed_id)
    return redirect(_back(request.POST.get("from", "")))


@require_POST
@client_required
def after_all(request: HttpRequest, agreed_id: UUID) -> HttpResponse:
    """What waited goes on the list."""
    client = person_of(request)
    with open_record(client, by=client, why=WHY) as record:
        try:
            put_on(agreed_id, record=record, by=client)
        except TwelveOpen:
            messages.warning(request, FULL)
    return redirect(PAGE)


@require_POST
@client_required
def let_it_be(request: HttpRequest, agreed_id: UUID) -> HttpResponse:
    """What waited is taken away."""
    client = person_of(request)
    with open_record(client, by=client, why=WHY) as record:
        take_away(agreed_id, record=record, by=client)
    return redirect(PAGE)


def turned(request: HttpRequest, record: Record, agreed_id: UUID) -> None:
    """Turn a line as the form says; a thirteenth open one is met with words. A form that says nothing changes nothing."""
    to = request.POST.get("to", "")
    try:
        turn(agreed_id, to if to in TURNS else "", record=record, by=record.reader)
    except TwelveOpen:
        messages.warning(request, FULL)


def _back(came_from: str) -> str:
    """The page that the tap was on: one of one's sessions, the first page, or the list."""
    if came_from == "today":
        return f"{reverse('today:today')}#agreed"
    try:
        return f"{reverse('scheduling:session', args=[UUID(came_from)])}#agreed"
    except ValueError:
        return reverse(PAGE)
