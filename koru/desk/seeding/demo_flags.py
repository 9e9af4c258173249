"""Flags of the demo: one that was seen and talked about weeks ago, one that came up just now."""

from datetime import datetime, time, timedelta

from koru.people.models import Person
from koru.safety.flags import Flag, FlagStep
from koru.safety.helping import did
from koru.safety.levels import Level
from koru.safety.noticing import notice
from koru.safety.working_time import due

from .world import World

What = FlagStep.What


def add_flags(world: World) -> None:
    people = world.people
    _talked_about(people["Demo Rowan"], people["Demo Wren"], world.today.instant(-43, time(9, 20)))
    (fresh,) = notice(people["Demo Sage"], {"phq-9.item.9": 1}, about=None, by=people["Demo Sage"])
    did(fresh, "carried_on", by=people["Demo Sage"])


def _talked_about(client: Person, therapist: Person, at: datetime) -> None:
    """After an earlier session a strong answer, seen within the hour, and talked about the same day."""
    looked, talked = at + timedelta(minutes=52), at + timedelta(hours=5)
    flag = Flag(
        client=client,
        key="side_effect",
        level=Level.PROMPT,
        owner=therapist,
        state=Flag.State.CLOSED,
        outcome=Flag.Outcome.REACHED,
        raised_at=at,
        counted_from=at,
        latest_at=at,
        due_at=due(Level.PROMPT, at),
        answers=[{"at": at.isoformat(), "about": "", "facts": {"side-effect.strong": 1}}],
        acknowledged_by=therapist,
        acknowledged_at=looked,
        closed_by=therapist,
        closed_at=talked,
    )
    flag.save(force_insert=True)
    steps = (
        (What.RAISED, at, client, ""),
        (What.ACKNOWLEDGED, looked, therapist, ""),
        (What.CLOSED, talked, therapist, flag.outcome),
    )
    for number, (what, moment, by, outcome) in enumerate(steps):
        FlagStep(flag=flag, client=client, at=moment, number=number, what=what, by=by, outcome=outcome).save(force_insert=True)
