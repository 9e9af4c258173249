"""The addresses of data rights: their lines of the matrix, and what they name."""

from koru.people.models import Person
from koru.privacy.models import Export
from koru.rights.asking import ask_for_copy

from .lines import NO, Line
from .lines import client as of_client

LINES: dict[str, Line] = {
    "settings/export/": of_client(200, 302),
    "settings/export/progress/": of_client(200, NO),
    "settings/export/<uuid:export_id>/file/": of_client(404, NO),
    "settings/export/<uuid:export_id>/remove/": of_client(NO, 302, missing=302),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """A copy that is being made: there is no file yet."""
    ask_for_copy(by=client)
    return {"export_id": str(Export.objects.get(client=client).pk)}
