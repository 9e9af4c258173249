"""The addresses of voice, drawings and photos: their lines of the matrix, and one of each thing that they name."""

from uuid import uuid4

from journaling.attachments.adding import keep_with
from journaling.attachments.models import Attachment
from journaling.attachments.things import made_of
from journaling.writing import Written
from koru.people.models import Person
from tests.journaling.attachments.files import picture

from .canaries import PRIVATE, SHARED, canary
from .lines import NO, Line, therapist
from .lines import client as of_client

ONE = "journal/with/<uuid:attachment_id>/"
SHARED_ONE = "care/<uuid:client_id>/with/<uuid:attachment_id>/"
LINES: dict[str, Line] = {
    "journal/new/<slug:way>/": of_client(200, 422),
    "journal/<uuid:entry_id>/add/<slug:way>/": of_client(200, 422),
    "journal/walks/<uuid:walk_id>/<int:number>/with/<slug:way>/": of_client(200, 422),
    ONE: of_client(200, 302),
    f"{ONE}file/": of_client(200, NO),
    f"{ONE}small/": of_client(200, NO),
    f"{ONE}share/": of_client(NO, 302),
    f"{ONE}remove/": of_client(NO, 302),
    f"{ONE}undo/": of_client(NO, 302),
    SHARED_ONE: therapist(200, NO),
    f"{SHARED_ONE}file/": therapist(200, NO),
    f"{SHARED_ONE}small/": therapist(200, NO),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    ids = {level: str(_drawing(side, client, level, word)) for level, word in (("only_me", PRIVATE), ("my_therapist", SHARED))}
    return {"attachment_id": ids["my_therapist"], "private_attachment_id": ids["only_me"]}


def _drawing(side: str, client: Person, level: str, word: str) -> object:
    data, words = picture(), canary(word, side)
    entry = keep_with(Written(words, share=level), made_of("drawing", data, len(data)), words, key=uuid4(), by=client)
    return Attachment.objects.get(client=client, entry=entry).pk
