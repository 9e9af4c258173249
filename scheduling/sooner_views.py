"""Something sooner: a client says what they wait for, and answers what is offered. GET shows, POST acts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.clinic import the_clinic
from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer

from .answering_sooner import accept_sooner, pass_sooner
from .looking import looking, own_therapists
from .models import Appointment, SoonerWish
from .refusals import Refused
from .session_views import own
from .sooner_forms import SoonerForm
from .sooner_page import live_offers, may_wait, open_wishes, waiting_of
from .waiting import Waits, wait_for_sooner, wait_no_more

PAGE = ["GET", "HEAD", "POST"]


@require_safe
@client_required
def sooner(request: HttpRequest) -> HttpResponse:
    """What is offered now, and what one waits for."""
    client, now = person_of(request), timezone.now()
    wishes = list(open_wishes().filter(client=client))
    ahead = Appointment.objects.of_client(client).ahead_of(now).filter(kind__client_may_book=True)
    context = {
        "offers": live_offers(wishes, the_clinic(), now),
        "waiting": [waiting_of(wish) for wish in wishes],
        "ahead": [one for one in ahead if may_wait(one, now) and one.kind_id not in {wish.kind_id for wish in wishes}],
        "new": looking(client, {}).number if not ahead else None,
    }
    return render(request, "scheduling/sooner.html", context)


@require_http_methods(PAGE)
@client_required
def wait(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Something sooner than this appointment."""
    client = person_of(request)
    appointment = own(client, appointment_id)
    wish = SoonerWish.objects.filter(client=client, kind=appointment.kind_id, ended_at=None).first()
    data = request.POST if request.method == "POST" else None
    form = SoonerForm(data, therapists=own_therapists(client), wish=wish)
    if form.is_valid():
        waits = Waits(kind=appointment.kind, about=appointment, place=appointment.place, **form.wants)
        if done := _kept(request, form, waits):
            return done
    return answer(request, "scheduling/sooner_wait.html", form, {"appointment": appointment, "wish": wish})


@require_http_methods(PAGE)
@client_required
def wait_new(request: HttpRequest) -> HttpResponse:
    """Nothing is booked yet: the first time that fits. `for` is the kind's number, `place` how they meet."""
    client = person_of(request)
    said = (request.POST if request.method == "POST" else request.GET).dict()
    sought = looking(client, {name: said[name] for name in ("for", "place") if name in said})
    form = SoonerForm(request.POST if request.method == "POST" else None, therapists=sought.therapists)
    if form.is_valid() and (done := _kept(request, form, Waits(kind=sought.kind, place=sought.place, **form.wants))):
        return done
    return answer(request, "scheduling/sooner_wait.html", form, {"sought": sought, "number": sought.number})


def _kept(request: HttpRequest, form: SoonerForm, waits: Waits) -> HttpResponse | None:
    try:
        wait_for_sooner(waits, by=person_of(request))
    except Refused as refused:
        form.add_error(None, refused.words)
        return None
    messages.success(request, "You are in line. When a time is free that fits, we write to you, and hold it for two hours.")
    return redirect("scheduling:sooner")


@require_POST
@client_required
def stop_waiting(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    client = person_of(request)
    wish = get_object_or_404(SoonerWish, pk=wish_id, client=client)
    wait_no_more(wish, by=client)
    messages.success(request, "You are not in line any more. What is booked stays.")
    return redirect("scheduling:sooner")


@require_POST
@client_required
def accept(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    try:
        made = accept_sooner(offer_id, by=person_of(request))
    except Refused as refused:
        messages.warning(request, refused.words)
        return redirect("scheduling:sooner")
    messages.success(request, "It is yours. Your calendar entry and all reminders go with it.")
    return redirect("scheduling:session", made.pk)


@require_POST
@client_required
def let_pass(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    pass_sooner(offer_id, by=person_of(request))
    messages.success(request, "It goes on to the next. Your place in line stays.")
    return redirect("scheduling:sooner")
