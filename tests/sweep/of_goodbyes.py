"""The addresses of a goodbye: their lines of the matrix, and one that is open with a letter that nobody else reads yet."""

from koru.people.models import Alliance, Person
from koru.people.parting import open_ending, write_farewell
from koru.people.stages import set_stage

from .canaries import NOTE, canary
from .lines import NO, Line, client, therapist
from .of_safety_plan import TYPING

LINES: dict[str, Line] = {
    "goodbye/": client(200, NO),
    "goodbye/<slug:slug>/": client(NO, 302),
    "goodbye/keepsake/": client(200, NO),
    "goodbye/keepsake/parts/": client(NO, 302),
    "goodbye/keepsake/words/": client(200, NO),
    "goodbye/keepsake/words/<uuid:entry_id>/": client(200, 302),
    "goodbye/keepsake/as-page/": client(NO, 200),
    "goodbye/keepsake/as-pdf/": client(NO, 200),
    "goodbye/come-back/": client(NO, 302),
    "care/<uuid:client_id>/ending/": therapist(200, 302),
    "care/<uuid:client_id>/ending/last/": therapist(NO, 422),
    "care/<uuid:client_id>/ending/letter/": therapist(200, 422),
    "care/<uuid:client_id>/ending/letter/typed/": TYPING,
    "care/<uuid:client_id>/ending/not-yet/": therapist(NO, 302),
    "care/<uuid:client_id>/ending/end/": therapist(NO, 422),
    "care/<uuid:client_id>/ending/steps/<slug:slug>/": therapist(NO, 302),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    assert Alliance.objects.current().filter(client=client, therapist=therapist).exists()
    set_stage("finishing", client=client, by=therapist)
    write_farewell(open_ending(client, by=therapist), canary(NOTE, side), by=therapist)
    return {}
