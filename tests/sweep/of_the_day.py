"""The addresses of a session's day: their lines of the matrix, and one of each thing that they name."""

from datetime import timedelta

from django.utils import timezone

from koru.people.models import Person
from koru.sealing.keyring import keyring
from koru.sealing.tokens import new_token, token_hash
from scheduling.models import Appointment, AppointmentKind, ChecklistItem, SoonerOffer, SoonerWish, TrustedPerson

from .canaries import PRIVATE, canary
from .lines import NO, Line, anyone, client, clinic, desk

LINES: dict[str, Line] = {
    "sessions/<uuid:appointment_id>/checklist/<uuid:line_id>/": client(NO, 302),
    "sessions/<uuid:appointment_id>/way-home/still/": client(NO, 302),
    "sessions/<uuid:appointment_id>/way-home/ask/": client(200, 422),
    "sessions/<uuid:appointment_id>/way-home/take-back/": client(NO, 302),
    "sessions/sooner/": client(200, NO),
    "sessions/sooner/new/": client(200, 422),
    "sessions/sooner/<uuid:wish_id>/stop/": client(NO, 302),
    "sessions/sooner/offers/<uuid:offer_id>/accept/": client(NO, 302),
    "sessions/sooner/offers/<uuid:offer_id>/pass/": client(NO, 302),
    "sessions/<uuid:appointment_id>/sooner/": client(200, 422),
    "consultation/<str:token>/sooner/": anyone(200, 422),
    "desk/letters/": desk(200, NO),
    "desk/letters/again/": desk(NO, 404),
    "desk/letters/aside/": desk(NO, 404),
    "desk/sooner/": desk(200, NO),
    "desk/sooner/<uuid:wish_id>/": desk(200, 404),
    "desk/sooner/<uuid:wish_id>/take-off/": desk(NO, 302),
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
    now, kind = timezone.now(), AppointmentKind.objects.get(pk="integration")
    wish = SoonerWish.objects.create(client=person, kind=kind, place="video")
    offer = SoonerOffer.objects.create(
        wish=wish, therapist=therapist, start=now + timedelta(days=2), made_at=now, until=now + timedelta(hours=2)
    )
    return {"line_id": str(line.pk), "pick_up": token, "wish_id": str(wish.pk), "offer_id": str(offer.pk)}
