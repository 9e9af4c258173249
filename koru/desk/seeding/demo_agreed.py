"""What the demo's client and their therapist agreed: one thing open from each, one done."""

from datetime import timedelta
from uuid import uuid5

from koru.people.models import Alliance, Person
from scheduling.models import AgreedChange, AgreedLine
from scheduling.sessions import last_begun

from .world import World

LINES = (("Walk after lunch, as far as the corner", "therapist", False), ("Call my sister", "client", True))


def add_agreed(world: World, client: Person) -> None:
    """Written down at the end of the last meeting; what is done was ticked off today."""
    alliance = Alliance.objects.filter(client=client).select_related("therapist").first()
    if alliance is None:
        return
    for place, (words, who, done) in enumerate(LINES, 1):
        by = alliance.therapist if who == "therapist" else client
        at, then = world.now - timedelta(days=2), world.now - timedelta(hours=2)
        stands = {"state": "done", "turned_at": then} if done else {"state": "open", "place": place, "turned_at": at}
        line = AgreedLine.objects.create(
            client=client, by=by, words=words, key=uuid5(client.pk, words), made_at=at,
            session=last_begun(client, at), **stands,
        )  # fmt: skip
        AgreedChange.objects.create(client=client, line=line, what="added", by=by, at=at)
        if done:
            AgreedChange.objects.create(client=client, line=line, what="done", by=client, at=then)
