"""Walking a guide in the browser: one step a page; every way on keeps what was typed."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer

from . import drafts, library, setting_aside, showing, stepping, walking
from .attachments.ways import WAYS
from .forms import make_room_for
from .guided import Walk
from .guiding import Stop
from .models import Draft
from .stepping import Here
from .walk_forms import StepForm
from .walking import Said, SaidElsewhere

LEFT = "Saved. It waits at this step for 14 days."


@client_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, walk_id: UUID, number: int) -> HttpResponse:
    """Show a step; posting keeps what was said there and goes on. Nothing has to be said."""
    client = person_of(request)
    here = here_of(request, client, walk_id, number)
    if request.method != "POST":
        return shown(request, here, client) if here.stop.number == number else redirect(here.url())
    form = form_of(request, here)
    if not form.is_valid():
        return page(request, here, client, form)
    try:
        keep(form, here, client)
    except SaidElsewhere as other:
        return page(request, here, client, form, other)
    return go_on(here, client)


@client_required
@require_POST
def skip(request: HttpRequest, walk_id: UUID, number: int) -> HttpResponse:
    """Go on without it. What was typed stays at this step."""
    client, here = leaving(request, walk_id, number)
    return go_on(here, client)


@client_required
@require_POST
def back(request: HttpRequest, walk_id: UUID, number: int) -> HttpResponse:
    client, here = leaving(request, walk_id, number)
    return to_step(here, here.before or here.stop, client)


@client_required
@require_POST
def leave(request: HttpRequest, walk_id: UUID, number: int) -> HttpResponse:
    """Leave it here: the same step waits, on any device."""
    client, here = leaving(request, walk_id, number)
    walking.go_to(here.walk, here.stop.number, by=client)
    messages.success(request, LEFT)
    return redirect("journaling:guides")


@client_required
@require_POST
def not_today(request: HttpRequest, walk_id: UUID, number: int) -> HttpResponse:
    return set_aside(request, walk_id, number, setting_aside.not_today)


@client_required
@require_POST
def never(request: HttpRequest, walk_id: UUID, number: int) -> HttpResponse:
    return set_aside(request, walk_id, number, setting_aside.never)


def set_aside(request: HttpRequest, walk_id: UUID, number: int, deed: Callable[..., object]) -> HttpResponse:
    """Set the prompt aside, as anywhere, and go on."""
    client, here = leaving(request, walk_id, number)
    if here.prompt:
        deed(here.prompt.slug, by=client)
        messages.info(request, library.load().words.page["set_aside"])
    return go_on(here, client)


@client_required
@require_POST
def way(request: HttpRequest, walk_id: UUID, number: int) -> HttpResponse:
    """Say it in another way, or answer the other prompt of this step."""
    _, here = leaving(request, walk_id, number)
    if here.prompt and request.POST.get("way") in WAYS:
        page = reverse("attachments:at_step", args=[here.walk.pk, here.stop.number, request.POST["way"]])
        return redirect(f"{page}?prompt={here.prompt.slug}")
    chosen = {"way": request.POST.get("way", ""), "prompt": request.POST.get("other", "")}
    asked = "&".join(f"{name}={value}" for name, value in chosen.items() if value.replace("-", "").isalnum())
    return redirect(f"{here.url()}?{asked}")


def here_of(request: HttpRequest, client: Person, walk_id: UUID, number: int) -> Here:
    """The step of one's own walk. Raises Http404 for another's, as for none, and beyond the last."""
    walk: Walk | None = Walk.objects.of(client).select_related("entry").filter(pk=walk_id).first()
    if walk is None or walk.guide not in library.load().guides:
        raise Http404
    named = request.POST if request.method == "POST" else request.GET
    found = stepping.here(client, walk, number, named.get("prompt", ""), timezone.now())
    if found is None:
        raise Http404
    return found


def leaving(request: HttpRequest, walk_id: UUID, number: int) -> tuple[Person, Here]:
    """Whoever goes away from a step without keeping it: what was typed is a draft there."""
    client = person_of(request)
    here = here_of(request, client, walk_id, number)
    form = form_of(request, here)
    form.is_valid()
    keep_typed(form, here, client)
    return client, here


def form_of(request: HttpRequest, here: Here) -> StepForm:
    return StepForm(request.POST, shelf=here.shelf)


def keep_typed(form: StepForm, here: Here, client: Person) -> Draft | None:
    """Words at a step that is left are a draft, unless they are those that stand there."""
    if here.prompt is None or form.said.strip() in ("", stepping.open_intention(here, client, timezone.now()).strip()):
        return None
    return drafts.save(form.unfinished(here.walk.pk, here.prompt.slug), by=client).draft


def keep(form: StepForm, here: Here, client: Person) -> None:
    """Keep what was said; an emptied step is taken back. Raises SaidElsewhere."""
    if here.prompt is None:
        return
    done, words = form.cleaned_data, form.said
    if form.data.get("both") and here.part:
        words = f"{here.part.text}\n\n{words}"
    if words.strip():
        revision = done.get("revision") or 0
        said = Said(here.stop.number, here.prompt, words, done["key"], form.seen_revision, revision)
        walking.say(here.walk, said, by=client)
    elif here.part and here.part.text:
        walking.unsay(here.walk, here.prompt.slug, form.seen_revision, by=client)


def go_on(here: Here, client: Person) -> HttpResponse:
    """To the next step; after the last, and from a walk that is over, to what was kept."""
    if here.walk.closed_at is None and here.after:
        return to_step(here, here.after, client)
    walk = walking.come_to_the_end(here.walk, by=client)
    has_words = walk.entry is not None and walk.entry.deleted_at is None
    return redirect("journaling:keepsake", walk.pk) if has_words else redirect("journaling:guides")


def to_step(here: Here, stop: Stop, client: Person) -> HttpResponse:
    walking.go_to(here.walk, stop.number, by=client)
    return redirect(stepping.step_link(here.walk.pk, stop.number))


def shown(request: HttpRequest, here: Here, client: Person) -> HttpResponse:
    draft = showing.picked(here.drafts, request.GET.get("draft", ""))
    initial = stepping.begun(here, draft, client, timezone.now())
    form, way = StepForm(initial=initial, shelf=here.shelf), request.GET.get("way", "")
    make_room_for(way, form)
    extra = {"versions": stepping.versions(here, draft), "draft": draft, "way": way}
    return render(request, "journaling/step.html", {**stepping.around(here, client, timezone.now()), **extra, "form": form})


def page(request: HttpRequest, here: Here, client: Person, form: StepForm, other: SaidElsewhere | None = None) -> HttpResponse:
    """The step again with all that was typed; 409 when another page kept other words, which stand beside it."""
    unfinished = {"draft": keep_typed(form, here, client), "elsewhere": other.part if other else None}
    context = {**stepping.around(here, client, timezone.now()), **unfinished}
    return answer(request, "journaling/step.html", form, context, ok_status=409 if other else 200)
