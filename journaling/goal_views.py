"""A client's own goals: all of them, and one with what was said to it."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.models import Person
from koru.people.permissions import client_required, person_of
from koru.people.readers import readers_of
from koru.ui.forms import answer
from koru.ui.times import spoken_instant

from . import aiming
from .aiming import ThreeGoals
from .goal_forms import FULL, GoalForm, RewordForm, WhereForm
from .goals import MOST, Goal, GoalBefore, Whereabouts

PAGE = ["GET", "HEAD", "POST"]
SHOWN = 50


@require_http_methods(PAGE)
@client_required
def goals(request: HttpRequest) -> HttpResponse:
    """All of them; a POST puts a new one into words."""
    client = person_of(request)
    form = GoalForm(request.POST if request.method == "POST" else None, readers=readers_of(client))
    if form.is_valid():
        said = form.cleaned_data
        try:
            goal = aiming.set_goal(said["words"], said["share"], key=said["key"], by=client)
        except ThreeGoals:
            form.add_error("words", FULL)
        else:
            waits(request, goal)
            return redirect("journaling:goals")
    mine = list(Goal.objects.of(client).prefetch_related(Prefetch("said", Whereabouts.objects.filter(client=client))))
    standing, resting = [one for one in mine if one.place], [one for one in mine if not one.place]
    page = {"standing": standing, "resting": resting, "is_full": len(standing) >= MOST, "now": timezone.now()}
    return answer(request, "goals/goals.html", form, page)


@require_http_methods(PAGE)
@client_required
def goal(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """One of them; a POST says where one is."""
    client = person_of(request)
    mine = own_goal(client, goal_id)
    form = WhereForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        aiming.say_where(goal_id, said["words"], said["number"], key=said["key"], by=client)
        waits(request, own_goal(client, goal_id))
        return redirect("journaling:goal", goal_id)
    return page_of(request, mine, form, RewordForm(initial={"words": mine.words}, auto_id="other_%s"), form)


@require_POST
@client_required
def reword(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    client = person_of(request)
    mine = own_goal(client, goal_id)
    form = RewordForm(request.POST, auto_id="other_%s")
    if form.is_valid():
        waits(request, aiming.reword(goal_id, form.cleaned_data["words"], by=client))
        return redirect("journaling:goal", goal_id)
    return page_of(request, mine, WhereForm(), form, form)


@require_POST
@client_required
def share(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """`to` is "share" or "keep"; anything else changes nothing."""
    client, to = person_of(request), request.POST.get("to", "")
    mine = own_goal(client, goal_id)
    if to == "share":
        waits(request, aiming.share_goal(goal_id, by=client))
    elif to == "keep":
        aiming.keep_goal_to_oneself(mine.pk, by=client)
        messages.success(request, "From now on only you can read it. Your therapist may have read it already.")
    return redirect("journaling:goal", goal_id)


@require_POST
@client_required
def rest(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """`to` is "rest" or "again"; anything else changes nothing."""
    client, to = person_of(request), request.POST.get("to", "")
    mine = own_goal(client, goal_id)
    try:
        if to == "rest":
            aiming.let_goal_rest(mine.pk, by=client)
        elif to == "again":
            aiming.take_goal_up(mine.pk, by=client)
    except ThreeGoals:
        messages.warning(request, FULL)
    return redirect("journaling:goals")


def own_goal(client: Person, goal_id: UUID) -> Goal:
    """Raises Http404 for another's, as for none."""
    found: Goal | None = Goal.objects.of(client).filter(pk=goal_id).first()
    if found is None:
        raise Http404
    return found


def page_of(
    request: HttpRequest, mine: Goal, where: forms.BaseForm, other: forms.BaseForm, posted: forms.BaseForm
) -> HttpResponse:
    client = person_of(request)
    page: dict[str, Any] = {
        "goal": mine,
        "said": Whereabouts.objects.filter(client=client, goal=mine)[:SHOWN],
        "before": GoalBefore.objects.filter(client=client, goal=mine)[:SHOWN],
        "where": where,
        "other": other,
        "readers": readers_of(client),
        "now": timezone.now(),
    }
    return answer(request, "goals/goal.html", posted, page)


def waits(request: HttpRequest, goal: Goal) -> None:
    """Say it when a goal is the client's alone for a day."""
    if goal.ask_at and goal.ask_at > timezone.now():
        when = spoken_instant(goal.ask_at, ZoneInfo(person_of(request).zone))
        messages.info(request, f"Kept, for you alone. After a session sharing waits: you can share it from {when}.")
