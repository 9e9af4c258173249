"""One entry of one's own: read, change, share, delete."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.permissions import client_required, person_of
from koru.people.readers import readers_of
from koru.ui.forms import answer

from . import drafts, giving, hearing, library, reading, showing, writing
from .attachments.reading import just_removed, of_own
from .attachments.ways import WAYS
from .forms import SharingForm, WordsForm
from .models import Entry, ShareWish, Walk
from .sharing import widens
from .views import begun, own_entry


def entry_context(entry: Entry, form: SharingForm) -> dict[str, object]:
    """All that one's own entry shows beside its words."""
    client = entry.client
    wish, things = ShareWish.objects.filter(entry=entry).first(), of_own(entry)
    return {
        "entry": entry,
        "form": form,
        "share_label": library.load().words.sharing[entry.share].label,
        "who": showing.who_can_read(entry),
        "looks": reading.looks_at_entry(client, entry.pk),
        "heard": hearing.said_of_entry(client, entry.pk, entry.edited_at or entry.made_at),
        "revisions": entry.revisions.all()[:20],
        "wish_words": showing.wait_words(wish, client) if wish else "",
        "words": library.load().words.page,
        "things": things,
        "ways": WAYS.values(),
        "parts": [part for part in entry.parts.all() if part.text],
        "walk": Walk.objects.of(client).filter(entry=entry).first(),
        **giving.around(entry),
    }


@client_required
@require_safe
def read(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    client = person_of(request)
    entry = own_entry(client, entry_id)
    form = SharingForm(initial={"share": entry.share}, readers=readers_of(client))
    context = entry_context(entry, form) | {"removed": just_removed(client, request.GET.get("removed", ""))}
    return render(request, "journaling/entry.html", context)


@client_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Change the words; how they were is kept."""
    client = person_of(request)
    entry = own_entry(client, entry_id)
    walk = Walk.objects.of(client).filter(entry=entry, entry__parts__isnull=False).first()
    if walk:
        return redirect("journaling:keepsake", walk.pk)  # each step is changed by itself
    versions = drafts.versions(client, entry.pk, "")
    draft = showing.picked(versions, request.GET.get("draft", ""))
    initial = begun(draft, None) if draft else {"title": entry.title, "text": entry.text}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    form.fields["text"].required = not of_own(entry)  # a drawing says enough
    if form.is_valid():
        done = form.cleaned_data
        writing.edit(entry, done["title"], done["text"], **form.sent, by=client)
        messages.success(request, showing.kept_words(entry))
        return redirect("journaling:entry", entry.pk)
    if form.is_bound and not form.unfinished().is_blank:
        drafts.save(form.unfinished(about=entry.pk), by=client)
    others = [version for version in versions if draft and version.pk != draft.pk]
    context = {"entry": entry, "draft": draft, "others": others, "words": library.load().words.page}
    return answer(request, "journaling/edit.html", form, context)


@client_required
@require_POST
def share(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Share it with more people, or fewer."""
    client = person_of(request)
    entry = own_entry(client, entry_id)
    form = SharingForm(request.POST, readers=readers_of(client))
    if not form.is_valid():
        return answer(request, "journaling/entry.html", form, entry_context(entry, form))
    was, level = entry.share, form.cleaned_data["share"]
    writing.share(entry, level, by=client)
    messages.success(request, showing.lowered_words(client, entry) if widens(level, was) else showing.kept_words(entry))
    return redirect("journaling:entry", entry.pk)


@client_required
@require_POST
def delete(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    client = person_of(request)
    writing.delete(own_entry(client, entry_id), by=client)
    return redirect(f"{reverse('journaling:entries')}?deleted={entry_id}")


@client_required
@require_POST
def undo(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Have a deleted entry back."""
    client = person_of(request)
    writing.undo_delete(entry_id, by=client)
    own_entry(client, entry_id)
    return redirect("journaling:entry", entry_id)
