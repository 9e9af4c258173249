"""The addresses of a session's day: their lines of the matrix, and one of each thing that they name."""

from koru.people.models import Person
from scheduling.models import ChecklistItem

from .lines import NO, Line, client, clinic

LINES: dict[str, Line] = {
    "sessions/<uuid:appointment_id>/checklist/<uuid:line_id>/": client(NO, 302),
    "sessions/<uuid:appointment_id>/way-home/still/": client(NO, 302),
    "sessions/<uuid:appointment_id>/day/": clinic(200, NO),
    "sessions/<uuid:appointment_id>/times/": clinic(200, 302),
    "sessions/<uuid:appointment_id>/arrived/": clinic(NO, 302),
    "sessions/<uuid:appointment_id>/not-here/": clinic(NO, 302),
    "sessions/<uuid:appointment_id>/came/": clinic(NO, 302),
}


def things(side: str, person: Person, therapist: Person) -> dict[str, str]:
    """A line of an integration meeting's checklist, for each side its own."""
    line = ChecklistItem.objects.create(kind_id="integration", shown="week", words=f"Demo line {side}")
    return {"line_id": str(line.pk)}
