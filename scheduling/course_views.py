"""A course on one page: proposed whole, each date changeable, booked all at once. The client's own, and the clinic's for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from koru.people.clinic import clinic_today, the_clinic
from koru.people.models import Person
from koru.people.permissions import person_of, person_required
from koru.privacy.door import open_record
from koru.ui.forms import answer

from .course_booking import DateGone, book_course
from .course_forms import BookCourseForm, ProposeForm
from .course_lines import clock_of, clocks_of, days_to_choose, lines_of
from .course_making import choices_for
from .looking import own_therapists
from .models import Course, CourseTemplate
from .proposing import NoPlan, change_date, let_course_go, propose, propose_again, proposed_to
from .refusals import Refused
from .session_forms import StartForm

PAGE = ["GET", "HEAD", "POST"]
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Seat:
    """Who reads and acts, for whom, and where their pages are."""

    by: Person
    client: Person
    base: str
    path: str
    back: str

    @property
    def is_own(self) -> bool:
        return self.by == self.client

    @property
    def templates(self) -> list[CourseTemplate]:
        offered = CourseTemplate.objects.filter(is_offered=True).order_by("name")
        return list(offered.filter(clients_may_propose=True) if self.is_own else offered)

    @property
    def therapist(self) -> Person | None:
        """A therapist plans their own; else the one who has worked with the client longest."""
        return self.by if self.by.is_therapist else next(iter(own_therapists(self.client)), None)


@contextmanager
def seat(request: HttpRequest, client_id: UUID | None) -> Iterator[Seat]:
    """A client at their own, or somebody of the clinic through the client's record: anybody else finds nothing."""
    by = person_of(request)
    if client_id is None:
        if not by.is_client:
            raise Http404
        yield Seat(by, by, "base_client.html", reverse("scheduling:course"), reverse("scheduling:sessions"))
        return
    if by.is_client:
        raise Http404
    with open_record(client_id, by=by, why="booking", to_change=True) as record:
        path = reverse("scheduling:course_of", args=[client_id])
        own = by.is_therapist
        back = f"/care/{client_id}/" if own else f"/desk/clients/{client_id}/"
        yield Seat(by, record.client, "base_therapist.html" if own else "base_staff.html", path, back)


@require_http_methods(PAGE)
@person_required
def course(request: HttpRequest, client_id: UUID | None = None) -> HttpResponse:
    """What is proposed, whole; without that, what could be. Posting has one proposed."""
    with seat(request, client_id) as here:
        posted = request.POST if request.method == "POST" else None
        today = clinic_today()
        form = ProposeForm(posted, templates=here.templates, today=today, last=today + YEAR)
        if form.is_valid() and here.therapist:
            template = get_object_or_404(CourseTemplate, pk=form.cleaned_data["template"])
            try:
                propose(
                    template, client=here.client, therapist=here.therapist, by=here.by, from_day=form.cleaned_data["from_day"]
                )
            except Refused as refused:
                form.add_error("template", refused.words)
            else:
                return redirect(here.path)
        return answer(request, "scheduling/course.html", form, _page(here))


def _page(here: Seat) -> dict[str, object]:
    clinic, now, found = the_clinic(), timezone.now(), proposed_to(here.client)
    return {
        "here": here,
        "base": here.base,
        "course": found,
        "lines": lines_of(found, here.by, clinic, now) if found else [],
        "clocks": clocks_of(found, here.by, clinic) if found else "",
        "booking": BookCourseForm(),
        "clinic": clinic,
    }


@require_http_methods(PAGE)
@person_required
def change(request: HttpRequest, position: int, client_id: UUID | None = None) -> HttpResponse:
    """Another time for one date: what is shown leaves room for all others."""
    with seat(request, client_id) as here:
        found, clinic = _proposed(here), the_clinic()
        date_of = get_object_or_404(found.dates.select_related("kind"), position=position)
        clock = clock_of(date_of, here.by, clinic)
        form = StartForm(request.POST if request.method == "POST" else None, zone=clock.leading)
        if chosen := form.chosen_start():
            try:
                change_date(found, position, chosen, by=here.by)
            except Refused as refused:
                form.add_error("start", refused.words)
            else:
                return redirect(f"{here.path}#date-{position}")
        days = days_to_choose(choices_for(found, position, timezone.now()), clock)
        form.show([slot.value for day in days for slot in day.slots])
        line = next(one for one in lines_of(found, here.by, clinic, timezone.now()) if one.position == position)
        told = {"here": here, "base": here.base, "days": days, "line": line, "chosen": form.chosen or date_of.start.isoformat()}
        return answer(request, "scheduling/course_date.html", form, told)


@require_POST
@person_required
def book(request: HttpRequest, client_id: UUID | None = None) -> HttpResponse:
    """All of it or nothing. Where a date was taken meanwhile, the nearest are proposed in its place."""
    form = BookCourseForm(request.POST)
    form.is_valid()
    key = form.cleaned_data["key"]
    with seat(request, client_id) as here:
        found = proposed_to(here.client)
        was_done = Course.objects.filter(client=here.client, key=key).exists()
    if found is None:
        return _done(request, here, was_done=was_done)
    try:
        book_course(found, by=here.by, key=key)
    except DateGone as gone:
        messages.error(request, _proposed_anew(found, here.by, gone))
        return redirect(here.path)
    except Refused as refused:
        messages.error(request, refused.words)
        return redirect(here.path)
    return _done(request, here, was_done=True)


def _done(request: HttpRequest, here: Seat, *, was_done: bool) -> HttpResponse:
    words = (
        "All of it is booked. One mail with the dates is on its way." if was_done else "These dates are not proposed any more."
    )
    messages.info(request, words)
    return redirect(here.back)


@require_POST
@person_required
def let_go(request: HttpRequest, client_id: UUID | None = None) -> HttpResponse:
    with seat(request, client_id) as here:
        if found := proposed_to(here.client):
            let_course_go(found, by=here.by)
    return redirect(here.back)


def _proposed(here: Seat) -> Course:
    found = proposed_to(here.client)
    if found is None:
        raise Http404
    return found


def _proposed_anew(found: Course, by: Person, gone: DateGone) -> str:
    try:
        propose_again(found, by=by)
    except NoPlan as none_fits:
        return f"{gone.words} {none_fits.words}"
    return f"{gone.words} The nearest that fit stand in its place, marked as changed."
