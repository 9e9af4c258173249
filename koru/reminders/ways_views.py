"""How notes reach somebody: which ways for which kinds."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from koru.people.permissions import person_of, person_required
from koru.ui.forms import answer
from koru.ui.shell import base_of

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
    return answer(request, "reminders/ways.html", form, {"base": base_of(person.role)})
