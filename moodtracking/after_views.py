"""The check-in after a session: side effects, asked the next morning and behind "Something feels off?"."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from koru.moments.spans import local_day
from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer
from scheduling.models import Appointment

from . import saving
from .after_forms import AfterForm
from .checking_in import CannotChange
from .item_sets import load
from .page import around
from .side_effects import session_to_ask_about


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def after(request: HttpRequest) -> HttpResponse:
    client = person_of(request)
    session = session_to_ask_about(client)
    form = AfterForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        saved = _saved(form, client, session)
        if saved:
            return redirect(saved.next_path)
    context = {**around(client), "heading": heading(client, session)}
    return answer(request, "moodtracking/after.html", form, context)


def _saved(form: AfterForm, client: Person, session: Appointment | None) -> saving.Saved | None:
    try:
        return saving.save_after(form.given, form.cleaned_data["key"], by=client, about=session)
    except CannotChange as why:
        form.add_error(None, saving.WHY_NOT[type(why)])
        return None


def heading(client: Person, session: Appointment | None) -> str:
    """The next morning and later days are asked in other words; without a session the page is a note."""
    if session is None:
        return "Something feels off?"
    zone = ZoneInfo(client.zone)
    today = local_day(timezone.now(), zone, client.day_starts)
    days = (today - local_day(session.span.start, zone, client.day_starts)).days
    words = {0: "Something feels off?", 1: load().words["side_effects"]}
    return str(words.get(days, load().words["side_effects_later"]))
