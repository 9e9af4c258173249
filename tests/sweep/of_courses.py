"""The addresses of a course: their lines of the matrix, and one proposed a side."""

from datetime import timedelta

from koru.people.models import Person
from scheduling.models import Course, CourseDate, CourseTemplate
from tests.days import this_day

from .lines import DESK, NO, THERAPIST, Line, client

THOSE_WHO_PLAN = frozenset({THERAPIST, DESK})

LINES: dict[str, Line] = {
    "sessions/course/": client(200, 422),
    "sessions/course/<int:position>/": client(200, 422),
    "sessions/course/book/": client(NO, 302),
    "sessions/course/let-go/": client(NO, 302),
    "course/<uuid:client_id>/": Line(THOSE_WHO_PLAN, 200, 422, traced=True),
    "course/<uuid:client_id>/<int:position>/": Line(THOSE_WHO_PLAN, 200, 422, traced=True),
    "course/<uuid:client_id>/book/": Line(THOSE_WHO_PLAN, NO, 302, traced=True),
    "course/<uuid:client_id>/let-go/": Line(THOSE_WHO_PLAN, NO, 302, traced=True),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    template = CourseTemplate.objects.get(pk="first-three")
    course = Course.objects.create(
        client=client, therapist=therapist, template=template, from_day=this_day() + timedelta(days=1), proposed_by=therapist
    )
    start = course.proposed_at + timedelta(days=9)
    CourseDate.objects.create(course=course, position=0, kind_id="preparation", place="video", start=start)
    return {}
