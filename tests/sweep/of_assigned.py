"""The addresses of what a therapist assigns: their lines of the matrix, and one of each thing that they name."""

from uuid import uuid4

from django.utils import timezone

from journaling.models import Assigned
from koru.people.models import Person
from moodtracking.measures.models import Assignment
from moodtracking.models import OwnItem
from tests.days import this_day

from .canaries import SHARED, canary
from .lines import NO, Line, client, therapist

LINES: dict[str, Line] = {
    "care/<uuid:client_id>/plan/items/": therapist(NO, 422),
    "care/<uuid:client_id>/plan/items/<uuid:item_id>/agree/": therapist(NO, 302),
    "care/<uuid:client_id>/plan/items/<uuid:item_id>/retire/": therapist(NO, 302),
    "care/<uuid:client_id>/plan/write/": therapist(NO, 422),
    "care/<uuid:client_id>/plan/write/<uuid:assigned_id>/take-back/": therapist(NO, 302),
    "care/<uuid:client_id>/plan/depth/": therapist(NO, 422),
    "care/<uuid:client_id>/plan/stage/": therapist(NO, 422),
    "care/<uuid:client_id>/plan/rhythm/": therapist(NO, 302),
    "care/<uuid:client_id>/plan/rhythm/take-back/": therapist(NO, 302),
    "care/<uuid:client_id>/plan/measures/": therapist(NO, 422),
    "care/<uuid:client_id>/plan/measures/course/": therapist(NO, 422),
    "care/<uuid:client_id>/plan/measures/<uuid:assignment_id>/end/": therapist(NO, 302),
    "journal/chosen/<uuid:assigned_id>/decline/": client(NO, 302, missing=302),
    "check-in/items/": client(200, 422),
    "check-in/items/rhythm/": client(NO, 302),
    "check-in/items/rhythm/not-now/": client(NO, 302),
    "check-in/items/<uuid:item_id>/agree/": client(NO, 302, missing=302),
    "check-in/items/<uuid:item_id>/retire/": client(NO, 302, missing=302),
    "check-in/items/measures/<uuid:assignment_id>/end/": client(NO, 302, missing=302),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    words = canary(SHARED, side)
    item = OwnItem.objects.create(
        client=client, words=f"How near is {words}?", scale="amount", place=1, proposed_by=therapist, agreed_by=client,
        agreed_at=timezone.now(), key=uuid4(),
    )  # fmt: skip
    question = Assigned.objects.create(
        client=client, kind="question", question=f"What about {words}?", assigned_by=therapist, key=uuid4()
    )
    measure = Assignment.objects.create(
        client=client,
        measure="gad-7",
        form="standard",
        schedule="monthly",
        begins_on=this_day(),
        assigned_by=therapist,
    )
    return {"item_id": str(item.pk), "assigned_id": str(question.pk), "assignment_id": str(measure.pk)}
