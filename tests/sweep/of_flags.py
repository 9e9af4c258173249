"""The addresses of flags: their lines of the matrix, and one of each thing that they name."""

from koru.people.models import Person
from koru.safety.noticing import notice
from koru.sealing.keyring import keyring

from .canaries import SHARED, canary
from .lines import NO, Line, client, therapist

LINES: dict[str, Line] = {
    "ask-for-help/": client(200, 302),
    "help-first/<uuid:flag_id>/": client(200, NO),
    "help-first/<uuid:flag_id>/step/": client(NO, 404),
    "help-first/<uuid:flag_id>/call-me/": client(NO, 422),
    "care/flags/": therapist(200, NO),
    "care/flags/<uuid:flag_id>/": therapist(200, NO),
    "care/flags/<uuid:flag_id>/seen/": therapist(NO, 302),
    "care/flags/<uuid:flag_id>/done/": therapist(NO, 422),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    with keyring():
        (flag,) = notice(client, {"phq-9.item.9": 2}, about=None, by=client)
        flag.call_words, flag.call_asked_at = canary(SHARED, side), flag.raised_at
        flag.save()
    return {"flag_id": str(flag.pk)}
