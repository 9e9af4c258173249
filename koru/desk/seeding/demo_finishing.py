"""Goals of two of the demo's clients, and a goodbye that is half done."""

from datetime import time, timedelta
from uuid import uuid4

from journaling.goals import Goal, Whereabouts
from journaling.sharing import THERAPIST
from koru.people.models import Ending, EndingStep, Farewell, Person, Stage

from .world import World

GOALS = (
    # whose, the goal, since which day, what was said to it: day, words, number
    ("Demo Rowan", "Sleep through most nights", -50, ((-40, "Two nights of seven.", 2), (-6, "Five of seven, and calmer.", 6))),
    ("Demo Rowan", "Call my sister again", -48, ((-20, "We wrote. Not yet called.", 4),)),
    ("Demo Ash", "Play in the band again", -60, ((-30, "Played alone at home.", 3), (-4, "Two rehearsals.", 8))),
)
LETTER = "When we began you spoke very softly. Last week you laughed about the drum kit. Keep what you found: it is yours."


def add_finishing(world: World) -> None:
    for place, (whose, words, since, said) in enumerate(GOALS, 1):
        client = world.people[whose]
        made = world.today.instant(since, time(18))
        goal = Goal.objects.create(client=client, words=words, share=THERAPIST, place=place, key=uuid4(), made_at=made)
        for day, told, number in said:
            at = world.today.instant(day, time(18, 30))
            Whereabouts.objects.create(client=client, goal=goal, words=told, number=number, key=uuid4(), at=at)
    _say_goodbye(world, world.people["Demo Ash"], world.people["Demo Wren"])


def _say_goodbye(world: World, client: Person, therapist: Person) -> None:
    """Both agreed, the letter is written, they spoke of what keeps him well; the rest is open."""
    agreed = world.today.instant(-5, time(11))
    Stage.objects.create(client=client, name="finishing", since=agreed, set_by=therapist)
    alliance = client.alliances.get(therapist=therapist, until=None)
    begun = agreed + timedelta(minutes=10)
    ending = Ending.objects.create(alliance=alliance, client=client, opened_by=therapist, opened_at=begun)
    Farewell.objects.create(ending=ending, client=client, by=therapist, words=LETTER, written_at=begun)
    for name, by in (("letter", therapist), ("maintenance", therapist)):
        EndingStep.objects.create(ending=ending, name=name, outcome="done", by=by, at=begun)
