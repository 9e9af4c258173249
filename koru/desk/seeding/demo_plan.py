"""What the demo's client and their therapist agreed to ask: a question in their own words, a guide, something to write about."""

from datetime import timedelta
from uuid import uuid4

from journaling.models import Assigned
from koru.people.models import Alliance, Person
from moodtracking.models import CheckIn, OwnItem

from .world import World

ITEM = "How near did the lake feel?"
SUGGESTED = "Did somebody make you laugh?"
QUESTION = "You spoke of the door last time. What would you like to ask it?"
GUIDE = "night-before"
SINCE = timedelta(days=30)
FAR_TO_NEAR = (1, 1, 2, 1, 2, 3, 2, 3, 3, 2, 4, 3)


def add_plan(world: World, client: Person) -> None:
    alliance = Alliance.objects.filter(client=client).select_related("therapist").first()
    if alliance is None:
        return
    therapist, began = alliance.therapist, world.now - SINCE
    item = OwnItem.objects.create(
        client=client, words=ITEM, scale=OwnItem.Scale.AMOUNT, place=1, proposed_by=therapist, proposed_at=began,
        agreed_by=client, agreed_at=began + timedelta(hours=2), key=uuid4(),
    )  # fmt: skip
    _answer(client, item, world)
    OwnItem.objects.create(
        client=client, words=SUGGESTED, scale=OwnItem.Scale.YES_NO, place=2, proposed_by=therapist, key=uuid4()
    )
    _chosen(client, therapist, Assigned.Kind.QUESTION, question=QUESTION)
    _chosen(client, therapist, Assigned.Kind.GUIDE, named=GUIDE)


def _chosen(client: Person, therapist: Person, kind: str, named: str = "", question: str = "") -> None:
    Assigned.objects.create(client=client, kind=kind, named=named, question=question, assigned_by=therapist, key=uuid4())


def _answer(client: Person, item: OwnItem, world: World) -> None:
    """Most of the check-ins since then answer it; a few leave it out."""
    rows = list(CheckIn.objects.filter(client=client, kind=CheckIn.Kind.DAILY, at__gt=world.now - SINCE).order_by("at"))
    for number, row in enumerate(rows):
        if number % 5:
            row.answers = {**row.answers, item.item_key: FAR_TO_NEAR[min(number * len(FAR_TO_NEAR) // len(rows), 11)]}
    CheckIn.objects.bulk_update(rows, ["answers"])
