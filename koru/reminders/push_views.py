"""Letting a browser in, turning it off again, and the script that shows notes there."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from koru.people.permissions import person_of, person_required
from koru.ui.times import spoken_instant

from .letting_in import NoSubscription, Subscription, Tomorrow, devices_of, let_in, put_out
from .ways_forms import WaysForm
from .ways_views import shown

NOT_THIS_ONE = "This browser gave out an address that we don’t know, so nothing was turned on."


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Its address lies at the top, so that it may open any page; it has no say in how pages are fetched."""
    return render(request, "reminders/push_worker.js", content_type="text/javascript")


@require_POST
@person_required
def let_device_in(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    given = Subscription(*(request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")))
    session = get_object_or_404(Session, pk=request.session.session_key)
    try:
        let_in(person, session, given, by=person)
    except Tomorrow as wait:
        until = spoken_instant(wait.until, ZoneInfo(person.zone))
        messages.info(request, f"After a session there is no hurry. You can let a device in from {until}.")
        return shown(request, WaysForm(None, person), status=422)
    except NoSubscription:
        messages.warning(request, NOT_THIS_ONE)
        return shown(request, WaysForm(None, person), status=422)
    messages.success(request, "Done. This device shows notes now.")
    return redirect("/settings/notes/#devices")


@require_POST
@person_required
def put_device_out(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    chosen = [one for one in devices_of(person) if str(one.pk) == request.POST.get("device")]
    if put_out(person, chosen, by=person):
        messages.success(request, "Turned off. It shows notes no more.")
    return redirect("/settings/notes/#devices")
