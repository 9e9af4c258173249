"""The journal and its writing page."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.people.readers import readers_of
from koru.privacy.raising import raising_words
from koru.ui.forms import answer

from . import drafts, holding, library, passages, reading, showing, writing
from .attachments.ways import WAYS
from .catalogue import Prompt
from .chosen import prompt_named
from .earlier import earlier_for
from .forms import WritingForm, make_room_for
from .models import Draft, Entry
from .offering import offer_for
from .places import guides_for

A_PAGE = 20


@client_required
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """One's own journal, newest first, with what isn't kept yet on top."""
    client = person_of(request)
    mine = Entry.objects.written_by(client)
    level = request.GET.get("share", "")
    chosen = mine.filter(share=level) if level in library.load().words.sharing else mine
    page = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "entries": reading.own(page.object_list),
        "guides": guides_for(client, timezone.now()),
        "greeting": showing.greeting(client, timezone.now()),
        "level": level,
        "levels": library.load().words.sharing,
        "offer": offer_for(client, timezone.now()),
        "drafts": showing.unfinished(client),
        "wishes": showing.wishes_due(client, timezone.now()),
        "words": library.load().words.page,
        "undo": showing.undo_in(request, client),
        **finding_again(client, timezone.now()),
    }
    return render(request, "journaling/entries.html", context)


def finding_again(client: Person, now: datetime) -> dict[str, object]:
    """What comes up by itself: something from earlier, and wishes whose day has passed."""
    return {
        "earlier": earlier_for(client, now),
        "passage_wishes": passages.wishes_due(client, now),
        "raise_wishes": holding.wishes_due(client, now),
        "raising": raising_words(),
    }


@client_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A new entry, with a prompt or without."""
    if request.GET.get("way") in WAYS:
        return said_otherwise(request)
    client = person_of(request)
    prompt = asked_for(request)
    versions = drafts.versions(client, None, prompt.slug if prompt else "")
    draft = showing.picked(versions, request.GET.get("draft", ""))
    data = request.POST if request.method == "POST" else None
    form = WritingForm(data, initial=about_day(request) | begun(draft, prompt), readers=readers_of(client), writer=client)
    make_room_for(request.GET.get("way", ""), form)
    if form.is_valid():
        entry = writing.keep(form.written, **form.sent, by=client)
        messages.success(request, showing.kept_words(entry))
        return redirect("journaling:entry", entry.pk)
    if form.is_bound and not form.unfinished().is_blank:
        drafts.save(form.unfinished(), by=client)
    others = [version for version in versions if draft and version.pk != draft.pk]
    context = {"prompt": prompt, "draft": draft, "others": others, "seen": seen(request), **showing.around(client, prompt)}
    return answer(request, "journaling/write.html", form, context)


def said_otherwise(request: HttpRequest) -> HttpResponse:
    """On to the page for a voice note, a drawing or a photo, with the prompt that was named."""
    prompt = asked_for(request)
    page = reverse("attachments:new", args=[request.GET["way"]])
    asked = ({"prompt": prompt.slug} if prompt else {}) | about_day(request)
    return redirect(f"{page}?{urlencode(asked)}" if asked else page)


def about_day(request: HttpRequest) -> dict[str, object]:
    """The day that a link of the calendar names, or that was picked on the page before."""
    return {name: value for name in ("day", "part") if (value := request.GET.get(name, ""))}


def asked_for(request: HttpRequest) -> Prompt | None:
    """The prompt that is named, none for a free entry. Raises Http404 for one that a link made up."""
    slug = request.POST.get("prompt", "") if request.method == "POST" else request.GET.get("prompt", "")
    prompt = prompt_named(slug, person_of(request))
    if slug and prompt is None and request.method != "POST":
        raise Http404
    return prompt


def seen(request: HttpRequest) -> list[str]:
    """Prompts that were left for another one in this round."""
    named = request.POST if request.method == "POST" else request.GET
    return [slug for slug in named.getlist("seen") if slug in library.load().prompts]


def begun(draft: Draft | None, prompt: Prompt | None) -> dict[str, object]:
    """What the page starts with: the words found, or nothing."""
    started: dict[str, object] = {"prompt": prompt.slug if prompt else ""}
    if draft is None:
        return started
    return {
        **started,
        "key": draft.key,
        "title": draft.title,
        "text": draft.text,
        "share": draft.share,
        "revision": draft.revision,
        **({"day": draft.day, "part": draft.part, "opens_on": draft.day} if draft.day else {}),
    }


def own_entry(client: Person, entry_id: UUID) -> Entry:
    """An entry of one's own. Raises Http404 for another's, as for none."""
    entry: Entry | None = Entry.objects.written_by(client).filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    return entry
