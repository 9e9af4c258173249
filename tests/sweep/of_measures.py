"""The addresses of measures: their lines of the matrix, and one of each thing that they name."""

from uuid import uuid4

from django.utils import timezone

from koru.people.models import Person
from moodtracking.measures.models import Assignment, Offering, Response
from tests.days import this_day

from .lines import NO, Line, client, therapist

LINES: dict[str, Line] = {
    "measures/": client(200, NO),
    "measures/<slug:measure_slug>/": client(200, 302),
    "measures/<slug:measure_slug>/begin/": client(NO, 302),
    "measures/<slug:measure_slug>/tap/": client(NO, 404),
    "measures/kept/<uuid:response_id>/": client(200, NO),
    "measures/kept/<uuid:response_id>/correct/": client(NO, 302),
    "measures/kept/<uuid:response_id>/bring/": client(NO, 302),
    "care/<uuid:client_id>/measures/<uuid:response_id>/": therapist(200, NO),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    Offering.objects.get_or_create(slug="who-5")
    now = timezone.now()
    assignment = Assignment.objects.create(
        client=client, measure="phq-9", form="standard", schedule="fortnightly", begins_on=this_day(), assigned_by=therapist
    )
    response = Response.objects.create(
        client=client, assignment=assignment, measure="phq-9", version=1, form="standard", language="en", state="completed",
        answers={"1": 1}, taps=[], asked_on=this_day(), started_at=now, closed_at=now, zone=client.zone, local_date=this_day(),
        key=uuid4(),
    )  # fmt: skip
    return {"response_id": str(response.pk)}
