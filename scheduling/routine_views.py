"""A client's routine: a page, and a deed a tap. GET shows, POST acts; with scripts a tap changes only its card."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.ui.forms import answer

from .keeping_routine import ThreeActive, begin, change, keep, keep_one, let_go, make_smaller, rest, take_up
from .marking_routine import mark
from .models import Routine
from .routine_content import load
from .routine_forms import InsteadForm, RoutineForm, SmallerForm
from .routine_page import active_of, page_of
from .routine_session import session_list
from .routine_today import routine_today
from .routines import MOST

PAGE = ["GET", "HEAD", "POST"]
HOME = "scheduling:routine"
ACTS = {
    "keep": (keep, "Kept. In two weeks you are asked again."),
    "rest": (rest, "It rests. You can take it up whenever you like."),
    "let-go": (let_go, "Let go. It stands under those that were."),
    "keep-one": (keep_one, "One is enough for now. The others rest."),
}


@require_safe
@client_required
def routine(request: HttpRequest) -> HttpResponse:
    """This week of each, and those that rest."""
    client = person_of(request)
    page, session = page_of(client, timezone.now()), session_list(client, timezone.now())
    return render(request, "routine/routine.html", {"page": page, "session": session})


@require_http_methods(PAGE)
@client_required
def new(request: HttpRequest) -> HttpResponse:
    """`from` names an example to start from."""
    client = person_of(request)
    content, active = load(), active_of(client)
    example = content.examples.get(request.GET.get("from", ""))
    data = request.POST if request.method == "POST" else None
    form = RoutineForm.from_example(data, active if len(active) >= MOST else (), example)
    if form.is_valid():
        try:
            begin(form.said, key=form.cleaned_data["key"], by=client, instead=form.makes_room)
        except ThreeActive:
            form = RoutineForm.from_example(data, active_of(client), example)
        else:
            messages.success(request, "It is there.")
            return redirect(HOME)
    return answer(request, "routine/new.html", form, {"content": content})


@require_http_methods(PAGE)
@client_required
def edit(request: HttpRequest, routine_id: UUID) -> HttpResponse:
    """Other words for it."""
    client = person_of(request)
    routine = _own(client, routine_id)
    form = RoutineForm.of(request.POST if request.method == "POST" else None, routine)
    if form.is_valid():
        change(routine.pk, form.said, by=client)
        messages.success(request, "Changed.")
        return redirect(HOME)
    return answer(request, "routine/edit.html", form, {"routine": routine, "words": load().words})


@require_http_methods(PAGE)
@client_required
def smaller(request: HttpRequest, routine_id: UUID) -> HttpResponse:
    """The same, smaller; the smallest version stands there to begin with."""
    client = person_of(request)
    routine = _own(client, routine_id, active=True)
    data = request.POST if request.method == "POST" else None
    form = SmallerForm(data, initial={"action": routine.smallest or routine.action})
    if form.is_valid():
        make_smaller(routine.pk, form.cleaned_data["action"], by=client)
        messages.success(request, "Smaller from now on.")
        return redirect(HOME)
    return answer(request, "routine/smaller.html", form, {"routine": routine, "words": load().words})


@require_http_methods(PAGE)
@client_required
def again(request: HttpRequest, routine_id: UUID) -> HttpResponse:
    """Take one up that rests or was let go. Where three are active, one of them is chosen to rest."""
    client = person_of(request)
    routine, active = _own(client, routine_id), active_of(client)
    full = active if len(active) >= MOST and not routine.is_active else ()
    form = InsteadForm(request.POST if request.method == "POST" else None, active=full)
    if form.is_valid():
        try:
            take_up(routine.pk, by=client, instead=form.makes_room)
        except ThreeActive:
            return redirect("scheduling:routine_again", routine.pk)
        messages.success(request, "It is there again.")
        return redirect(HOME)
    return answer(request, "routine/again.html", form, {"routine": routine})


@require_POST
@client_required
def mark_day(request: HttpRequest, routine_id: UUID) -> HttpResponse:
    """`how` is what is said of today; nothing takes it back."""
    client = person_of(request)
    mark(routine_id, request.POST.get("how", ""), by=client)
    on_today = request.POST.get("from") == "today"
    if request.headers.get("HX-Request"):
        return _fragment(request, client, routine_id, on_today=on_today)
    return redirect(f"{reverse('today:today')}#routine" if on_today else f"{reverse(HOME)}#routine-{routine_id}")


def _fragment(request: HttpRequest, client: Person, routine_id: UUID, *, on_today: bool) -> HttpResponse:
    """The card that was tapped, anew."""
    if on_today:
        return render(request, "routine/_today.html", {"routine": routine_today(client, timezone.now())})
    page = page_of(client, timezone.now())
    shown = next((one for one in page.active if one.routine.pk == routine_id), None)
    return render(request, "routine/_routine.html", {"one": shown, "page": page})


@require_POST
@client_required
def act(request: HttpRequest, routine_id: UUID, what: str) -> HttpResponse:
    """One of `ACTS`."""
    deed, said = ACTS[what]
    deed(routine_id, by=person_of(request))
    messages.success(request, said)
    return redirect(HOME)


def _own(client: Person, routine_id: UUID, *, active: bool = False) -> Routine:
    mine = Routine.objects.filter(client=client)
    return get_object_or_404(mine.filter(place__isnull=False) if active else mine, pk=routine_id)
