"""The addresses of data rights: their lines of the matrix, and what they name."""

from uuid import uuid4

from koru.people.models import Person
from koru.rights.asking import ask_for_copy
from koru.rights.correcting import ask_to_put_right

from .canaries import CONTACT, canary
from .lines import ADMIN, DESK, NO, THERAPIST, Line, desk
from .lines import client as of_client

OF_CLIENT = "rights/<uuid:client_id>/"
LINES: dict[str, Line] = {
    "settings/export/": of_client(200, 302),
    "settings/export/progress/": of_client(200, NO),
    "settings/export/<uuid:export_id>/file/": of_client(404, NO),
    "settings/export/<uuid:export_id>/remove/": of_client(NO, 302, missing=302),
    "settings/erase/": of_client(200, 302),
    "settings/erase/stay/": of_client(NO, 302),
    "settings/put-right/": of_client(200, 422),
    "settings/put-right/<uuid:correction_id>/take-back/": of_client(NO, 302, missing=302),
    OF_CLIENT: Line(frozenset({THERAPIST, DESK, ADMIN}), 200, NO, traced=True),
    f"{OF_CLIENT}<uuid:correction_id>/": Line(frozenset({THERAPIST, DESK, ADMIN}), NO, 422, traced=True),
    f"{OF_CLIENT}hold/": desk(NO, 422, traced=True),
    f"{OF_CLIENT}lift/": desk(NO, 302, traced=True),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """A copy that is being made: there is no file yet. And a request that waits for an answer."""
    asked = ask_to_put_right(canary(CONTACT, side), key=uuid4(), by=client)
    return {"export_id": str(ask_for_copy(by=client).pk), "correction_id": str(asked.pk)}
