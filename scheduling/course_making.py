"""From a template and the open times of both calendars to a plan: what the planner needs, asked of the database."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import QuerySet

from koru.moments.spans import Span
from koru.people.clinic import clinic_zone
from koru.people.stages import stage_of

from .course_planning import Gap, Meeting, Planned, Search, Shape, Stuck
from .models import AppointmentKind, Course, CourseStep, CourseTemplate, Place
from .open_times import Wish, open_times

Starts = Mapping[int, datetime]
BEYOND = timedelta(days=5)  # for what follows the last meeting


def kinds_of(template: CourseTemplate) -> dict[str, AppointmentKind]:
    return {kind.pk: kind for step in _steps(template) for kind in (step.kind, step.followed_by) if kind}


def _steps(template: CourseTemplate) -> QuerySet[CourseStep]:
    return CourseStep.objects.filter(template=template).select_related("kind", "followed_by").order_by("position")


def place_of(kind: AppointmentKind) -> Place:
    """The usual one of that kind."""
    return kind.places[0]


def wish_of(course: Course, kind: AppointmentKind) -> Wish:
    """On the terms of whoever proposed it: what the clinic offers needs no notice of the client."""
    return Wish(
        kind=kind,
        by=course.proposed_by,
        client=course.client,
        therapists=(course.therapist_id,),
        place=place_of(kind),
    )


def meetings_of(course: Course, kinds: Mapping[str, AppointmentKind]) -> list[Meeting]:
    """Every meeting in a row; where client and therapist have agreed on weeks, the later ones keep them."""
    stage = stage_of(course.client)
    return list(_meetings(course.template, kinds, stage.weeks if stage else None))


def _meetings(template: CourseTemplate, kinds: Mapping[str, AppointmentKind], weeks: int | None) -> Iterator[Meeting]:
    for step in _steps(template):
        gap = Gap(step.least, step.most, step.grows_by, step.spaced)
        then = _shape(kinds[step.followed_by_id]) if step.followed_by_id else None
        for number in range(step.times):
            yield gap.meeting(number, weeks, _shape(kinds[step.kind_id]), then)


def _shape(kind: AppointmentKind) -> Shape:
    return Shape(kind.pk, kind.minutes, kind.before, kind.after, kind.rest_hours, kind.rest_days)


def plan_for(
    course: Course, kinds: Mapping[str, AppointmentKind], now: datetime, fixed: Starts, wanted: Starts
) -> list[Planned] | Stuck:
    """One question a kind. Raises what stands in the way of all: a consent, a clearance, the day after a session."""
    return _search(course, kinds, now, fixed, wanted).plan()


def choices_for(course: Course, position: int, now: datetime) -> list[datetime]:
    """The starts that one date can be given so that the dates before it stand and those after it find a place."""
    starts = dict(course.dates.values_list("position", "start"))
    kinds = kinds_of(course.template)
    search = _search(course, kinds, now, {}, starts)
    before = {place: at for place, at in starts.items() if place < position}
    there = search.openings[course.dates.get(position=position).kind_id]
    tried = (replace(search, fixed=before | {position: start}, dead=set(), furthest=0) for start in there)
    return [one.fixed[position] for one in tried if not isinstance(one.plan(), Stuck)]


def _search(course: Course, kinds: Mapping[str, AppointmentKind], now: datetime, fixed: Starts, wanted: Starts) -> Search:
    meetings = meetings_of(course, kinds)
    reach = timedelta(days=sum(meeting.most for meeting in meetings) + (course.from_day - now.date()).days) + BEYOND
    span = Span(now, now + max(reach, BEYOND))
    openings = {name: _openings(wish_of(course, kind), span, now) for name, kind in kinds.items()}
    return Search(meetings, openings, course.from_day, clinic_zone(), fixed, wanted)


def _openings(wish: Wish, span: Span, now: datetime) -> list[datetime]:
    terms = wish.terms(now)
    if terms.refusal:
        raise terms.refusal
    return [one.start for one in open_times(wish, span, now=now, terms=terms)]
