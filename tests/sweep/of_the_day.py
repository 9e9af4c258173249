"""The addresses of a session's day: their lines of the matrix, and one of each thing that they name."""

from koru.people.models import Person
from koru.sealing.keyring import keyring
from koru.sealing.tokens import new_token, token_hash
from scheduling.models import Appointment, ChecklistItem, TrustedPerson

from .canaries import PRIVATE, canary
from .lines import NO, Line, anyone, client, clinic

LINES: dict[str, Line] = {
    "sessions/<uuid:appointment_id>/checklist/<uuid:line_id>/": client(NO, 302),
    "sessions/<uuid:appointment_id>/way-home/still/": client(NO, 302),
    "sessions/<uuid:appointment_id>/way-home/ask/": client(200, 422),
    "sessions/<uuid:appointment_id>/way-home/take-back/": client(NO, 302),
    "pick-up/<str:pick_up>/": anyone(200, NO),
    "pick-up/<str:pick_up>/yes/": anyone(NO, 302),
    "pick-up/<str:pick_up>/no/": anyone(NO, 302),
    "sessions/<uuid:appointment_id>/day/": clinic(200, NO),
    "sessions/<uuid:appointment_id>/times/": clinic(200, 302),
    "sessions/<uuid:appointment_id>/arrived/": clinic(NO, 302),
    "sessions/<uuid:appointment_id>/not-here/": clinic(NO, 302),
    "sessions/<uuid:appointment_id>/came/": clinic(NO, 302),
}


def things(side: str, person: Person, therapist: Person) -> dict[str, str]:
    """A line of an integration meeting's checklist, and somebody who is asked to fetch the client."""
    line = ChecklistItem.objects.create(kind_id="integration", shown="week", words=f"Demo line {side}")
    token, word = new_token(), canary(PRIVATE, side)
    with keyring():
        TrustedPerson.objects.create(
            client=person, appointment=Appointment.objects.filter(client=person, state="booked")[0], name=word,
            email=f"{word}@example.org", phone=word, token=token, token_hash=token_hash(token),
        )  # fmt: skip
    return {"line_id": str(line.pk), "pick_up": token}
