"""A therapist's own notes: what they wrote, what was handed over to them, and one of them to change."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.permissions import person_of, therapist_required
from koru.privacy.door import Record, open_record
from koru.ui.forms import answer

from .models import Note
from .note_forms import NoteForm
from .noting import asked, change, write
from .typing_plan import let_go, waiting_note

A_PAGE = 20
WHY, WROTE, HANDED = "notes", "note written", "note handed over"
PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@therapist_required
def notes(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """One's own, newest first; a POST writes one."""
    with open_record(client_id, by=person_of(request), why=WHY, to_change=request.method == "POST") as record:
        typed = waiting_note(record.client, record.reader)
        form = NoteForm.showing(request.POST if request.method == "POST" else None, None, typed)
        if form.is_valid():
            write(form.said, record=record, key=form.cleaned_data["key"], by=record.reader)
            return _kept(request, record, form)
        return answer(request, "care/notes.html", form, {**_page(request, record), "typed": typed})


@require_http_methods(PAGE)
@therapist_required
def note(request: HttpRequest, client_id: UUID, own_note_id: UUID) -> HttpResponse:
    """One of one's own, and how it read before. What was handed over is read on the list."""
    with open_record(client_id, by=person_of(request), why=WHY, to_change=True) as record:
        mine: Note | None = Note.objects.own_in(record).prefetch_related("versions").filter(pk=own_note_id).first()
        if mine is None:
            raise Http404
        typed = waiting_note(record.client, record.reader, own_note_id)
        form = NoteForm.showing(request.POST if request.method == "POST" else None, mine, typed)
        if form.is_valid():
            change(own_note_id, form.said, record=record, by=record.reader)
            return _kept(request, record, form)
        return answer(request, "care/note.html", form, {"note": mine, "client": record.client, "typed": typed})


@require_POST
@therapist_required
def note_asked(request: HttpRequest, client_id: UUID, own_note_id: UUID) -> HttpResponse:
    """What it asks was asked; `from` is "brief" where it stood there."""
    with open_record(client_id, by=person_of(request), why=WHY, to_change=True) as record:
        asked(own_note_id, record=record, by=record.reader)
    return redirect("care:brief" if request.POST.get("from") == "brief" else "care:notes", client_id)


def _kept(request: HttpRequest, record: Record, form: NoteForm) -> HttpResponse:
    let_go(record.client, form.cleaned_data["key"], by=record.reader)
    record.looked_at(WROTE)
    messages.success(request, "Kept.")
    return redirect("care:notes", record.client.pk)


def _page(request: HttpRequest, record: Record) -> dict[str, object]:
    """What others handed over leaves its own trace: it is read as it is shown."""
    mine = Note.objects.own_in(record).select_related("session__kind")
    handed = list(Note.objects.handed_over_in(record).select_related("session__kind", "by")[:A_PAGE])
    for one in handed:
        record.looked_at(HANDED, one.pk)
    shown = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    return {"page": shown, "handed": handed, "client": record.client, "may_change": record.may_change}
