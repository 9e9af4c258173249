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
from .number_forms import CodeForm, NumberForm
from .number_page import number_page
from .pushing import public_key
from .text_numbers import CONSENT as TEXT_CONSENT
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


def shown(
    request: HttpRequest,
    form: WaysForm,
    status: int = 200,
    number_form: NumberForm | None = None,
    code_form: CodeForm | None = None,
) -> HttpResponse:
    """The page around it, and around what was typed about a number."""
    person = person_of(request)
    number, odd = number_page(person), number_form or code_form
    devices = list(devices_of(person))
    page = {
        "base": base_of(person.role),
        "devices": devices,
        "here": request.session.session_key,
        "is_in": any(one.session_id == request.session.session_key for one in devices),
        "push_key": public_key(),
        "consent": consent_text(CONSENT),
        "number": number,
        "number_form": number_form or NumberForm(None, person, number.number if number else ""),
        "code_form": code_form or CodeForm(),
        "text_consent": consent_text(TEXT_CONSENT),
    }
    return answer(request, "reminders/ways.html", form, page, ok_status=422 if odd else status)
