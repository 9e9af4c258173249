"""What a client shares, as their therapist reads it, and a person's word that they did.

"Read" is never a pixel: a list, the brief, a link that is fetched ahead or asked for its head alone open nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from journaling import hearing
from journaling.attachments.reading import answered, of_entry
from journaling.heard import MOST
from journaling.held import Passage
from journaling.models import Entry
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
    """Opens nothing for whoever only fetches ahead."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        ahead = any("prefetch" in request.headers.get(name, "") for name in AHEAD)
        return HttpResponse(status=503) if ahead else view(request, *args, **kwargs)

    return guarded


def head_of(rows: QuerySet[Any]) -> HttpResponse:
    """That it is there, and no more: whoever asks for the head alone has read nothing."""
    if not rows.exists():
        raise Http404
    return HttpResponse()


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be read and heard: of which model, how it is shown, how the word is said, and the page it stands on."""

    model: type[Entry] | type[Passage]
    show: Callable[[HttpRequest, Record, UUID, ReadForm], HttpResponse]
    say: Callable[[Record, UUID, str], object]
    page: str


@require_safe
@therapist_required
@by_a_person
def entry(request: HttpRequest, client_id: UUID, entry_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="timeline") as record:
        return _shown(request, record, ENTRY, entry_id)


@require_POST
@therapist_required
def entry_read(request: HttpRequest, client_id: UUID, entry_id: UUID) -> HttpResponse:
    """The word that it was read."""
    with open_record(client_id, by=person_of(request), why="timeline", to_change=True) as record:
        return _heard(request, record, ENTRY, entry_id)


@require_safe
@therapist_required
@by_a_person
def passage(request: HttpRequest, client_id: UUID, passage_id: UUID) -> HttpResponse:
    """A passage that was marked to bring, and nothing around it."""
    with open_record(client_id, by=person_of(request), why="timeline") as record:
        return _shown(request, record, PASSAGE, passage_id)


@require_POST
@therapist_required
def passage_read(request: HttpRequest, client_id: UUID, passage_id: UUID) -> HttpResponse:
    """The word that it was read."""
    with open_record(client_id, by=person_of(request), why="timeline", to_change=True) as record:
        return _heard(request, record, PASSAGE, passage_id)


@require_POST
@therapist_required
def read_back(request: HttpRequest, client_id: UUID, heard_id: UUID) -> HttpResponse:
    """Take the word back, and go back to where it was said."""
    with open_record(client_id, by=person_of(request), why="timeline", to_change=True) as record:
        word, gone = hearing.take_back(record, heard_id)
    messages.success(request, "Taken back." if gone else STAYS)
    if word.entry_id:
        return redirect("care:entry", client_id, word.entry_id)
    return redirect("care:passage", client_id, word.passage_id)


def _entry(request: HttpRequest, record: Record, entry_id: UUID, form: ReadForm) -> HttpResponse:
    shown, things = entry_in(record, entry_id), of_entry(record, entry_id)
    word = hearing.own_word(record, entry=entry_id, version=hearing.version_of(record.client, entry_id))
    says = reverse("care:entry_read", args=[record.client.pk, entry_id])
    context = {"entry": shown, "things": things, "parts": answered(shown.parts, things), "says": says, **_around(record, word)}
    return answer(request, "care/entry.html", form, context)


def _passage(request: HttpRequest, record: Record, passage_id: UUID, form: ReadForm) -> HttpResponse:
    shown, word = passage_in(record, passage_id), hearing.own_word(record, passage=passage_id)
    says = reverse("care:passage_read", args=[record.client.pk, passage_id])
    return answer(request, "care/passage.html", form, {"passage": shown, "says": says, **_around(record, word)})


ENTRY = Kind(Entry, _entry, hearing.say_entry_read, "care:entry")
PASSAGE = Kind(Passage, _passage, hearing.say_passage_read, "care:passage")


def _shown(request: HttpRequest, record: Record, kind: Kind, about: UUID) -> HttpResponse:
    if request.method == "HEAD":
        return head_of(kind.model.objects.readable_in(record).filter(pk=about))
    return kind.show(request, record, about, ReadForm())


def _heard(request: HttpRequest, record: Record, kind: Kind, about: UUID) -> HttpResponse:
    form = ReadForm(request.POST)
    if not form.is_valid():
        return kind.show(request, record, about, form)
    kind.say(record, about, form.cleaned_data["words"])
    messages.success(request, f"Said. {record.client.display_name} sees it beside what they wrote.")
    return redirect(kind.page, record.client.pk, about)


def _around(record: Record, word: hearing.Said | None) -> dict[str, Any]:
    """The word that was said, for a little while to be taken back; `may_say`: by the therapist, not by who covers."""
    told = {"word": word, "may_go": word is not None and word.may_go(timezone.now())}
    return {"client": record.client, "may_say": record.standing is Standing.THERAPIST, **told}
