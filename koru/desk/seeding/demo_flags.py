"""Flags of the demo: one that was seen and talked about, one that came up just now."""

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
    _seen(people["Demo Rowan"], people["Demo Wren"], world.today.instant(-1, time(9, 20)), world.now)
    (fresh,) = notice(people["Demo Sage"], {"phq-9.item.9": 1}, about=None, by=people["Demo Sage"])
    did(fresh, "carried_on", by=people["Demo Sage"])


def _seen(client: Person, therapist: Person, at: datetime, now: datetime) -> None:
    """After the session a strong answer, seen within the hour: it stays open until they have talked."""
    looked = min(at + timedelta(minutes=52), now)
    flag = Flag(
        client=client,
        key="side_effect",
        level=Level.PROMPT,
        owner=therapist,
        state=Flag.State.ACKNOWLEDGED,
        raised_at=at,
        counted_from=at,
        latest_at=at,
        due_at=due(Level.PROMPT, at),
        answers=[{"at": at.isoformat(), "about": "", "facts": {"side-effect.strong": 1}}],
        acknowledged_by=therapist,
        acknowledged_at=looked,
    )
    flag.save(force_insert=True)
    for number, (what, moment, by) in enumerate(((What.RAISED, at, client), (What.ACKNOWLEDGED, looked, therapist))):
        FlagStep(flag=flag, client=client, at=moment, number=number, what=what, by=by).save(force_insert=True)
