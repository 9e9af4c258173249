"""A client's own sessions: what is ahead and behind, one of them, and who takes them home."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from koru.people.clinic import the_clinic
from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer

from .agreed_page import agreed_of
from .brief_first import brief_first
from .checklist_page import checklist_of
from .day_state import day_of
from .looking import looking_again, own_therapists
from .models import Appointment, TrustedPerson
from .proposing import may_plan, proposed_to
from .session_facts import facts_of
from .session_forms import WayHomeForm
from .sooner_page import has_offer
from .way_home import asks_again, name_way_home
from .wishing import asked_now, wish_of

PAST = 30


def own(client: Person, appointment_id: UUID) -> Appointment:
    """An appointment of one's own; anybody else's is not there."""
    return get_object_or_404(Appointment.objects.of_client(client), pk=appointment_id)


@require_safe
@client_required
def sessions(request: HttpRequest) -> HttpResponse:
    """What is ahead, soonest first, and what lies behind, newest first."""
    client, now = person_of(request), timezone.now()
    mine, zone, clinic = Appointment.objects.of_client(client), ZoneInfo(client.zone), the_clinic()
    wish = wish_of(client)
    context = {
        "ahead": [facts_of(one, zone, clinic, now) for one in mine.ahead_of(now)],
        "behind": [facts_of(one, zone, clinic, now) for one in mine.behind(now)[:PAST]],
        "offered": has_offer(client, now),
        "has_therapist": bool(own_therapists(client)),
        "wish": wish,
        "proposed": proposed_to(client),
        "may_plan": may_plan(),
        "again": looking_again(wish) if wish and asked_now(wish, now) else None,
    }
    return render(request, "scheduling/sessions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def session(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """One session. Posting names who takes the client home."""
    client, now = person_of(request), timezone.now()
    appointment = own(client, appointment_id)
    form = WayHomeForm(request.POST if request.method == "POST" else None, initial={"way_home": appointment.way_home})
    if form.is_valid():
        name_way_home(appointment, form.cleaned_data["way_home"], by=client)
        return redirect("scheduling:session", appointment.pk)
    clinic = the_clinic()
    context = {
        "it": facts_of(appointment, ZoneInfo(client.zone), clinic, now),
        "day": day_of(appointment, ZoneInfo(clinic.zone), now),
        "checklist": checklist_of(appointment, client, now),
        "again": asks_again(appointment, now),
        **_trusted(appointment),
        "agreed": agreed_of(client),
        "first": brief_first(appointment, client, now),
        "changes": appointment.changes.filter(what__in=["moved", "cancelled"]),
    }
    return answer(request, "scheduling/session.html", form, context)


def _trusted(appointment: Appointment) -> dict[str, object]:
    """Whom the client asked to fetch them, and the link to pass on."""
    there = TrustedPerson.objects.filter(appointment=appointment, client=appointment.client).select_related("appointment").first()
    link = settings.KORU_PUBLIC_URL.rstrip("/") + reverse("scheduling:pick_up", args=[there.token]) if there else ""
    return {"trusted": there, "pick_up_link": link}
