"""A client's connection check-ins: one after a meeting, and who may read it from then on."""

from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.privacy.door import open_record
from koru.ui.forms import answer as answered
from koru.ui.times import spoken_instant
from moodtracking.calm import calm_page, is_asked_for_anyway
from scheduling.models import Appointment
from scheduling.resting import is_calm, waits_for
from scheduling.sessions import dosing_sessions

from . import answering, drafting
from .answering import AnsweredBefore
from .forms import AnswerForm
from .lines import load
from .models import ConnectionCheckIn
from .offering import Meeting, meeting_of
from .reading import one_in

WAITS = "We’ll ask you again from {when} on. Nothing is shared until then."
BEFORE = "This meeting was answered a moment ago, on another page. That one is kept as it was; what you see here is not."


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def after(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The four lines about one meeting. Whatever day it is, what somebody sends is kept."""
    client, now = person_of(request), timezone.now()
    meeting, row = (
        meeting_of(client, meeting_id, now),
        ConnectionCheckIn.objects.of(client).filter(appointment=meeting_id).first(),
    )
    if row and request.method != "POST":
        return redirect("connection:one", row.pk)
    if meeting is None:
        raise Http404
    if request.method != "POST" and not is_asked_for_anyway(request) and _is_quiet(client):
        return calm_page(request, "Answer it all the same")
    form = AnswerForm(request.POST, therapist=meeting.therapist) if request.method == "POST" else begun(client, meeting)
    if form.is_bound and form.is_valid() and (row := _saved(form, meeting, client)):
        messages.success(request, kept_words(row, client))
        return redirect("connection:one", row.pk)
    if form.is_bound:
        drafting.save(meeting.id, form.unfinished, by=client)
    waits = waits_for(client, now)
    context = {"meeting": meeting, "words": load().words, "waits": waits_words(client, waits) if waits else ""}
    return answered(request, "connection/after.html", form, context)


@require_POST
def typed(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Saving while it is filled in: 409 when the page was behind, so that what it holds is kept under the key in the answer."""
    client = request.user
    if not isinstance(client, Person) or not client.is_client:
        return JsonResponse({"error": "signed out"}, status=401)
    meeting = meeting_of(client, meeting_id, timezone.now())
    if meeting is None:
        raise Http404
    form = AnswerForm(request.POST, therapist=meeting.therapist)
    form.full_clean()
    one = form.unfinished
    row = drafting.save(meeting.id, one, by=client)
    if row is None:
        return JsonResponse({"kept": False, "revision": 0, "other": None})
    told = {"kept": False, "revision": row.revision, "key": str(row.key), "saved_at": row.saved_at.isoformat(), "other": None}
    return JsonResponse(told, status=200 if row.key == one.key else 409)


@require_safe
@client_required
def one(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    client = person_of(request)
    with open_record(client, by=client, why="connection") as record:
        seen = one_in(record, connection_id)
    if seen is None:
        raise Http404
    context = {"seen": seen, "words": load().words, "waits": waits_words(client, seen.ask_at) if seen.ask_at else ""}
    return render(request, "connection/one.html", context)


@require_POST
@client_required
def share(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    """With the words, or the lines alone."""
    client = person_of(request)
    waits = answering.share(connection_id, by=client, with_words=request.POST.get("words") == "yes")
    messages.success(request, waits_words(client, waits) if waits else "Shared. You can take it back at any time.")
    return redirect("connection:one", connection_id)


@require_POST
@client_required
def take_back(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    answering.take_back(connection_id, by=person_of(request))
    messages.success(request, "From now on only you can read it.")
    return redirect("connection:one", connection_id)


@require_POST
@client_required
def keep_words(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    answering.keep_words(connection_id, by=person_of(request))
    messages.success(request, "From now on only you can read the words.")
    return redirect("connection:one", connection_id)


def begun(client: Person, meeting: Meeting) -> AnswerForm:
    """A fresh form, or what was filled in and not kept."""
    draft = drafting.waiting(client, meeting.id)
    started = {**draft.given, "key": draft.key, "revision": draft.revision} if draft else {}
    return AnswerForm(None, therapist=meeting.therapist, initial=started)


def kept_words(row: ConnectionCheckIn, client: Person) -> str:
    if row.ask_at:
        return f"Kept. {waits_words(client, row.ask_at)}"
    return f"Kept, and shared with {row.therapist.display_name}." if row.is_shared else "Kept. Only you can read it."


def waits_words(client: Person, until: datetime) -> str:
    zone = ZoneInfo(client.zone)
    return WAITS.format(when=spoken_instant(until, zone, this_year=timezone.now().year))


def _saved(form: AnswerForm, meeting: Meeting, client: Person) -> ConnectionCheckIn | None:
    row = Appointment.objects.of_client(client).get(pk=meeting.id)
    try:
        return answering.answer(row, form.told, key=form.cleaned_data["key"], by=client)
    except AnsweredBefore:
        form.say(BEFORE, str(uuid4()))
        return None


def _is_quiet(client: Person) -> bool:
    return is_calm(dosing_sessions(client), ZoneInfo(client.zone), timezone.now())
