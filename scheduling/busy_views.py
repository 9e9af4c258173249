"""A therapist's other calendars: their own page. It never shows an address again."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.clinic import clinic_zone
from koru.people.permissions import clinic_required, person_of, therapist_required
from koru.ui.forms import KoruForm

from .busy import BusyCalendar
from .busy_elsewhere import MOST, Enough, NotThatHost, add_calendar, booked_meanwhile, remove_calendar


class CalendarForm(KoruForm):
    address = forms.CharField(
        label="Address of the calendar",
        max_length=2000,
        help_text="Your calendar calls it “secret address”, “iCal link” or “public calendar”. It begins with https or webcal.",
    )

    def clean_address(self) -> str:
        said = str(self.cleaned_data["address"]).strip()
        return f"https{said[6:]}" if said.lower().startswith("webcal:") else said


@require_http_methods(["GET", "HEAD", "POST"])
@therapist_required
def busy_calendars(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, CalendarForm())
    form = CalendarForm(request.POST)
    if not form.is_valid() or not _added(request, form):
        return _page(request, form, status=422)
    messages.success(request, "Added. It is read within a minute, and every quarter of an hour from then on.")
    return redirect("scheduling:busy_calendars")


def _added(request: HttpRequest, form: CalendarForm) -> bool:
    """Whether it was; otherwise the reason stands beside the field."""
    person = person_of(request)
    try:
        add_calendar(person, form.cleaned_data["address"], by=person)
    except NotThatHost:
        form.add_error("address", f"Calendars are read from these places alone: {places()}.")
    except Enough:
        form.add_error("address", f"{MOST} calendars are read for you already. Remove one first.")
    return form.is_valid()


@require_POST
@clinic_required
def remove(request: HttpRequest, calendar_id: UUID) -> HttpResponse:
    calendar = get_object_or_404(BusyCalendar.objects.select_related("therapist"), pk=calendar_id)
    remove_calendar(calendar, by=person_of(request))
    messages.success(request, "Removed. What it said is forgotten, and those times are open again.")
    if person_of(request).is_therapist:
        return redirect("scheduling:busy_calendars")
    return redirect(f"{reverse('scheduling:hours')}?of={calendar.therapist_id}")


def places() -> str:
    """From where calendars may be read, in words."""
    return ", ".join(host.removeprefix(".") for host in settings.KORU_CALENDAR_HOSTS)


def _page(request: HttpRequest, form: CalendarForm, status: int = 200) -> HttpResponse:
    person = person_of(request)
    context = {
        "form": form,
        "calendars": BusyCalendar.objects.filter(therapist=person),
        "zone": clinic_zone(),
        "meanwhile": booked_meanwhile(person, timezone.now()),
        "places": places(),
    }
    return render(request, "scheduling/busy_calendars.html", context, status=status)
