"""The page of one's notes. Looking changes nothing: a note is taken note of by its button, or all of them by one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from koru.people.permissions import person_of, person_required
from koru.ui.shell import base_of

from .notes import notes_of, standing_for, take_note, take_note_of_all

PASSED = "That note has passed. What still holds stands here."


@require_safe
@person_required
def inbox(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    notes = notes_of(person)
    page = {"notes": notes, "new": sum(note.is_new for note in notes), "base": base_of(person.role)}
    return render(request, "reminders/inbox.html", page)


@require_POST
@person_required
def open_note(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """To where the note leads."""
    person = person_of(request)
    letter = standing_for(person, timezone.now()).select_related("to").filter(pk=note_id).first()
    if letter is None:
        messages.info(request, PASSED)
        return redirect("reminders:inbox")
    return redirect(take_note(letter, by=person))


@require_POST
@person_required
def read_all(request: HttpRequest) -> HttpResponse:
    take_note_of_all(person_of(request), by=person_of(request))
    return redirect("reminders:inbox")
