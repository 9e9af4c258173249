"""Moving at the desk: a form with weeks, and on the timetable itself where it can go on the day shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from koru.people.clinic import clinic_zone
from koru.people.models import Person
from koru.people.permissions import desk_required, person_of
from koru.ui.forms import answer
from koru.ui.times import short_day, spoken_time
from scheduling.choosing import Clock
from scheduling.handing_over import move_to, who_may_meet
from scheduling.looking import monday_said
from scheduling.models import Appointment
from scheduling.moving_list import offer_to_move
from scheduling.open_times import open_times
from scheduling.refusals import NoSuchTime, Refused, TooLate
from scheduling.standing import change_until
from scheduling.week_pages import week_page

from .appointment_views import back_to, facts_of, opened
from .book_forms import DeskMoveForm, DropForm
from .day import Day
from .slots import whole_day
from .timetable import Place
from .today_views import shown_day


@dataclass(frozen=True, slots=True)
class Spot:
    """An open start as a place on the timetable, in the column of `therapist`. `whose`: their name, where it is another."""

    start: datetime
    words: str
    place: Place
    therapist: UUID
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What came of it, in words. `back` is the start to go back to while it can be undone with a tap."""

    words: str
    tone: str
    appointment: UUID
    back: datetime | None = None
    reason: str = ""
    done: bool = True


@require_http_methods(["GET", "HEAD", "POST"])
@desk_required
def move_for(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Another time, with whom they have or another who may meet them, and why."""
    by, said = person_of(request), request.POST if request.method == "POST" else request.GET
    with opened(appointment_id, by) as found:
        whom = Whom.said(found, said.get("therapist", ""))
        clock = Clock(clinic_zone(), ZoneInfo(by.zone), found.span.minutes)
        wish, only, along = offer_to_move(found, by, timezone.now())
    posted = request.POST if request.method == "POST" else None
    form = DeskMoveForm(posted, zone=clock.leading, initial={"therapist": whom.chosen.pk})
    refused, chosen = None, form.chosen_start()
    if form.is_valid():
        try:
            move_to(found, whom.chosen, form.cleaned_data["start"], by=by, reason=form.cleaned_data["reason"])
        except Refused as answered:
            refused = answered
            form.add_error("reason" if isinstance(refused, TooLate) else "start", refused.words)
        else:
            return back_to(request, appointment_id, "Moved. A mail tells them; nothing reminds of the old time.")
    wish, monday = replace(wish, therapists=(whom.chosen.pk,)), monday_said(said.get("week", ""))
    week = week_page(wish, clock, monday, now=timezone.now(), refused=refused, chosen=chosen, only=only)
    form.show(week.values)
    return answer(
        request, "desk/move.html", form, {**facts_of(found, timezone.now()), "week": week, "along": along, "whom": whom}
    )


@dataclass(frozen=True, slots=True)
class Whom:
    """Those who may meet them, the one they have first, and who is looked at."""

    people: Sequence[Person]
    chosen: Person

    @classmethod
    def said(cls, found: Appointment, words: str) -> "Whom":
        people = who_may_meet(found, timezone.now())
        return cls(people, next((one for one in people if str(one.pk) == words), found.therapist))

    @property
    def link(self) -> str:
        return f"?therapist={self.chosen.pk}&"


@require_safe
@desk_required
def starts(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """The open starts of the day shown, by the very question that the deed asks. Without scripts: the form with weeks."""
    by, now = person_of(request), timezone.now()
    if not request.headers.get("X-Requested-With"):
        return redirect("desk:move", appointment_id)
    with opened(appointment_id, by) as found:
        day = shown_day(request, now, clinic_zone())
        context = {
            "it": found,
            "day": day,
            "spots": _spots(found, by, day, now),
            "form": DropForm(None, zone=day.zone),
            "why": now > change_until(found),
        }
        return render(request, "desk/_starts.html", context)


def _spots(found: Appointment, by: Person, day: Day, now: datetime) -> list[Spot]:
    """With the therapist they have, and in the columns of others who may meet them, where columns are people."""
    wish, only, _ = offer_to_move(found, by, now)
    people = {one.pk: one for one in ([found.therapist] if day.by_room else who_may_meet(found, now))}
    whole = whole_day(day.on, day.zone)
    open_then = only(open_times(replace(wish, therapists=tuple(people)), whole, now=now))
    places = sorted(
        {(one.therapist_id, one.start) for one in open_then} - {(found.therapist_id, found.starts)}, key=itemgetter(1)
    )
    return [_spot(found, people[key], at, day) for key, at in places]


def _spot(found: Appointment, who: Person, at: datetime, day: Day) -> Spot:
    whose = who.display_name if who.pk != found.therapist_id else ""
    return Spot(at, spoken_time(at.astimezone(day.zone)), _place(day, at, found.span.minutes), who.pk, whose)


def _place(day: Day, at: datetime, minutes: int) -> Place:
    return Place(int((at - day.table.begins).total_seconds() // 60), minutes)


@require_POST
@desk_required
def drop(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Give it the time it was dropped on. Refused: in words, and it stays where it was. Undone in two minutes: nobody hears."""
    by = person_of(request)
    with opened(appointment_id, by) as found:
        form = DropForm(request.POST, zone=clinic_zone())
    said = _moved(found, form, by) if form.is_valid() else _refused(found, NoSuchTime())
    if not request.headers.get("HX-Request"):
        messages.add_message(request, messages.SUCCESS if said.done else messages.WARNING, said.words)
        return redirect(f"{reverse('desk:today')}?day={found.span.start.astimezone(clinic_zone()).date()}")
    day = shown_day(request, timezone.now(), clinic_zone())
    return render(request, "desk/_dropped.html", {"day": day, "said": said}, status=200 if said.done else 422)


def _moved(found: Appointment, form: DropForm, by: Person) -> Said:
    was, reason, start = found.starts, form.cleaned_data["reason"], form.cleaned_data["start"]
    whom = form.cleaned_data["therapist"] or found.therapist
    try:
        now_at = move_to(found, whom, start, by=by, reason=reason)
    except Refused as refused:
        return _refused(found, refused)
    if whom != found.therapist:
        words = f"{_when(now_at.starts)}, with {whom.display_name} now. Those whom it concerns are told in two minutes."
        return Said(words, "fern", found.pk)
    return Said(f"Moved to {_when(now_at.starts)}. They are told in two minutes.", "fern", found.pk, was, reason)


def _refused(found: Appointment, refused: Refused) -> Said:
    near = [] if isinstance(refused, TooLate) else [_when(one.start) for one in refused.nearest]
    nearest = f" Open nearby: {'; '.join(near)}." if near else ""
    return Said(f"{refused.words} It stays at {_when(found.starts)}.{nearest}", "straw", found.pk, done=False)


def _when(at: datetime) -> str:
    local = at.astimezone(clinic_zone())
    return f"{short_day(local.date())}, {spoken_time(local)}"
