"""The addresses of the safety plan and of words taken along: their lines of the matrix, and one of each thing that they name."""

from uuid import uuid4

from koru.people.models import Person
from koru.safety.plan_drafts import Typed, save
from koru.safety.plan_picture import Choices, drawn_anew, put
from koru.safety.plan_words import MATTERS, PlanLine
from koru.safety.planning import Writing, keep, keep_matters_to_oneself
from koru.sealing.keyring import keyring
from tests.journaling.attachments.files import picture

from .canaries import PRIVATE, SHARED, canary
from .lines import CLIENT, NO, THERAPIST, Line, anyone, client, therapist

TYPING = Line(frozenset({THERAPIST}), NO, 200, stranger=(401, 401))  # of their own unfinished words: no look, no trace
DOT = picture("PNG")
LINES: dict[str, Line] = {
    "drafts/key/": Line(frozenset({CLIENT, THERAPIST}), NO, 200, stranger=(401, 401), shut=401),
    "help-now/plan/": anyone(200, NO),
    "journal/carry/": client(200, 422),
    "journal/carry/back/": client(200, 422),
    "safety-plan/": client(200, NO),
    "safety-plan/edit/": client(200, 422),
    "safety-plan/draft/": client(NO, 200, stranger=(401, 401), shut=401),
    "safety-plan/drafts/<uuid:plan_draft_id>/discard/": client(NO, 302, missing=302),
    "safety-plan/looked-through/": client(NO, 302),
    "safety-plan/keep-last-part/": client(NO, 302),
    "safety-plan/share-last-part/": client(NO, 302),
    "safety-plan/copy/": client(200, NO),
    "safety-plan/picture/": client(200, 302),
    "safety-plan/picture/file/": client(200, NO),
    "safety-plan/picture/take-out/": client(NO, 302),
    "care/<uuid:client_id>/safety-plan/picture/": Line(frozenset({THERAPIST}), 404, NO),  # its section is kept to oneself
    "safety-plan/versions/": client(200, NO),
    "safety-plan/versions/<uuid:plan_version_id>/": client(200, NO),
    "care/flags/<uuid:flag_id>/safety-plan/": therapist(200, NO),
    "care/<uuid:client_id>/safety-plan/": therapist(200, NO),
    "care/<uuid:client_id>/safety-plan/write/": therapist(200, 422),
    "care/<uuid:client_id>/safety-plan/draft/": TYPING,
    "care/<uuid:client_id>/plan/items/typed/": TYPING,
    "care/<uuid:client_id>/plan/write/typed/": TYPING,
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    with keyring():
        keep_matters_to_oneself(client, by=client)
        lines = {"signs": (PlanLine(canary(SHARED, side)),), MATTERS: (PlanLine(canary(PRIVATE, side)),)}
        put(client, drawn_anew(DOT, len(DOT)), Choices(canary(PRIVATE, side)), by=client)
        version = keep(client, Writing(lines, 0, uuid4()), by=client)
        draft = save(client, Typed({"signs": (PlanLine(canary(PRIVATE, side)),)}, uuid4()), by=client)
    assert draft is not None
    return {"plan_draft_id": str(draft.pk), "plan_version_id": str(version.pk)}
