"""A client's own checklist: a tick is kept at once, with scripts and without."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from koru.people.permissions import client_required, person_of

from .checklist_page import checklist_of
from .models import ChecklistItem
from .session_views import own
from .ticking import tick
from .way_home import still_the_same


@require_POST
@client_required
def tick_line(request: HttpRequest, appointment_id: UUID, line_id: UUID) -> HttpResponse:
    """`done` is 1 for a tick and anything else for none; `from` says which page it stood on."""
    client = person_of(request)
    appointment = own(client, appointment_id)
    item = get_object_or_404(ChecklistItem, pk=line_id)
    tick(appointment, item, done=request.POST.get("done") == "1", by=client)
    came_from = request.POST.get("from")
    if request.headers.get("HX-Request"):
        checklist = checklist_of(appointment, client, timezone.now())
        context = {"checklist": checklist, "appointment": appointment}
        context |= {"on_today": came_from == "today", "on_routine": came_from == "routine"}
        return render(request, "scheduling/_checklist.html", context)
    pages = {"today": reverse("today:today"), "routine": reverse("scheduling:routine")}
    page = pages.get(came_from or "", reverse("scheduling:session", args=[appointment.pk]))
    return redirect(f"{page}#checklist")


@require_POST
@client_required
def still_same(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """The way home is as it was said before."""
    client = person_of(request)
    appointment = own(client, appointment_id)
    still_the_same(appointment, by=client)
    messages.success(request, "Thank you. The clinic knows.")
    return redirect("scheduling:session", appointment.pk)
