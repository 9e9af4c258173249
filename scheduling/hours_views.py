"""When therapists are there: their own page, and the desk's for everybody. One page, one deed a button."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from koru.people.clinic import clinic_today, clinic_zone
from koru.people.models import Person
from koru.people.permissions import clinic_required, desk_required, person_of, therapist_required

from .conflicts import outside_hours
from .hours import add_day, add_weekly, end_weekly, may_set_hours, remove_day
from .hours_forms import DayForm, WeeklyForm
from .looking import as_uuid
from .models import AvailabilityException, AvailabilityRule

DAY = timedelta(days=1)


@require_safe
@therapist_required
def availability(request: HttpRequest) -> HttpResponse:
    """A therapist's own hours."""
    return _page(request, person_of(request))


@require_safe
@desk_required
def hours(request: HttpRequest) -> HttpResponse:
    """Anybody's hours, chosen by `therapist`; the first by name without it."""
    asked = request.GET.get("therapist", "")
    therapist = _therapist(person_of(request), as_uuid(asked)) if asked else _all_therapists().first()
    return _page(request, therapist)


@require_POST
@clinic_required
def add_hours(request: HttpRequest, therapist_id: UUID) -> HttpResponse:
    person = person_of(request)
    therapist = _therapist(person, therapist_id)
    form = WeeklyForm(request.POST)
    if not form.is_valid():
        return _page(request, therapist, weekly=form)
    said = form.cleaned_data
    until = said["until"] + DAY if said["until"] else None
    add_weekly(therapist, said["weekday"], said["opens"], said["closes"], said["starting"], until=until, by=person)
    return _done(request, therapist, "Kept. Open times follow from it at once.")


@require_POST
@clinic_required
def end_hours(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    rule = get_object_or_404(AvailabilityRule.objects.select_related("therapist"), pk=rule_id)
    end_weekly(rule, clinic_today(), by=person_of(request))
    return _done(request, rule.therapist, "Ended from today on.")


@require_POST
@clinic_required
def add_different_day(request: HttpRequest, therapist_id: UUID) -> HttpResponse:
    person = person_of(request)
    therapist = _therapist(person, therapist_id)
    form = DayForm(request.POST, from_desk=person.is_desk)
    if not form.is_valid():
        return _page(request, therapist, day=form)
    said = form.cleaned_data
    whose = None if said.pop("everybody", False) else therapist
    add_day(whose, by=person, **said)
    return _done(request, therapist, "Kept. What is booked on that day stays booked.")


@require_POST
@clinic_required
def remove_different_day(request: HttpRequest, day_id: UUID) -> HttpResponse:
    day = get_object_or_404(AvailabilityException.objects.select_related("therapist"), pk=day_id)
    remove_day(day, by=person_of(request))
    return _done(request, day.therapist, "Removed.")


def _all_therapists() -> QuerySet[Person]:
    return Person.objects.therapists().order_by("display_name")


def _therapist(person: Person, therapist_id: UUID) -> Person:
    """Through the right to change their hours; others are not there."""
    therapist = get_object_or_404(_all_therapists(), pk=therapist_id)
    if not may_set_hours(person, therapist):
        raise Http404
    return therapist


def _done(request: HttpRequest, therapist: Person | None, words: str) -> HttpResponse:
    messages.success(request, words)
    if person_of(request).is_therapist:
        return redirect("scheduling:availability")
    query = f"?therapist={therapist.pk}" if therapist else ""
    return redirect(f"/desk/hours/{query}")


def _page(
    request: HttpRequest, therapist: Person | None, weekly: WeeklyForm | None = None, day: DayForm | None = None
) -> HttpResponse:
    person, zone, now = person_of(request), clinic_zone(), timezone.now()
    today = now.astimezone(zone).date()
    context = {
        "base": "base_therapist.html" if person.is_therapist else "base_staff.html",
        "therapist": therapist,
        "therapists": [] if person.is_therapist else _all_therapists(),
        "zone": zone,
        "now": now,
        "rules": AvailabilityRule.objects.in_force_from(today).filter(therapist=therapist),
        "days": AvailabilityException.objects.concerning(therapist).filter(on__gte=today),
        "outside": outside_hours(therapist, zone, now) if therapist else [],
        "weekly": weekly or WeeklyForm(initial={"starting": today}),
        "day": day or DayForm(from_desk=person.is_desk),
    }
    return render(request, "scheduling/hours.html", context, status=422 if weekly or day else 200)
