"""The addresses of finding again and sharing: their lines of the matrix, and one of each thing that they name."""

from datetime import timedelta
from uuid import uuid4

from journaling.holding import hold
from journaling.letters_to_self import seal_for_later
from journaling.passages import mark
from journaling.searching import look_for
from journaling.tags import tag_with
from journaling.writing import Written, keep
from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests.days import this_day

from .canaries import PRIVATE, SHARED, canary
from .lines import NO, Line, client, therapist

LINES: dict[str, Line] = {
    "journal/calendar/": client(200, NO),
    "journal/calendar/<str:day>/": client(200, NO),
    "journal/search/": client(200, 422),
    "journal/search/<uuid:search_id>/": client(200, NO),
    "journal/tags/": client(200, NO),
    "journal/tags/<uuid:tag_id>/": client(200, NO),
    "journal/<uuid:entry_id>/tags/": client(200, 302),
    "journal/<uuid:entry_id>/rest/": client(NO, 302),
    "journal/<uuid:entry_id>/passage/": client(200, 422),
    "journal/passages/<uuid:passage_id>/give/": client(NO, 302),
    "journal/passages/<uuid:passage_id>/take-back/": client(NO, 302),
    "journal/<uuid:entry_id>/look/": client(NO, 302),
    "journal/<uuid:entry_id>/raise/": client(NO, 404),  # it is shared already
    "journal/raise/": client(200, NO),
    "journal/raise/something/": client(NO, 302),
    "journal/raise/<uuid:raised_id>/let-go/": client(NO, 302),
    "journal/letters/": client(200, NO),
    "journal/letters/new/": client(200, 422),
    "journal/letters/<uuid:sealed_id>/": client(200, NO),
    "journal/letters/<uuid:sealed_id>/open/": client(200, 302),
    "journal/letters/<uuid:sealed_id>/delete/": client(NO, 302),
    "care/<uuid:client_id>/passages/<uuid:passage_id>/": therapist(200, NO),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    private, shared = canary(PRIVATE, side), canary(SHARED, side)
    opens = this_day() + timedelta(days=30)
    with keyring():
        held = keep(Written(f"{private} before.\n{shared} here.\n{private} after."), key=uuid4(), by=client)
        tag_with(held, [private], by=client)
        given = {
            "passage_id": mark(held, f"{shared} here.", key=uuid4(), by=client).pk,
            "raised_id": hold(None, by=client).pk,
            "search_id": look_for(private, by=client).pk,
            "sealed_id": seal_for_later(private, opens, by=client, key=uuid4()).pk,
            "tag_id": held.taggings.get().tag_id,
        }
    return {name: str(value) for name, value in given.items()}
