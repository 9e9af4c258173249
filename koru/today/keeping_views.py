"""Keeping well: one's own early signs, whom one tells first, and rough days. Nobody is told by any of it."""

from contextlib import suppress
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.safety import keeping_well
from koru.safety.keeping import MOST, KeepingLine, Kind
from koru.safety.plan_reading import PEOPLE, own_plan
from koru.safety.planning import AskAgain
from koru.ui.times import spoken_instant
from scheduling.resting import waits_for

from .keeping import keeping_of, own_lines, recent_weeks, works_with_somebody
from .keeping_forms import KindForm, LineForm, OtherwiseForm

ANOTHER_WEEK = "A new week has begun since this page was opened. Have another look."


@require_http_methods(["GET", "HEAD", "POST"])
@client_required
def keeping(request: HttpRequest) -> HttpResponse:
    """The list; a POST says which signs were there this week."""
    client, now = person_of(request), timezone.now()
    if request.method != "POST":
        return page(request)
    week = _week(request.POST.get("week", ""))
    if week not in recent_weeks(client, now):
        messages.info(request, ANOTHER_WEEK)
        return redirect("today:keeping")
    seen, shown = (_ids(request.POST.getlist(name)) for name in ("seen", "shown"))
    if keeping_well.say_seen(seen, shown, week, waits=waits_for(client, now), by=client):
        messages.success(request, "Saved. Here is what you wrote down for days like these.")
        return redirect("today:rough_days")
    messages.success(request, "Saved. None of them this week.")
    return redirect("today:keeping")


@require_POST
@client_required
def add(request: HttpRequest) -> HttpResponse:
    client = person_of(request)
    which = KindForm(request.POST)
    if not which.is_valid():
        return redirect("today:keeping")
    kind = Kind(which.cleaned_data["kind"])
    form = LineForm(kind, request.POST)
    if form.is_valid():
        said, waits = form.cleaned_data, waits_for(client, timezone.now())
        try:
            keeping_well.add(kind, said["words"], waits=waits, key=said["key"], by=client)
        except keeping_well.EnoughLines:
            form.add_error("words", f"{MOST[kind]} are plenty: a list that can be read on a rough day. Let one go for this one.")
        else:
            return kept(request, waits, f"{kind}-h")
    return page(request, form)


@require_POST
@client_required
def reword(request: HttpRequest, keeping_line_id: UUID) -> HttpResponse:
    client = person_of(request)
    form = OtherwiseForm(own_line(client, keeping_line_id), request.POST)
    if not form.is_valid():
        return page(request, form)
    said, waits = form.cleaned_data, waits_for(client, timezone.now())
    keeping_well.reword(keeping_line_id, said["words"], waits=waits, key=said["key"], by=client)
    return kept(request, waits, f"{form.line.kind}-h")


@require_POST
@client_required
def let_go(request: HttpRequest, keeping_line_id: UUID) -> HttpResponse:
    keeping_well.let_go(keeping_line_id, by=person_of(request))
    messages.success(request, "It is off your list. What it said stays under How it was before.")
    return redirect("today:keeping")


@require_POST
@client_required
def share(request: HttpRequest) -> HttpResponse:
    """`to` is "share" or "keep"; anything else changes nothing. Back to the page on which it was pressed."""
    client, now, to = person_of(request), timezone.now(), request.POST.get("to", "")
    try:
        if to == "share":
            keeping_well.share_list(waits=waits_for(client, now), by=client)
            messages.success(request, "Your therapist can read your list now, and which signs you ticked.")
        elif to == "keep":
            keeping_well.keep_list_to_oneself(by=client)
            messages.success(request, "From now on only you can read it. Your therapist may have read it already.")
    except AskAgain as later:
        when = spoken_instant(later.at, ZoneInfo(client.zone), this_year=now.year)
        messages.info(request, f"Sharing more waits for a day after a session. You can decide it from {when} on.")
    return redirect("today:settings" if request.POST.get("from") == "settings" else "today:keeping")


@require_safe
@client_required
def rough_days(request: HttpRequest) -> HttpResponse:
    """Their own steps, the parts of the safety plan that are read first, help, and coming sooner."""
    client = person_of(request)
    plan = own_plan(client)
    shown = {"plan": plan, "people": plan.words.get(PEOPLE, ()), "lines": own_lines(client)}
    return render(request, "today/rough_days.html", {**shown, "working": works_with_somebody(client)})


def page(request: HttpRequest, posted: LineForm | OtherwiseForm | None = None) -> HttpResponse:
    context = {"keeping": keeping_of(person_of(request), timezone.now(), posted), "form": posted}
    return render(request, "today/keeping.html", context, status=422 if posted else 200)


def kept(request: HttpRequest, waits: datetime | None, place: str) -> HttpResponse:
    client = person_of(request)
    if waits and keeping_well.is_shared(client):
        messages.info(request, "Kept, for you alone. After a session sharing waits for a day: share your list again then.")
    else:
        messages.success(request, "Saved.")
    return redirect(f"{reverse('today:keeping')}#{place}")


def own_line(client: Person, line_id: UUID) -> KeepingLine:
    """Raises Http404 for another's, as for none, and for one that was let go."""
    found: KeepingLine | None = KeepingLine.objects.of(client).live().filter(pk=line_id).first()
    if found is None:
        raise Http404
    return found


def _ids(values: list[str]) -> set[UUID]:
    """Without what is no id."""
    found = set()
    for value in values:
        with suppress(ValueError):
            found.add(UUID(value))
    return found


def _week(value: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(value)
    return None
