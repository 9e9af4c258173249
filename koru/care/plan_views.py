"""The plan of one client, and a form for each thing that can be added to it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from journaling import assigning
from koru.people import spacing, stages
from koru.people.permissions import person_of, therapist_required
from koru.practices import picking
from koru.privacy.door import Record, open_record
from moodtracking import fewer_notes, own_items
from moodtracking.load import TooMuch, check_room
from moodtracking.measures.assigning import CannotAssign
from moodtracking.measures.offering import usable
from moodtracking.picking import CannotPick, pick
from moodtracking.seeing_less import monthly_is_used
from moodtracking.steady_weeks import pace_of

from . import courses
from .plan import forms_of, plan_of
from .plan_forms import ChoiceForm, CourseForm, DepthForm, MeasureForm, PickForm, StageForm, SuggestForm
from .putting_in import ask_for, put_into_plan
from .typing_plan import let_go, waiting

Deed = Callable[[Record], UUID]
REFUSALS = (
    CannotPick,
    CannotAssign,
    TooMuch,
    own_items.CannotPropose,
    assigning.CannotAssign,
    stages.CannotSet,
    picking.CannotPick,
    fewer_notes.CannotSuggest,
)
NOW_ASKED = "The check-in asks about it from now on."


def page(request: HttpRequest, record: Record, posted: forms.BaseForm | None = None) -> HttpResponse:
    """The whole plan, with what was posted still in its form."""
    plan = plan_of(record)
    typed = waiting(record.client, record.reader)
    shown = forms_of(plan, typed, posted)
    context = {"plan": plan, "typed": typed, "client": record.client, "forms": shown, "wrong": posted or shown["pick"], **shown}
    return render(request, "care/plan.html", context, status=422 if posted is not None else 200)


@dataclass(frozen=True, slots=True)
class Step:
    """What a form does: the deed, the words once it is done, and the field beside which a refusal stands."""

    deed: Deed
    words: str
    field: str | None = None


def put_in(request: HttpRequest, record: Record, form: forms.BaseForm, step: Step) -> HttpResponse:
    """Do what the form asks for and say so; or the page again, with why not."""
    if form.is_valid():
        try:
            with transaction.atomic():
                about = step.deed(record)
        except REFUSALS as reason:
            form.add_error(step.field, str(reason))
        else:
            record.looked_at("plan changed", about)
            if key := form.cleaned_data.get("key"):
                let_go(record.client, key, by=record.reader)
            messages.success(request, step.words)
            return redirect("care:plan", record.client.pk)
    return page(request, record, form)


@require_http_methods(["GET", "HEAD", "POST"])
@therapist_required
def plan(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The page; a POST to it picks a symptom."""
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        if request.method != "POST":
            return page(request, record)
        form = PickForm(request.POST, plan_of(record).followed.symptoms)

        def picked(record: Record) -> UUID:
            return pick(form.cleaned_data["symptom"], record=record, by=record.reader).pk

        return put_in(request, record, form, Step(picked, NOW_ASKED, "symptom"))


@require_POST
@therapist_required
def propose(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """A question in their own words: asked once the client agrees."""
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        form = SuggestForm(request.POST, auto_id="own_%s")

        def proposed(record: Record) -> UUID:
            key = form.cleaned_data["key"]
            return own_items.propose(form.proposal, record=record, key=key, by=record.reader).pk

        words = f"Suggested. It is asked once {record.client.display_name} agrees."
        return put_in(request, record, form, Step(proposed, words, "words"))


@require_POST
@therapist_required
def choose(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Something to write about."""
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        now = plan_of(record)
        form = ChoiceForm(request.POST, now.ceiling)

        def chosen(record: Record) -> UUID:
            more = now.load.chosen + assigning.minutes_of(form.choice)
            check_room(replace(now.load, chosen=more), now.load)
            return assigning.assign(form.choice, record=record, key=form.cleaned_data["key"], by=record.reader).pk

        return put_in(request, record, form, Step(chosen, "It is offered first from now on."))


@require_POST
@therapist_required
def set_depth(request: HttpRequest, client_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        form = DepthForm(request.POST)

        def deepened(record: Record) -> UUID:
            assigning.set_depth(form.cleaned_data["depth"], record=record, by=record.reader)
            return record.client.pk

        return put_in(request, record, form, Step(deepened, "Set.", "depth"))


@require_POST
@therapist_required
def add_measure(request: HttpRequest, client_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        form = MeasureForm(request.POST, usable())

        def added(record: Record) -> UUID:
            said = form.cleaned_data
            return ask_for(record, [form.wanted], threshold=said["threshold"], shows=said["shows"])

        return put_in(request, record, form, Step(added, "Added to the plan.", "measure"))


@require_POST
@therapist_required
def add_course(request: HttpRequest, client_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        form = CourseForm(request.POST)

        def added(record: Record) -> UUID:
            return put_into_plan(record, courses.load()[form.cleaned_data["course"]], form.cleaned_data["key"])

        return put_in(request, record, form, Step(added, "Added to the plan.", "course"))


@require_POST
@therapist_required
def set_stage(request: HttpRequest, client_id: UUID) -> HttpResponse:
    with open_record(client_id, by=person_of(request), why="plan", to_change=True) as record:
        pace = pace_of(record.client, timezone.now())
        form = StageForm(request.POST, pace.may_suggest, monthly=monthly_is_used())

        def agreed(record: Record) -> UUID:
            name, weeks = form.said
            if weeks is None:
                stages.set_stage(name, client=record.client, by=record.reader)
            else:
                monthly = bool(form.cleaned_data.get("monthly"))
                spacing.propose(weeks, client=record.client, monthly=monthly, by=record.reader)
            if form.cleaned_data.get("fewer") and pace.step:
                fewer_notes.suggest(pace.step, record=record, by=record.reader)
            return record.client.pk

        name = record.client.display_name
        less = form.is_valid() and form.said[1] is not None
        words = f"Proposed. It stands once {name} says yes." if less else f"Kept. {name} reads it too."
        return put_in(request, record, form, Step(agreed, words, "stage"))
