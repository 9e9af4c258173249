"""The addresses of goals: their lines of the matrix, and one that its client shares beside one that they don't."""

from uuid import uuid4

from journaling.aiming import say_where, set_goal
from koru.people.models import Person

from .canaries import PRIVATE, SHARED, canary
from .lines import NO, Line, client, therapist

LINES: dict[str, Line] = {
    "goals/": client(200, 422),
    "goals/<uuid:goal_id>/": client(200, 422),
    "goals/<uuid:goal_id>/words/": client(NO, 422),
    "goals/<uuid:goal_id>/share/": client(NO, 302),
    "goals/<uuid:goal_id>/rest/": client(NO, 302),
    "care/<uuid:client_id>/goals/": therapist(200, NO),
}


def things(side: str, client: Person, therapist: Person) -> dict[str, str]:
    own = set_goal(canary(PRIVATE, side), "only_me", key=uuid4(), by=client)
    shared = set_goal(canary(SHARED, side), "my_therapist", key=uuid4(), by=client)
    for goal, level in ((own, PRIVATE), (shared, SHARED)):
        say_where(goal.pk, canary(level, side), 4, key=uuid4(), by=client)
    return {"goal_id": str(shared.pk)}
