"""How letters fare, and what becomes of those that did not arrive."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from koru.people.clinic import clinic_zone
from koru.people.permissions import desk_required, person_of
from koru.reminders.models import Letter
from koru.reminders.not_arrived import put_aside, send_again
from scheduling.looking import as_uuid

from .letters_page import letters_page


@require_safe
@desk_required
def letters(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/letters.html", {"page": letters_page(timezone.now(), clinic_zone())})


@require_POST
@desk_required
def again(request: HttpRequest) -> HttpResponse:
    """One of them, or all."""
    number = send_again(_named(request), by=person_of(request))
    messages.success(request, _said(number, "goes out again within a minute", "go out again within a minute"))
    return redirect("desk:letters")


@require_POST
@desk_required
def aside(request: HttpRequest) -> HttpResponse:
    number = put_aside(_named(request), by=person_of(request))
    messages.success(request, _said(number, "is put aside", "are put aside"))
    return redirect("desk:letters")


def _named(request: HttpRequest) -> QuerySet[Letter]:
    """The one that the form names, or all if it says so."""
    if request.POST.get("letter") == "all":
        return Letter.objects.all()
    letter = as_uuid(request.POST.get("letter", ""))
    if letter is None:
        raise Http404
    return Letter.objects.filter(pk=letter)


def _said(number: int, one: str, many: str) -> str:
    if number == 0:
        return "That was done already."
    return f"One letter {one}." if number == 1 else f"{number} letters {many}."
