"""Moving on the timetable itself: where an appointment can go on the day shown, and giving it that time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from koru.people.clinic import clinic_zone
from koru.people.models import Person
from koru.people.permissions import desk_required, person_of
from koru.ui.times import short_day, spoken_time
from scheduling.models import Appointment
from scheduling.moving import move
from scheduling.moving_list import offer_to_move
from scheduling.open_times import open_times
from scheduling.refusals import NoSuchTime, Refused, TooLate
from scheduling.standing import change_until

from .appointment_views import opened
from .book_forms import DropForm
from .day import Day
from .slots import whole_day
from .timetable import Place
from .today_views import shown_day


@dataclass(frozen=True, slots=True)
class Spot:
    """An open start as a place on the timetable."""

    start: datetime
    words: str
    place: Place


@dataclass(frozen=True, slots=True)
class Said:
    """What came of it, in words. `back` is the start to go back to while it can be undone."""

    words: str
    tone: str
    appointment: UUID
    back: datetime | None = None
    reason: str = ""


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
            "form": DropForm(None, zone=day.zone) if now > change_until(found) else None,
        }
        return render(request, "desk/_starts.html", context)


def _spots(found: Appointment, by: Person, day: Day, now: datetime) -> list[Spot]:
    wish, only, _ = offer_to_move(found, by, now)
    open_then = only(open_times(wish, whole_day(day.on, day.zone), now=now))
    others = sorted({one.start for one in open_then} - {found.starts})
    return [Spot(at, spoken_time(at.astimezone(day.zone)), _place(day, at, found.span.minutes)) for at in others]


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
        messages.add_message(request, messages.SUCCESS if said.back else messages.WARNING, said.words)
        return redirect(f"{reverse('desk:today')}?day={found.span.start.astimezone(clinic_zone()).date()}")
    day = shown_day(request, timezone.now(), clinic_zone())
    return render(request, "desk/_dropped.html", {"day": day, "said": said}, status=200 if said.back else 422)


def _moved(found: Appointment, form: DropForm, by: Person) -> Said:
    was, reason = found.starts, form.cleaned_data["reason"]
    try:
        now_at = move(found, form.cleaned_data["start"], by=by, reason=reason)
    except Refused as refused:
        return _refused(found, refused)
    return Said(f"Moved to {_when(now_at.starts)}. They are told in two minutes.", "fern", found.pk, was, reason)


def _refused(found: Appointment, refused: Refused) -> Said:
    near = [] if isinstance(refused, TooLate) else [_when(one.start) for one in refused.nearest]
    nearest = f" Open nearby: {'; '.join(near)}." if near else ""
    return Said(f"{refused.words} It stays at {_when(found.starts)}.{nearest}", "straw", found.pk)


def _when(at: datetime) -> str:
    local = at.astimezone(clinic_zone())
    return f"{short_day(local.date())}, {spoken_time(local)}"
