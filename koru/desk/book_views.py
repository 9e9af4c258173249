"""The desk books for somebody: a client, or a visitor who asked for a talk."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from koru.people.permissions import desk_required, person_of
from koru.ui.text import tidied
from scheduling.booking import book
from scheduling.models import Appointment
from scheduling.refusals import Refused

from .book_forms import DeskBookForm
from .book_page import whole_page
from .finding import find
from .first_open import pressed
from .requests import NotYet, offer_time
from .seeking import Seeking, seeking


@require_http_methods(["GET", "HEAD", "POST"])
@desk_required
def book_for(request: HttpRequest) -> HttpResponse:
    """Whom first, then kind, person, place and time. A lost race keeps the form, with the nearest times."""
    posted = request.method == "POST"
    sought = seeking(person_of(request), (request.POST if posted else request.GET).dict())
    if not sought.name:
        return _whom(request, posted)
    form = DeskBookForm(pressed(request.POST) if posted else None, zone=sought.clock.leading)
    refused, chosen = None, form.chosen_start()
    if chosen and sought.therapist:
        try:
            made = _booked(sought, form.cleaned_data)
        except NotYet as not_yet:
            form.add_error("start", not_yet.words)
        except Refused as answered:
            refused = answered
            form.add_error("start", refused.words)
        else:
            messages.success(request, "Booked. A mail with the time is on its way to them.")
            return redirect("desk:appointment", made.pk)
    return whole_page(request, sought, form, refused, chosen)


def _whom(request: HttpRequest, posted: bool) -> HttpResponse:
    if posted:
        raise Http404
    return render(request, "desk/whom.html", {"finding": find(tidied(request.GET.get("q", "")).text)})


def _booked(sought: Seeking, said: Mapping[str, Any]) -> Appointment:
    if sought.therapist is None:
        raise Http404
    if sought.asked:
        return offer_time(
            sought.asked,
            said["start"],
            therapist=sought.therapist,
            second_person=sought.second,
            place=sought.place,
            by=sought.by,
            key=said["key"],
        )
    return book(
        sought.kind,
        said["start"],
        therapist=sought.therapist,
        room=sought.room,
        second_person=sought.second,
        place=sought.place,
        by=sought.by,
        client=sought.client,
        key=said["key"],
        way_home=said["way_home"] if sought.kind.needs_escort else "",
    )
