"""Notes about a routine: when they come, and the page that a note's link opens without signing in. GET shows, POST acts."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from koru.people.permissions import client_required, person_of
from koru.reminders.choices import WithinQuietHours
from koru.reminders.models import Letter
from koru.reminders.quick_links import note_behind
from koru.ui.flood import over
from koru.ui.forms import answer

from .models import Routine, RoutineMark
from .routine_forms import NotesForm
from .routine_notes import KIND, day_of, mark_by_note, set_notes

QUIET = "That lies in your quiet hours, in which no notes come. Pick another time, or change those hours in the settings."
LIMIT, AN_HOUR = 60, 3600


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def notes(request: HttpRequest, routine_id: UUID) -> HttpResponse:
    """When a note comes about one routine."""
    client = person_of(request)
    routine = get_object_or_404(Routine, pk=routine_id, client=client, place__isnull=False)
    start = {"at": routine.remind_at, "days": routine.remind_days}
    form = NotesForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_valid():
        try:
            set_notes(routine.pk, form.cleaned_data["at"], form.cleaned_data["days"], by=client)
        except WithinQuietHours:
            form.add_error("at", QUIET)
        else:
            return redirect("scheduling:routine")
    return answer(request, "routine/notes.html", form, {"routine": routine})


@require_http_methods(["GET", "HEAD", "POST"])
def by_note(request: HttpRequest, routine_note: str) -> HttpResponse:
    """Three answers about the day of the note, always as if none had been given. Mail scanners may follow it as they like."""
    note = note_behind(routine_note, timezone.now(), KIND)
    if note is None:
        return _rests(request)
    if request.method == "POST" and request.POST.get("how") in RoutineMark.How.values:
        if over("routine:note", str(note.pk), LIMIT, AN_HOUR):
            return render(request, "routine/by_note.html", {"day": day_of(note), "busy": True}, status=429)
        return _marked(request, note, request.POST["how"])
    status = 422 if request.method == "POST" else 200
    return render(request, "routine/by_note.html", {"day": day_of(note)}, status=status)


@require_safe
def noted(request: HttpRequest) -> HttpResponse:
    """That it is kept, and no word of what."""
    return render(request, "routine/noted.html")


def _marked(request: HttpRequest, note: Letter, how: str) -> HttpResponse:
    try:
        mark_by_note(note, how)
    except Http404:
        return _rests(request)
    return redirect("scheduling:routine_noted")


def _rests(request: HttpRequest) -> HttpResponse:
    """Too old, made up, or about one that rests: the same words, so that they tell nothing."""
    return render(request, "routine/note_rests.html", status=404)
