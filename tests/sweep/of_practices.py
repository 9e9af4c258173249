"""The addresses of practices: their lines of the matrix, and one of each thing that they name."""

from uuid import uuid4

from django.utils import timezone

from koru.people.models import Person
from koru.practices.models import PracticeAside, PracticeChoices, PracticeDone, PracticePick

from .canaries import SHARED, canary
from .lines import NO, Line, client, therapist
from .of_safety_plan import TYPING

LINES: dict[str, Line] = {
    "practices/": client(200, NO),
    "practices/helped/": client(200, NO),
    "practices/elsewhere/": client(200, NO),
    "practices/leave-out/": client(NO, 302),
    "practices/done/<uuid:done_id>/": client(200, 302),
    "practices/done/<uuid:done_id>/remove/": client(NO, 302),
    "practices/<slug:practice>/": client(200, NO),
    "practices/<slug:practice>/done/": client(NO, 302),
    "practices/<slug:practice>/not-this-one/": client(NO, 302),
    "practices/<slug:practice>/back/": client(NO, 302),
    "care/<uuid:client_id>/plan/practices/": therapist(NO, 422),
    "care/<uuid:client_id>/plan/practices/typed/": TYPING,
    "care/<uuid:client_id>/plan/practices/<uuid:pick_id>/take-back/": therapist(NO, 302),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    now, words = timezone.now(), canary(SHARED, side)
    done = PracticeDone.objects.create(client=client, practice="hum", at=now, minutes=2, helped="a_bit", key=uuid4())
    PracticeAside.objects.create(client=client, practice="edges", at=now)
    PracticeChoices.objects.create(client=client)
    pick = PracticePick.objects.create(
        client=client, practice="three-breaths", sentence=f"Try it with {words}.", picked_by=therapist, key=uuid4()
    )
    return {"done_id": str(done.pk), "pick_id": str(pick.pk)}
