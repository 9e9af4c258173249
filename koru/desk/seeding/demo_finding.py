"""What the demo's client finds again and gives: tags, a passage of a private entry, a line to raise, letters to themselves."""

from datetime import timedelta
from uuid import uuid4

from journaling.holding import hold
from journaling.models import Entry, LetterToSelf, Passage
from journaling.passages import paragraphs
from journaling.tags import tag_with
from koru.people.models import Person

from .world import World

TAGS = (("my sister", "lake"), ("sleep",), ("lake",), ("work", "sleep"))
TO_COME = "I hope you still go down to the water. You don't have to have anything figured out when you read this."
THERE = "This is week one. You were nervous on the stairs, and you went up anyway. I wanted you to know that I noticed."


def add_finding(world: World, client: Person) -> None:
    mine = list(Entry.objects.written_by(client)[: 2 * len(TAGS)])
    for entry, words in zip(mine, TAGS, strict=False):
        tag_with(entry, words, by=client)
    private = [entry for entry in mine if entry.share == Entry._meta.get_field("share").default]
    if private:
        _give_a_part(private[0], world)
        hold(private[-1], by=client)
    _letter(client, TO_COME, world, written=3, opens=87)
    _letter(client, THERE, world, written=50, opens=-22)


def _give_a_part(entry: Entry, world: World) -> None:
    given = world.now - timedelta(hours=20)
    part = paragraphs(entry.text)[0].text
    Passage.objects.create(client=entry.client, entry=entry, text=part, key=uuid4(), made_at=given, shared_at=given)


def _letter(client: Person, words: str, world: World, *, written: int, opens: int) -> None:
    made = world.now - timedelta(days=written)
    LetterToSelf.objects.create(client=client, text=words, opens_on=world.today.day(opens), made_at=made, key=uuid4())
