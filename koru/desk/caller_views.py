"""A free talk for somebody new on the phone: name, number, and one press on a time."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from koru.people.clinic import clinic_zone
from koru.people.models import Person
from koru.people.permissions import desk_required, person_of
from koru.ui.forms import answer
from koru.ui.text import tidied
from scheduling.choosing import Clock
from scheduling.consultation import kind_of_talk
from scheduling.looking import monday_said
from scheduling.models import Appointment, AppointmentKind
from scheduling.refusals import Refused
from scheduling.week_pages import week_page

from .book_forms import CallerForm
from .calling import Caller, book_caller, wish_for_caller
from .finding import digits_of
from .first_open import first_open, pressed

KEPT = ("name", "phone", "email", "place", "start")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_required
def caller(request: HttpRequest) -> HttpResponse:
    """What was typed in the search box is the name or the number already. `show` asks for times alone."""
    by, kind, zone = person_of(request), kind_of_talk(), clinic_zone()
    clock = Clock(zone, zone, kind.minutes)
    posted = request.method == "POST" and "show" not in request.POST
    form = CallerForm(pressed(request.POST) if posted else None, zone=clock.leading, initial=_said(request))
    refused, chosen = None, form.chosen_start()
    if form.is_valid():
        try:
            made = _booked(kind, form, zone, by)
        except Refused as answered:
            refused = answered
            form.add_error("start", refused.words)
        else:
            messages.success(
                request, "Booked. " + ("A mail is on its way." if form.cleaned_data["email"] else "Tell them the time.")
            )
            return redirect("desk:appointment", made.pk)
    wish, now = wish_for_caller(kind, _place(form), by), timezone.now()
    monday = monday_said((request.POST if posted else request.GET).get("week", ""))
    week = week_page(wish, clock, monday, now=now, refused=refused, chosen=chosen)
    form.show(week.values)
    return answer(request, "desk/caller.html", form, {"week": week, "first": first_open(wish, clock, now)})


def _said(request: HttpRequest) -> dict[str, str]:
    if request.method == "POST":
        return {name: tidied(str(value)).text for name, value in request.POST.dict().items() if name in KEPT}
    said = tidied(request.GET.get("q", "")).text.strip()
    return {"phone": said} if digits_of(said) else {"name": said[:80]}


def _place(form: CallerForm) -> str:
    said = str(form["place"].value())
    return said if said in ("phone", "video") else "phone"


def _booked(kind: AppointmentKind, form: CallerForm, zone: ZoneInfo, by: Person) -> Appointment:
    said = form.cleaned_data
    who = Caller(said["name"], said["phone"], said["place"], zone.key, said["email"].strip().lower())
    return book_caller(kind, who, said["start"], by=by, key=said["key"])
