"""The addresses of keeping well: their lines of the matrix, and a list of each side: one shares it, the other doesn't."""

from uuid import uuid4

from koru.people.models import Person
from koru.safety.keeping import Kind
from koru.safety.keeping_well import add, share_list

from .canaries import PRIVATE, SHARED, SIDES, canary
from .lines import NO, Line, client, therapist

LINES: dict[str, Line] = {
    "keeping-well/": client(200, 302),
    "keeping-well/add/": client(NO, 302),
    "keeping-well/share/": client(NO, 302),
    "keeping-well/rough-days/": client(200, NO),
    "keeping-well/<uuid:keeping_line_id>/": client(NO, 422),
    "keeping-well/<uuid:keeping_line_id>/let-go/": client(NO, 302),
    "care/<uuid:client_id>/keeping-well/": therapist(200, NO),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    assert therapist
    shares = side == SIDES[0]
    line = add(Kind.SIGN, canary(SHARED if shares else PRIVATE, side), waits=None, key=uuid4(), by=client)
    if shares:
        share_list(waits=None, by=client)
    return {"keeping_line_id": str(line.pk)}
