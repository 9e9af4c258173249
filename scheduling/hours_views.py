"""When therapists are there and rooms open: their own page, and the desk's for everybody. A change shows what it touches."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from koru.people.permissions import clinic_required, desk_required, person_of, therapist_required
from koru.ui.forms import KoruForm

from .conflicts import Effect, try_change, with_people
from .hours import Whose, add_days, add_weekly, end_weekly, remove_days
from .hours_forms import DaysForm, WeekForm, WeeklyForm, day_after
from .hours_grid import differences
from .hours_page import Shown, page_of, shown
from .hours_week import hours_of, keep_week
from .looking import as_uuid, day_said
from .models import AvailabilityRule
from .refusals import Refused
from .working import week_on

KEPT = "Kept. Open times follow from it at once."


@require_safe
@therapist_required
def availability(request: HttpRequest) -> HttpResponse:
    """A therapist's own hours."""
    return _page(request, shown(person_of(request), None))


@require_safe
@desk_required
def hours(request: HttpRequest) -> HttpResponse:
    """Anybody's hours, a room's or the clinic's closed days, chosen by `of`; the first therapist by name without it."""
    asked = request.GET.get("of", "")
    return _page(request, shown(person_of(request), as_uuid(asked) if asked else None))


@require_POST
@clinic_required
def keep_hours(request: HttpRequest, whose_id: UUID) -> HttpResponse:
    """A whole week from a day on."""
    it = shown(person_of(request), whose_id)
    whose, form = _with_week(it), WeekForm(request.POST, today=it.today)
    if not form.is_valid():
        return _page(request, it, week=form)
    said = form.cleaned_data
    starting, until, wanted = said["starting"], day_after(said["until"]), said["at"]

    def change() -> None:
        keep_week(whose, wanted, starting, by=it.person, until=until, seen=said["seen"], today=it.today)

    changes = differences(week_on(hours_of(whose, it.today), starting), wanted)
    return _tried(request, it, change, KEPT, wrong={"week": form}, starting=starting, until=said["until"], changes=changes)


@require_POST
@clinic_required
def add_hours(request: HttpRequest, whose_id: UUID) -> HttpResponse:
    it = shown(person_of(request), whose_id)
    whose, form = _with_week(it), WeeklyForm(request.POST)
    if not form.is_valid():
        return _page(request, it, weekly=form)
    said = form.cleaned_data
    weekday, opens, closes, starting, until = (said[name] for name in ("weekday", "opens", "closes", "starting", "until"))

    def change() -> None:
        add_weekly(whose, weekday, opens, closes, starting, until=day_after(until), by=it.person)

    return _tried(request, it, change, KEPT, starting=starting, until=until)


@require_POST
@clinic_required
def end_hours(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    rule = get_object_or_404(AvailabilityRule.objects.select_related("therapist", "room"), pk=rule_id)
    it = shown(person_of(request), rule.whose.pk)
    return _tried(request, it, lambda: end_weekly(rule, it.today, by=it.person), "Ended from today on.", starting=it.today)


@require_POST
@clinic_required
def add_different_days(request: HttpRequest, whose_id: UUID) -> HttpResponse:
    it = shown(person_of(request), whose_id)
    form = DaysForm(request.POST, of_clinic=it.whose is None)
    if not form.is_valid():
        return _page(request, it, days=form)
    said = dict(form.cleaned_data)
    what, first, last = said.pop("what", "away"), said.pop("on"), said.pop("last")

    def change() -> None:
        add_days(it.whose, what, first, last, by=it.person, **said)

    return _tried(request, it, change, "Kept. What is booked then stays booked.", starting=first, until=last)


@require_POST
@clinic_required
def remove_different_days(request: HttpRequest, whose_id: UUID) -> HttpResponse:
    it = shown(person_of(request), whose_id)
    days = [as_uuid(value) for value in request.POST.getlist("day")]
    return _tried(request, it, lambda: remove_days(days, whose=it.whose, by=it.person), "Removed.")


def _with_week(it: Shown) -> Whose:
    """A clinic has closed days alone: a week of its own isn't there."""
    if it.whose is None:
        raise Http404
    return it.whose


def _tried(
    request: HttpRequest,
    it: Shown,
    change: Callable[[], object],
    words: str,
    wrong: dict[str, KoruForm] | None = None,
    **told: Any,
) -> HttpResponse:
    """Done, unless it touches what is booked: then that is shown first, and done when somebody says so."""
    try:
        effect = try_change(change, it.whose, request.POST.get("sure", ""))
    except Refused as refused:
        return _refused(request, it, refused, wrong)
    if not effect.done:
        return render(request, "scheduling/hours_preview.html", _preview(request, it, effect, told))
    if effect.touched:
        words = f"{words} {len(effect.touched)} booked outside of it stay booked, and wait at the desk."
    messages.success(request, words)
    return _back(it)


def _refused(request: HttpRequest, it: Shown, refused: Refused, wrong: dict[str, KoruForm] | None) -> HttpResponse:
    """Beside the form with what was typed; a button's answer goes to the top of the page."""
    if not wrong:
        messages.warning(request, refused.words)
        return _back(it)
    for form in wrong.values():
        form.add_error(None, refused.words)
    return _page(request, it, **wrong)


def _preview(request: HttpRequest, it: Shown, effect: Effect, told: Mapping[str, Any]) -> dict[str, Any]:
    """`told`: `starting` and `until`, and the `changes` of the week in words."""
    unsaid = {"csrfmiddlewaretoken", "sure"}
    said = [(name, value) for name, values in request.POST.lists() if name not in unsaid for value in values]
    return {
        "base": "base_therapist.html" if it.is_own else "base_staff.html",
        "shown": it,
        "touched": with_people(effect.touched),
        "seal": effect.seal,
        "said": said,
        **told,
    }


def _back(it: Shown) -> HttpResponse:
    return redirect("scheduling:availability") if it.is_own else redirect(f"/desk/hours/?of={it.key}")


def _page(request: HttpRequest, it: Shown, **wrong: Any) -> HttpResponse:
    """422 with everything typed when a form on it is wrong."""
    context = page_of(it, day_said(request.GET.get("from", "")), whole="whole" in request.GET or "whole" in request.POST, **wrong)
    return render(request, "scheduling/hours.html", context, status=422 if wrong else 200)
