"""What the demo's client did of practices, and what their therapist picked for them."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from koru.people.models import Alliance, Person
from koru.practices import library
from koru.practices.models import PracticeDone, PracticePick, Resource

from .world import World

SENTENCE = "The way you looked at the lake in the room: far, then near. Your street is enough for it."
DONE = (
    ("three-breaths", "yes"),
    ("feet-on-floor", "a_bit"),
    ("hum", "harder"),
    ("three-breaths", "yes"),
    ("body-map", "not_really"),
)


def add_practices(world: World, client: Person) -> None:
    """And the demo's clinic has opened the addresses of its list."""
    Resource.objects.exclude(url="").update(checked_on=world.today.day(-20))
    PracticeDone.objects.bulk_create(_done(world, client))
    alliance = Alliance.objects.filter(client=client).select_related("therapist").first()
    if alliance:
        PracticePick.objects.create(
            client=client, practice="slow-walk", sentence=SENTENCE, moment=PracticePick.Moment.AFTER,
            picked_by=alliance.therapist, key=uuid4(),
        )  # fmt: skip


def _done(world: World, client: Person) -> Iterator[PracticeDone]:
    """One every few days, the newest two days ago."""
    for back, (slug, helped) in enumerate(DONE):
        at = world.now - timedelta(days=2 + 4 * back, hours=3)
        minutes = library.load().practices[slug].minutes
        yield PracticeDone(client=client, practice=slug, at=at, minutes=minutes, helped=helped, key=uuid4())
