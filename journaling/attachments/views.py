"""Saying it in another way: a new entry by voice, drawing or photo, and adding one to an entry that is there."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from journaling import drafts, showing
from journaling.models import Entry
from journaling.views import about_day, asked_for, begun, own_entry
from koru.people.permissions import client_required, person_of
from koru.people.readers import readers_of
from koru.ui.forms import answer
from koru.ui.headers import may_record
from koru.ui.refused import Refused

from . import adding
from .forms import AddForm, NewForm
from .things import VOICE
from .ways import WAYS, Way

READ_OR_SEND = ["GET", "HEAD", "POST"]


def way_named(slug: str) -> Way:
    if slug not in WAYS:
        raise Http404
    return WAYS[slug]


@client_required
@require_http_methods(READ_OR_SEND)
def new(request: HttpRequest, way: str) -> HttpResponse:
    """A new entry, with a prompt or without. Words typed before are here too; they are the same draft."""
    client, chosen, prompt = person_of(request), way_named(way), asked_for(request)
    versions = drafts.versions(client, None, prompt.slug if prompt else "")
    draft = showing.picked(versions, request.GET.get("draft", ""))
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    initial = about_day(request) | begun(draft, prompt)
    form = NewForm(*sent, initial=initial, readers=readers_of(client), writer=client, way=chosen)
    if form.is_valid() and (entry := _kept(request, form)):
        messages.success(request, showing.kept_words(entry))
        return redirect("journaling:entry", entry.pk)
    if form.is_bound and not form.unfinished().is_blank:
        drafts.save(form.unfinished(), by=client)
    context = {"way": chosen, "ways": WAYS.values(), "prompt": prompt, "draft": draft, **showing.around(client, prompt)}
    return may_use(answer(request, "journaling/attachments/new.html", form, context), chosen)


@client_required
@require_http_methods(READ_OR_SEND)
def add(request: HttpRequest, entry_id: UUID, way: str) -> HttpResponse:
    """Something to go with an entry that is there already."""
    client, chosen = person_of(request), way_named(way)
    entry = own_entry(client, entry_id)
    form = AddForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)), way=chosen)
    if form.is_valid():
        done = form.cleaned_data
        try:
            added = adding.attach(entry, done["file"], done["words"], key=done["key"], by=client)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, "Saved, for you alone." if added.apart else showing.kept_words(entry))
            return redirect("journaling:entry", entry.pk)
    context = {
        "way": chosen,
        "entry": entry,
        "back": reverse("journaling:entry", args=[entry.pk]),
        "action": request.path,
        "held": f"{way} {entry.pk}",
    }
    return may_use(answer(request, "journaling/attachments/add.html", form, context), chosen)


def _kept(request: HttpRequest, form: NewForm) -> Entry | None:
    """The entry; none when there was no room, which the form then says."""
    done = form.cleaned_data
    try:
        return adding.keep_with(form.written, done["file"], done["words"], **form.sent, by=person_of(request))
    except Refused as refused:
        form.add_error("file", str(refused))
        return None


def may_use(response: HttpResponse, way: Way) -> HttpResponse:
    """The page's answer, with leave to use the microphone where it records."""
    return may_record(response) if way.kind == VOICE else response
