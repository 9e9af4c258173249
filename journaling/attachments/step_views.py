"""Answering a step of a guide by voice or drawing: it is kept with the guide's entry, and the guide goes on."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from journaling import library
from journaling.stepping import Here
from journaling.walk_views import here_of
from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer
from koru.ui.refused import Refused

from . import adding
from .forms import AddForm
from .views import READ_OR_SEND, may_use, way_named


@client_required
@require_http_methods(READ_OR_SEND)
def at_step(request: HttpRequest, walk_id: UUID, number: int, way: str) -> HttpResponse:
    """Raises Http404 at a step that asks nothing."""
    client, chosen = person_of(request), way_named(way)
    here = here_of(request, client, walk_id, number)
    if here.prompt is None:
        raise Http404
    form = AddForm(*((request.POST, request.FILES) if request.method == "POST" else (None, None)), way=chosen)
    if form.is_valid() and _kept(request, form, here):
        messages.success(request, "Saved.")
        return redirect(back_to(here))
    context = {
        "way": chosen,
        "asked": here.prompt,
        "words": library.load().words.page,
        "back": back_to(here),
        "action": request.path,
        "held": f"{way} {here.walk.pk}:{here.prompt.slug}",
    }
    return may_use(answer(request, "journaling/attachments/add.html", form, context), chosen)


def back_to(here: Here) -> str:
    return f"{here.url()}?prompt={here.prompt.slug}" if here.prompt else here.url()


def _kept(request: HttpRequest, form: AddForm, here: Here) -> bool:
    """Whether it was; when there was no room, the form says so."""
    done, at = form.cleaned_data, here.stop.number
    if here.prompt is None:
        return False
    try:
        adding.attach_at(here.walk, at, here.prompt, done["file"], done["words"], key=done["key"], by=person_of(request))
    except Refused as refused:
        form.add_error("file", str(refused))
        return False
    return True
