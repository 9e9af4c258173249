"""A client reads their brief first, adds a line, and takes back what they would rather keep."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from journaling import passages, writing
from journaling.aiming import keep_goal_to_oneself
from journaling.models import Entry
from journaling.sharing import ONLY_ME
from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.privacy.door import open_as_seen_by
from koru.ui.forms import answer
from scheduling.looking import as_uuid
from scheduling.session_views import own

from .added_forms import AddedForm
from .adding import added_of, say
from .brief import brief_of
from .own_brief import read_at, sight_of
from .safety_block import safety_in

WHY = "own brief"


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def own_brief(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """What the therapist will read. Posting says the added line."""
    client, now = person_of(request), timezone.now()
    session = own(client, appointment_id)
    sight, added = sight_of(session, client, now), added_of(client, session)
    form = AddedForm(request.POST if request.method == "POST" else None, initial={"words": added.words if added else ""})
    if sight.therapist is None:
        page = {"session": session, "why": sight.why, "read_at": read_at(client), "form": form}
        return answer(request, "care/own_brief.html", form, page)
    if form.is_valid():
        say(form.cleaned_data["words"], session=session, by=client)
        messages.success(request, "Saved.")
        return redirect("brief:own", session.pk)
    with open_as_seen_by(sight.therapist, by=client, why=WHY) as record:
        shown = {"brief": brief_of(record), "safety": safety_in(record), "client": client, "session": session}
        shown["reader"] = sight.therapist
        return answer(request, "care/own_brief.html", form, {**shown, "added": added, "now": now, "read_at": read_at(client)})


@require_POST
@client_required
def take_back(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """What stands in the brief is the client's alone from now on. `what` is entry, passage or goal."""
    client = person_of(request)
    session = own(client, appointment_id)
    taken_back = TAKES_BACK.get(request.POST.get("what", ""))
    if taken_back:
        taken_back(as_uuid(request.POST.get("id", "")), client)
        messages.success(request, "Only you can read it from now on.")
    return redirect("brief:own", session.pk)


def _entry(about: UUID, client: Person) -> None:
    writing.share(get_object_or_404(Entry.objects.written_by(client), pk=about), ONLY_ME, by=client)


def _passage(about: UUID, client: Person) -> None:
    passages.take_back(about, by=client)


def _goal(about: UUID, client: Person) -> None:
    keep_goal_to_oneself(about, by=client)


TAKES_BACK = {"entry": _entry, "passage": _passage, "goal": _goal}
