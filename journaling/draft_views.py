"""Saving while somebody writes: asked by the page's script, answered in JSON."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from koru.people.models import Person
from koru.people.permissions import client_required, person_of

from . import drafts
from .forms import DraftForm
from .models import Draft, Entry, Walk


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """200 with the new revision; 409 when the page was behind: its words are saved apart, under the key in the answer."""
    client = request.user
    if not isinstance(client, Person) or not client.is_client:
        return JsonResponse({"error": "signed out"}, status=401)
    form = DraftForm(request.POST)
    if not form.is_valid() or not own_or_none(client, form.cleaned_data["about"]):
        return JsonResponse({"error": "unknown"}, status=422)
    saved = drafts.save(form.unfinished(about=form.cleaned_data["about"]), by=client)
    return JsonResponse(told(saved), status=409 if saved.apart else 200)


@client_required
@require_POST
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    drafts.discard(draft_id, by=person_of(request))
    return redirect("journaling:entries")


@require_POST
def key(request: HttpRequest) -> HttpResponse:
    """The key for words that wait in this person's browser, a therapist's too. The page holds it in memory only."""
    writer = request.user
    if not isinstance(writer, Person) or not (writer.is_client or writer.is_therapist):
        return JsonResponse({"error": "signed out"}, status=401)
    return JsonResponse({"key": drafts.draft_key(by=writer)})


def own_or_none(client: Person, about: UUID | None) -> bool:
    """A draft belongs to no entry yet, or to an entry or a walk of the writer's own."""
    if about is None or Entry.objects.written_by(client).filter(pk=about).exists():
        return True
    return Walk.objects.of(client).filter(pk=about).exists()


def told(saved: drafts.Saved) -> dict[str, object]:
    """What the page has to know: what is saved now, and another version if there is one."""
    return {"kept": saved.draft is None, **_named(saved.draft), "other": _words(saved.other)}


def _named(draft: Draft | None) -> dict[str, object]:
    if draft is None:
        return {"revision": 0}
    return {"revision": draft.revision, "key": str(draft.key), "saved_at": draft.saved_at.isoformat()}


def _words(draft: Draft | None) -> dict[str, str] | None:
    return {"title": draft.title, "text": draft.text, "saved_at": draft.saved_at.isoformat()} if draft else None
