"""A therapist's sick day at the desk: whose, then everybody they were to meet, one by one or the easy ones together."""

from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.clinic import clinic_today, clinic_zone
from koru.people.models import Person
from koru.people.permissions import desk_required, person_of
from koru.ui.forms import answer
from scheduling.absent import ChangedAlready, begin_absence, end_absence, if_unchanged, note_call, open_absences
from scheduling.cancelling import cancel
from scheduling.conflicts import leave_as_it_is
from scheduling.guiding import line_of
from scheduling.handing_over import hand_over
from scheduling.models import Absence, Affected, Appointment
from scheduling.moving import move
from scheduling.reasons import THERAPIST_AWAY
from scheduling.refusals import Refused
from scheduling.sitting_in import sit_in

from .appointment_views import opened
from .away_forms import AwayForm, Given, WayForm, instant_said, triple_said
from .away_page import guide_of, ways_for, when_words

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@desk_required
def away(request: HttpRequest) -> HttpResponse:
    """Who can't be there. Posting closes their time and opens the guide; nobody is told anything by that."""
    form = AwayForm(request.POST if request.method == "POST" else None, today=clinic_today())
    if form.is_valid():
        said = form.cleaned_data
        absence = begin_absence(said["person"], said["first"], said["last"], by=person_of(request), opens=said["opens"])
        return redirect("desk:away_guide", absence.pk)
    going_on = [(one, when_words(one)) for one in open_absences(timezone.now())]
    return answer(request, "desk/away.html", form, {"going_on": going_on})


@require_safe
@desk_required
def guide(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    absence = _absence(absence_id)
    shown = guide_of(absence, person_of(request), timezone.now(), clinic_zone())
    return render(request, "desk/away_guide.html", {"guide": shown, "absence": absence})


@require_http_methods(FORM)
@desk_required
def one(request: HttpRequest, absence_id: UUID, appointment_id: UUID) -> HttpResponse:
    """One person, through their record: how to reach them, and the ways that are open."""
    by, now, zone = person_of(request), timezone.now(), clinic_zone()
    with opened(appointment_id, by) as found:
        affected = get_object_or_404(Affected.objects.select_related("absence__person"), absence=absence_id, appointment=found)
        affected.appointment = found
        line = line_of(affected, now, zone)
        ways = ways_for(line, by, now, zone, now.astimezone(zone).date()) if line.open else []
        form = _way_form(request, ways, found)
        page = {"line": line, "absence": affected.absence, "phone": _phone(found), "zone": zone}
    if form.is_bound and not line.open:
        return _back(request, absence_id, f"{line.name}: this is settled already. {line.words}.", refused=True)
    if form.is_valid():
        return _do(request, affected, form, by, zone)
    return answer(request, "desk/away_one.html", form, page)


def _way_form(request: HttpRequest, ways: list[tuple[str, str]], found: Appointment) -> WayForm:
    posted = request.POST if request.method == "POST" else None
    return WayForm(posted, ways=ways, initial={"way": ways[0][0] if ways else "", "revision": found.revision})


def _phone(found: Appointment) -> str:
    someone = found.client or found.request
    return str(someone.phone) if someone else ""


def _do(request: HttpRequest, affected: Affected, form: WayForm, by: Person, zone: ZoneInfo) -> HttpResponse:
    name, value = form.parts
    deeds: dict[str, Callable[[Appointment], object]] = {
        "give": lambda it: hand_over(it, get_object_or_404(Person.objects.therapists(), pk=value), by=by),
        "beside": lambda it: _sit_in(it, affected.absence, get_object_or_404(Person, pk=value), by),
        "alone": lambda it: _sit_in(it, affected.absence, None, by),
        "move": lambda it: move(it, instant_said(value), by=by, reason=THERAPIST_AWAY),
        "call": lambda _: note_call(affected, by=by),
        "stay": lambda it: leave_as_it_is(it, by=by),
        "cancel": lambda it: cancel(it, by=by, reason=THERAPIST_AWAY),
    }
    try:
        if_unchanged(affected.appointment_id, form.cleaned_data["revision"], deeds[name])
    except Refused as refused:
        return _back(request, affected.absence_id, refused.words, refused=True)
    now = Affected.objects.select_related(
        "absence__person", "called_by", "appointment__therapist", "appointment__second_person"
    ).get(pk=affected.pk)
    return _back(request, affected.absence_id, f"{line_of(now, timezone.now(), zone).words}.")


@require_POST
@desk_required
def easy(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """Those ticked keep their time with whom the page has named; each by itself, so that one refusal stops no other."""
    absence, by = _absence(absence_id), person_of(request)
    given = list(filter(None, map(triple_said, request.POST.getlist("give"))))
    listed = set(absence.affected.values_list("appointment", flat=True))
    people = Person.objects.in_bulk([one.person for one in given])
    told = [_give(one, absence, people[one.person], by) for one in given if one.appointment in listed and one.person in people]
    done = told.count("")
    words = f"{done} {'keeps its time' if done == 1 else 'keep their time'}."
    return _back(request, absence_id, " ".join([words, *filter(None, told)]), refused=done < len(told))


def _give(said: Given, absence: Absence, to: Person, by: Person) -> str:
    """Empty when it is done, else why not."""

    def act(found: Appointment) -> Appointment:
        leads = found.therapist_id == absence.person_id
        return hand_over(found, to, by=by) if leads else _sit_in(found, absence, to, by)

    try:
        if_unchanged(said.appointment, said.revision, act)
    except Refused as refused:
        return refused.words
    return ""


def _sit_in(found: Appointment, absence: Absence, person: Person | None, by: Person) -> Appointment:
    """In the place of who is away, unless somebody has seen to that meanwhile."""
    if found.second_person_id != absence.person_id:
        raise ChangedAlready
    return sit_in(found, person, by=by, reason=THERAPIST_AWAY)


@require_POST
@desk_required
def back(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    absence = _absence(absence_id)
    end_absence(absence, by=person_of(request))
    return _back(request, absence_id, f"{absence.person} is here after all. Their time is open again.")


def _absence(absence_id: UUID) -> Absence:
    return get_object_or_404(Absence.objects.select_related("person", "begun_by", "back_by"), pk=absence_id)


def _back(request: HttpRequest, absence_id: UUID, words: str, **how: Any) -> HttpResponse:
    (messages.warning if how.get("refused") else messages.success)(request, words)
    return redirect("desk:away_guide", absence_id)
