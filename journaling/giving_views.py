"""Giving a part of an entry, taking it back, asking for a look, and keeping something to raise oneself."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.permissions import client_required, person_of
from koru.people.readers import readers_of
from koru.privacy.raising import raising_words
from koru.safety.noticing import ask_to_look
from koru.ui.forms import answer

from . import giving, holding, library, passages
from .finding_forms import PassageForm
from .sharing import ONLY_ME, SHARED
from .views import own_entry


@client_required
@require_http_methods(["GET", "HEAD", "POST"])
def passage(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Mark a passage to bring."""
    client = person_of(request)
    entry = own_entry(client, entry_id)
    form = PassageForm(request.POST if request.method == "POST" else None, entry=entry)
    if form.is_valid():
        kept = passages.mark(entry, form.text, key=form.cleaned_data["key"], by=client)
        messages.success(request, giving.passage_words(kept))
        return redirect("journaling:entry", entry.pk)
    context = {
        "entry": entry,
        "readers": readers_of(client),
        "first_share": not giving.has_shared(client),
        "words": library.load().words.page,
        "raising": raising_words(),
        "waits": giving.waits_words(client),
    }
    return answer(request, "journaling/passage.html", form, context)


@client_required
@require_POST
def give(request: HttpRequest, passage_id: UUID) -> HttpResponse:
    """Yes, bring it: a wish said again."""
    kept = passages.give(passage_id, by=person_of(request))
    messages.success(request, giving.passage_words(kept))
    return redirect("journaling:entry", kept.entry_id)


@client_required
@require_POST
def take_back(request: HttpRequest, passage_id: UUID) -> HttpResponse:
    kept = passages.take_back(passage_id, by=person_of(request))
    messages.success(request, giving.taken_back_words(kept) if kept.shared_at else "Nothing was shared.")
    return redirect("journaling:entry", kept.entry_id)


@client_required
@require_POST
def look(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """ "Please look at this before we meet." """
    client = person_of(request)
    entry = own_entry(client, entry_id)
    if entry.share not in SHARED:
        raise Http404
    ask_to_look(client, about=entry.pk, by=client)
    messages.success(request, "Asked.")
    return redirect("journaling:entry", entry.pk)


@client_required
@require_safe
def raising(request: HttpRequest) -> HttpResponse:
    """What one would rather raise oneself: first sentences to say, and the marks that stand."""
    client = person_of(request)
    context = {
        "standing": holding.standing(client),
        "raising": raising_words(),
        "now": timezone.now(),
        "waits": giving.waits_words(client),
    }
    return render(request, "journaling/raising.html", context)


@client_required
@require_POST
def raise_something(request: HttpRequest) -> HttpResponse:
    """Something that isn't written down here."""
    holding.hold(None, by=person_of(request))
    return redirect("finding:raising")


@client_required
@require_POST
def raise_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Something written in a private entry."""
    client = person_of(request)
    entry = own_entry(client, entry_id)
    if entry.share != ONLY_ME:
        raise Http404
    holding.hold(entry, by=client)
    return redirect("finding:raising")


@client_required
@require_POST
def let_go(request: HttpRequest, raised_id: UUID) -> HttpResponse:
    if not holding.let_go(raised_id, by=person_of(request)):
        raise Http404
    messages.success(request, "Nothing is said about it from now on.")
    return redirect("finding:raising")
