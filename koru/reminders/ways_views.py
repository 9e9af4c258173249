"""How notes reach somebody: which ways for which kinds, and their devices."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from koru.people.consent_texts import consent_text
from koru.people.permissions import person_of, person_required
from koru.ui.forms import answer
from koru.ui.shell import base_of

from .devices import CONSENT
from .letting_in import devices_of
from .pushing import public_key
from .ways_forms import WaysForm


@require_http_methods(["GET", "HEAD", "POST"])
@person_required
def ways(request: HttpRequest) -> HttpResponse:
    """Each kind with its ways; POST keeps them."""
    person = person_of(request)
    form = WaysForm(request.POST if request.method == "POST" else None, person)
    if form.is_valid():
        form.keep()
        messages.success(request, "Saved. What is on its way follows.")
        return redirect("reminders:ways")
    return shown(request, form)


def shown(request: HttpRequest, form: WaysForm, status: int = 200) -> HttpResponse:
    """The page around it."""
    person = person_of(request)
    devices = list(devices_of(person))
    page = {
        "base": base_of(person.role),
        "devices": devices,
        "here": request.session.session_key,
        "is_in": any(one.session_id == request.session.session_key for one in devices),
        "push_key": public_key(),
        "consent": consent_text(CONSENT),
    }
    return answer(request, "reminders/ways.html", form, page, ok_status=status)
