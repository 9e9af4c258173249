"""Courses to test with: templates, and what has been proposed or booked of them."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from koru.people.models import Person
from koru.sealing.keyring import keyring
from scheduling.course_booking import book_course
from scheduling.models import Appointment, Course, CourseTemplate
from scheduling.proposing import propose

from .practice import Practice

FROM = date(2026, 11, 30)


def template(slug: str = "first-three") -> CourseTemplate:
    return CourseTemplate.objects.get(pk=slug)


def proposed(practice: Practice, slug: str = "first-three", by: Person | None = None, **changed: Any) -> Course:
    said: dict[str, Any] = {"client": practice.client, "therapist": practice.therapist, "from_day": FROM} | changed
    with keyring():
        made: Course = propose(template(slug), by=by or practice.staff, **said)
    return made


def booked(practice: Practice, slug: str = "first-three", by: Person | None = None) -> Course:
    course = proposed(practice, slug)
    with keyring():
        made: Course = book_course(course, by=by or practice.client, key=uuid4())
    return made


def starts(course: Course) -> list[tuple[str, datetime]]:
    return [(one.kind_id, one.start) for one in course.dates.order_by("position")]


def pair(course: Course, number: int = 0) -> tuple[Appointment, Appointment]:
    """A session of the course and the integration meeting that belongs to it."""
    leaders = course.dates.filter(kind="dosing").order_by("position")
    leader = list(leaders)[number]
    follower = leader.followers.get()
    assert leader.appointment
    assert follower.appointment
    return leader.appointment, follower.appointment
