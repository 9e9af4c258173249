"""Who covers for whom in the demo: its therapist for somebody now, and another therapist, some weeks ago, for its client."""

from datetime import timedelta

from koru.people.cover_days import days_of
from koru.people.models import Cover

from .world import World

COVERS = (
    # client, who works with them, who covers, first day, days, why
    ("Demo Clover", "Demo Hazel", "Demo Wren", -1, 5, "I am at a training this week."),
    ("Demo Rowan", "Demo Wren", "Demo Hazel", -24, 3, "I am away these three days."),
)


def add_covers(world: World) -> None:
    for client, own, other, begins, lasts, reason in COVERS:
        first = world.today.day(begins)
        span = days_of(first, first + timedelta(days=lasts - 1), world.today.zone)
        Cover.objects.create(
            client=world.people[client],
            therapist=world.people[other],
            given_by=world.people[own],
            during=span.range,
            reason=reason,
        )
