"""Pages of goals: one that is shared and said to, one that is the client's own and rests."""

from uuid import uuid4

from journaling.aiming import let_goal_rest, say_where, set_goal
from tests.scheduling.practice import Practice


def of_client(practice: Practice) -> list[str]:
    client = practice.client
    shared = set_goal("Sleep through", "my_therapist", key=uuid4(), by=client)
    say_where(shared.pk, "Three nights of seven", 4, key=uuid4(), by=client)
    own = set_goal("Sing again", "only_me", key=uuid4(), by=client)
    let_goal_rest(own.pk, by=client)
    return ["/goals/", f"/goals/{shared.pk}/", f"/goals/{own.pk}/"]
