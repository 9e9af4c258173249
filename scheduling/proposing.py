"""Proposing a course: a plan of dates that fit both calendars, kept to be looked at and changed. It holds no time."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people.models import Person
from koru.ui.times import spoken_day

from .booking import Asked, may_book, works_with
from .course_making import kinds_of, place_of, plan_for
from .course_planning import Planned, Stuck
from .models import AppointmentKind, Course, CourseDate, CourseTemplate
from .refusals import Refused
from .standing import traced

Starts = Mapping[int, datetime]


class NoPlan(Refused):
    """The open times don't suffice; `words` says for which meeting, and between which days."""


@neither
@transaction.atomic
def propose(template: CourseTemplate, *, client: Person, therapist: Person, by: Person, from_day: date) -> Course:
    """Keep a plan for a client, in the place of one proposed before. Raises NoPlan, or what stands in the way of any."""
    if by.is_client and not template.clients_may_propose:
        raise Http404
    for kind in kinds_of(template).values():
        may_book(Asked(kind=kind, therapist=therapist, place=place_of(kind), client=client), by)
    course = Course(client=client, therapist=therapist, template=template, from_day=from_day, proposed_by=by)
    return _planned(course, {}, {}, by)


@neither
@transaction.atomic
def change_date(course: Course, position: int, start: datetime, *, by: Person) -> Course:
    """Another time for one date. Those before it stand, those after it stay where they still can and are else planned anew."""
    starts = _starts_of(course)
    fixed = {place: at for place, at in starts.items() if place < position} | {position: start}
    return _anew(course, fixed, starts, by)


@neither
@transaction.atomic
def propose_again(course: Course, *, by: Person) -> Course:
    """The same with what is open now, as near as can be to what it was: after one of its times was taken."""
    return _anew(course, {}, _starts_of(course), by)


@narrows
@transaction.atomic
def let_course_go(course: Course, *, by: Person) -> None:
    """What is proposed is gone; booked dates stay. Twice is as once."""
    check_theirs(course, by)
    with traced(course.client, by, "course let go", course.pk):
        Course.objects.filter(pk=course.pk, state=Course.State.PROPOSED).delete()


def proposed_to(client: Person) -> Course | None:
    """What waits for the client to look at it. One query."""
    rows = Course.objects.filter(client=client, state=Course.State.PROPOSED)
    return rows.select_related("client", "therapist", "template", "proposed_by").first()


def may_plan() -> bool:
    """Whether the clinic offers a course that clients put together themselves."""
    return CourseTemplate.objects.filter(is_offered=True, clients_may_propose=True).exists()


def check_theirs(course: Course, by: Person) -> None:
    """A course is the client's, their therapist's and the desk's; to anybody else it isn't there."""
    if by.pk != course.client_id and not by.is_desk and not (by.is_therapist and works_with(by, course.client)):
        raise Http404


def _starts_of(course: Course) -> dict[int, datetime]:
    return dict(course.dates.values_list("position", "start"))


def _anew(course: Course, fixed: Starts, wanted: Starts, by: Person) -> Course:
    """On the terms of whoever proposed it, though somebody else changes it."""
    check_theirs(course, by)
    if course.state != Course.State.PROPOSED:
        raise Http404
    fresh = Course(
        client=course.client,
        therapist=course.therapist,
        template=course.template,
        from_day=course.from_day,
        proposed_by=course.proposed_by,
    )
    return _planned(fresh, fixed, wanted, by)


def _planned(course: Course, fixed: Starts, wanted: Starts, by: Person) -> Course:
    kinds = kinds_of(course.template)
    found = plan_for(course, kinds, timezone.now(), fixed, wanted)
    if isinstance(found, Stuck):
        raise NoPlan(_stuck_words(found, kinds))
    Course.objects.filter(client=course.client, state=Course.State.PROPOSED).delete()
    with traced(course.client, by, "course proposed", course.pk):
        course.save(force_insert=True)
        _keep(course, found, kinds, wanted)
    return course


def _keep(course: Course, found: list[Planned], kinds: Mapping[str, AppointmentKind], wanted: Starts) -> None:
    made: list[CourseDate] = []
    for position, one in enumerate(found):
        kind = kinds[one.kind]
        date_of = CourseDate(course=course, position=position, kind=kind, place=place_of(kind), start=one.start)
        date_of.follows = made[one.follows] if one.follows is not None else None
        date_of.changed = bool(wanted) and wanted.get(position) != one.start
        date_of.save(force_insert=True)
        made.append(date_of)


def _stuck_words(stuck: Stuck, kinds: Mapping[str, AppointmentKind]) -> str:
    last = max(stuck.first, stuck.last)
    days = f"between {spoken_day(stuck.first)} and {spoken_day(last)}"
    return (
        f"No plan fits: meeting {stuck.number} ({kinds[stuck.kind].name}) has no open time {days} that leaves room for the rest."
    )
