"""What a client shares, as their therapist reads it, and a person's word that they did.

"Read" is never a pixel: a list, the brief, a link that is fetched ahead or asked for its head alone open nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from journaling import hearing
from journaling.attachments.reading import answered, of_entry
from journaling.heard import MOST
from journaling.passages import passage_in
from journaling.reading import entry_in
from koru.people.permissions import person_of, therapist_required
from koru.privacy.door import Record, open_record
from koru.privacy.standing import Standing
from koru.ui.forms import KoruForm, OneLineField, answer

AHEAD = ("Sec-Purpose", "Purpose")
STAYS = "It has stood for a while and may have been seen, so it stays."
View = Callable[..., HttpResponseBase]


class ReadForm(KoruForm):
    words = OneLineField(
        label="A line of thanks", help_text="One line. Nothing is expected back.", max_length=MOST, required=False
    )


def by_a_person(view: View) -> View:
    """Opens nothing for whoever only fetches ahead, or asks for no more than the head."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if any("prefetch" in request.headers.get(name, "") for name in AHEAD):
            return HttpResponse(status=503)
        return HttpResponse() if request.method == "HEAD" else view(request, *args, **kwargs)

    return guarded


@therapist_required
@by_a_person
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, client_id: UUID, entry_id: UUID) -> HttpResponse:
    """An entry, and with POST the word that it was read."""
    with open_record(client_id, by=person_of(request), why="timeline") as record:
        shown = entry_in(record, entry_id)
        form = ReadForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            hearing.say_entry_read(record, entry_id, form.cleaned_data["words"])
            return _said(request, record)
        version, things = hearing.version_of(record.client, entry_id), of_entry(record, entry_id)
        word = hearing.own_word(record, entry=entry_id, version=version)
        context = {"entry": shown, "things": things, "parts": answered(shown.parts, things), **_around(record, word)}
        return answer(request, "care/entry.html", form, context)


@therapist_required
@by_a_person
@require_http_methods(["GET", "POST"])
def passage(request: HttpRequest, client_id: UUID, passage_id: UUID) -> HttpResponse:
    """A passage that was marked to bring, and nothing around it; with POST the word that it was read."""
    with open_record(client_id, by=person_of(request), why="timeline") as record:
        shown = passage_in(record, passage_id)
        form = ReadForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            hearing.say_passage_read(record, passage_id, form.cleaned_data["words"])
            return _said(request, record)
        word = hearing.own_word(record, passage=passage_id)
        return answer(request, "care/passage.html", form, {"passage": shown, **_around(record, word)})


@require_POST
@therapist_required
def read_back(request: HttpRequest, client_id: UUID, heard_id: UUID) -> HttpResponse:
    """Take the word back, and go back to where it was said."""
    with open_record(client_id, by=person_of(request), why="timeline") as record:
        word, gone = hearing.take_back(record, heard_id)
    messages.success(request, "Taken back." if gone else STAYS)
    if word.entry_id:
        return redirect("care:entry", client_id, word.entry_id)
    return redirect("care:passage", client_id, word.passage_id)


def _said(request: HttpRequest, record: Record) -> HttpResponse:
    messages.success(request, f"Said. {record.client.display_name} sees it beside what they wrote.")
    return redirect(request.path)


def _around(record: Record, word: hearing.Said | None) -> dict[str, Any]:
    """The word that was said, for a little while to be taken back; `may_say`: by the therapist, not by who covers."""
    told = {"word": word, "may_go": word is not None and word.may_go(timezone.now())}
    return {"client": record.client, "may_say": record.standing is Standing.THERAPIST, **told}
