"""The demo's client has a safety plan: begun alone, then gone through together."""

from uuid import uuid4

from koru.people.models import Alliance, Person
from koru.safety.plan_words import PlanLine, Words
from koru.safety.planning import Writing, keep

from .world import World

FIRST: Words = {
    "signs": (PlanLine("I stop answering messages"), PlanLine("I sleep in my clothes")),
    "alone": (PlanLine("Cold water on my wrists"), PlanLine("Once around the lake")),
    "people": (PlanLine("Demo Ash", "+1 212 555 0123", "Can you stay on the phone for a bit?"),),
}
TOGETHER: Words = {
    **FIRST,
    "signs": (*FIRST["signs"], PlanLine("Everything feels far away")),
    "places": (PlanLine("The library, upper floor"), PlanLine("Feeding the neighbour's cat")),
    "people": (*FIRST["people"], PlanLine("Demo Linden", "+1 212 555 0144", "It's a hard evening")),
    "space": (PlanLine("Ash keeps a few things for me"),),
    "matters": (PlanLine("My sister's letters"), PlanLine("The garden in May")),
}


def add_safety_plan(world: World, client: Person) -> None:
    """Two versions, so that there is something to look back at."""
    keep(client, Writing(FIRST, 0, uuid4()), by=client)
    therapist = Alliance.objects.filter(client=client).select_related("therapist").earliest("since").therapist
    keep(client, Writing(TOGETHER, 1, uuid4(), together=True), by=therapist)
