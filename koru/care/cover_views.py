"""Who covers for whom: the list, giving it, ending it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.clinic import clinic_today, clinic_zone
from koru.people.cover_days import days_of, lines_of
from koru.people.covering import CannotCover
from koru.people.permissions import person_of, therapist_required
from koru.privacy.door import open_caseload
from koru.privacy.standing import clients_of
from koru.ui.forms import answer

from . import cover_giving
from .cover_forms import CoverForm


@require_http_methods(["GET", "HEAD", "POST"])
@therapist_required
def covers(request: HttpRequest) -> HttpResponse:
    by, today = person_of(request), clinic_today()
    form = CoverForm(request.POST if request.method == "POST" else None, by=by, today=today)
    if form.is_bound and form.is_valid() and given(request, form):
        return redirect("care:covers")
    with open_caseload(by=by):
        lines = lines_of(cover_giving.seen_by(by), timezone.now())
        return answer(request, "care/covers.html", form, {"lines": lines, "readable": set(clients_of(by))})


def given(request: HttpRequest, form: CoverForm) -> bool:
    """Whether it could be given; else the form says why not."""
    said = form.cleaned_data
    span = days_of(said["first"], said["last"], clinic_zone())
    try:
        made = cover_giving.give(said["clients"], said["therapist"], span, said["reason"], by=person_of(request))
    except CannotCover as why:
        form.add_error("therapist", str(why))
        return False
    people = made[0].client.display_name if len(made) == 1 else f"{len(made)} people"
    messages.success(request, f"{said['therapist'].display_name} covers for {people}. They can read it, with your reason.")
    return True


@require_POST
@therapist_required
def end(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    cover = get_object_or_404(cover_giving.seen_by(person_of(request)), pk=cover_id)
    try:
        ended = cover_giving.end(cover, by=person_of(request))
    except CannotCover as no:
        raise Http404 from no
    name = cover.therapist.display_name
    messages.success(request, f"Ended. {name} reads no more from this minute." if ended else "It was over already.")
    return redirect("care:covers")
