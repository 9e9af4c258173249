"""The keepsake: seen as it will be, part by part, and taken along as a page or as a PDF. From the goodbye on, for good."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from journaling.gathering import leave_out
from journaling.keepsakes import KeepsakePart
from koru.people.endings import StepName
from koru.people.models import Person
from koru.people.parting import done_by_client
from koru.people.permissions import asked_first, client_required, person_of
from koru.privacy.door import open_record
from koru.ui.forms import answer
from moodtracking.calm import calm_page, is_asked_for_anyway

from . import keepsake_file, keepsake_pdf
from .goodbye_views import newest_of
from .keepsake import KeepsakeTold, told_of
from .keepsake_forms import PartsForm

WHY = "own keepsake"
LOOK = "See your keepsake all the same"
LONGEST_PDF = 600_000
TOO_MUCH = "That is more than one PDF can hold, about 200 pages. The page (HTML) holds all of it."
AGAIN = "Before the file is made: say once more that it is you."


@require_safe
@client_required
def keepsake(request: HttpRequest) -> HttpResponse:
    client = person_of(request)
    told = told_to(client)
    if told.along.back.calm and not is_asked_for_anyway(request):
        return calm_page(request, LOOK)
    return shown(request, told, PartsForm(initial={"parts": [one for one in KeepsakePart.values if one not in told.left_out]}))


@require_POST
@client_required
def parts(request: HttpRequest) -> HttpResponse:
    """Which parts go in, all at once."""
    client = person_of(request)
    newest_of(client)
    form = PartsForm(request.POST)
    if form.is_valid():
        leave_out(form.left_out, by=client)
        messages.success(request, "Saved. This is how it is now.")
        return redirect("today:keepsake")
    return shown(request, told_to(client), form)


def shown(request: HttpRequest, told: KeepsakeTold, form: PartsForm) -> HttpResponse:
    return answer(request, "today/keepsake.html", form, {"told": told, "on_page": True})


def told_to(client: Person) -> KeepsakeTold:
    """Raises Http404 for somebody who hasn't begun to say goodbye."""
    ending = newest_of(client)
    with open_record(client, by=client, why=WHY) as record:
        return told_of(record, ending)


@require_POST
@client_required
def as_page(request: HttpRequest) -> HttpResponse:
    """One file that opens in any browser, with no network."""
    return taken_along(request, "html", lambda told: keepsake_file.page(told).encode())


@require_POST
@client_required
def as_pdf(request: HttpRequest) -> HttpResponse:
    return taken_along(request, "pdf", keepsake_pdf.document)


TYPES = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}


def taken_along(request: HttpRequest, kind: str, made: Callable[[KeepsakeTold], bytes]) -> HttpResponse:
    """The file, under a name that says nothing of whose it is. It counts as words in one's own hands."""
    client = person_of(request)
    newest_of(client)
    back = reverse("today:keepsake")
    first = asked_first(request, f"{back}#take")
    if first:
        messages.info(request, AGAIN)
        return first
    told = told_to(client)
    if kind == "pdf" and told.weight > LONGEST_PDF:
        messages.warning(request, TOO_MUCH)
        return redirect(back)
    file = HttpResponse(made(told), content_type=TYPES[kind])
    file["Content-Disposition"] = f'attachment; filename="koru-keepsake.{kind}"'
    file["Cache-Control"] = "no-store"
    done_by_client(StepName.EXPORT, by=client)
    return file
