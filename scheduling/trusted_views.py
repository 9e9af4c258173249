"""A client asks somebody to fetch them; and that person's own page, behind a link: GET shows, POST answers."""

from collections.abc import Callable
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.clinic import clinic_zone, the_clinic
from koru.people.permissions import client_required, person_of
from koru.ui.flood import over
from koru.ui.forms import answer

from .letter_words import where_words
from .models import TrustedPerson
from .pick_up import pick_up_of
from .refusals import Refused
from .session_views import own
from .trusted_forms import TrustedForm
from .trusting import ask_somebody, behind, say_no, say_yes, take_back

TRIES, WITHIN = 90, 3600


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def ask(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """A name, and where a link can go."""
    client = person_of(request)
    appointment = own(client, appointment_id)
    form = TrustedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = ask_somebody(appointment, form.named(), by=client)
        except Refused as refused:
            form.add_error(None, refused.words)
        else:
            sent = "A link is on its way to them." if made.email else "Here is a link that you can pass on."
            messages.success(request, f"Kept. {sent}")
            return redirect("scheduling:session", appointment.pk)
    return answer(request, "scheduling/ask_somebody.html", form, {"appointment": appointment})


@require_POST
@client_required
def take_asking_back(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    client = person_of(request)
    appointment = own(client, appointment_id)
    take_back(appointment, by=client)
    messages.success(request, "Taken back. Their link opens nothing any more.")
    return redirect("scheduling:session", appointment.pk)


@require_safe
def shown(request: HttpRequest, pick_up: str) -> HttpResponse:
    """Where, when, how to be with somebody, whom to call. A link past its day is as one that never was."""
    if _too_many(request):
        return render(request, "429.html", status=429)
    there = behind(pick_up, timezone.now())
    if there is None:
        raise Http404
    clinic = the_clinic()
    context = {
        "it": pick_up_of(there, clinic_zone(), timezone.now()),
        "where": where_words(there.appointment, clinic),
        "clinic": clinic,
        "token": pick_up,
    }
    return render(request, "scheduling/pick_up.html", context)


@require_POST
def yes(request: HttpRequest, pick_up: str) -> HttpResponse:
    return _answered(request, pick_up, say_yes)


@require_POST
def no(request: HttpRequest, pick_up: str) -> HttpResponse:
    return _answered(request, pick_up, say_no)


def _answered(request: HttpRequest, token: str, act: Callable[[str], TrustedPerson | None]) -> HttpResponse:
    if _too_many(request):
        return render(request, "429.html", status=429)
    if act(token) is None:
        raise Http404
    return redirect("scheduling:pick_up", token)


def _too_many(request: HttpRequest) -> bool:
    """Whether this connection has asked too often: nobody finds a link by trying."""
    return over("pick-up", str(get_adapter(request).get_client_ip(request)), TRIES, WITHIN)
