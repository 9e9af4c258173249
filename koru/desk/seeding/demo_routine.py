"""The routine of the demo's client: two tiny things, one that rests, what was said of nine days, and a word for the week."""

from datetime import date, datetime, time, timedelta
from uuid import uuid5
from zoneinfo import ZoneInfo

from koru.moments.spans import local_day
from koru.people.models import Person
from scheduling.models import Routine, RoutineChange, RoutineMark, WeekWord
from scheduling.routine_week import LOOK_AFTER, monday_of

from .world import World

BEGUN = timedelta(days=9)
THINGS = (
    (
        "the kettle is on",
        "I feel my feet",
        "one breath",
        "morning",
        ("done", "", "done", "smallest", "", "done", "rested", "done"),
    ),
    ("lunch is over", "I walk round the block", "I open the door", "", ("", "done", "", "", "done", "", "smallest", "")),
)
RESTING = ("I get home", "I text one person")
WORD = ("slowly", "on the way to the tram")


def add_routine(world: World, client: Person) -> None:
    """Begun a little more than a week ago; today is still open."""
    today = local_day(world.now, ZoneInfo(client.zone), client.day_starts)
    for place, (cue, action, smallest, part, said) in enumerate(THINGS, 1):
        routine = _routine(client, cue, action, today, world.now, smallest=smallest, part=part, place=place)
        for back, how in enumerate(said, 1):
            if how:
                RoutineMark.objects.create(
                    client=client, routine=routine, day=today - timedelta(days=back), how=how, at=world.now - timedelta(days=back)
                )
    _routine(client, *RESTING, today, world.now, rests_since=world.now - timedelta(days=2))
    word, moment = WORD
    WeekWord.objects.create(client=client, week=monday_of(today), word=word, moment=moment, at=world.now)
    Routine.objects.filter(client=client, place=1).update(remind_at=time(8, 15), remind_days=[1, 3, 5])


def _routine(client: Person, cue: str, action: str, today: date, now: datetime, **fields: object) -> Routine:
    begun = now - BEGUN
    words = {"cue": cue, "action": action, **fields}
    look_on = today - BEGUN + LOOK_AFTER
    routine = Routine.objects.create(client=client, look_on=look_on, since=begun, key=uuid5(client.pk, cue), **words)
    RoutineChange.objects.create(client=client, routine=routine, what="begun", words=action, at=begun)
    return routine
