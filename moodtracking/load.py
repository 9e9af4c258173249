"""What a client's check-ins and measures ask of them, in minutes, and whether there is room for more."""

from collections.abc import Iterable
from dataclasses import replace

from koru.people.models import Person
from koru.reminders.burden import Filled, Load, Often
from koru.reminders.burden import load as table

from .following import Following, following
from .measures import definitions, schedules
from .measures.assigning import live_assignments
from .measures.models import Assignment


class TooMuch(ValueError):
    """With it the fullest week would ask for more than the most. The words say so."""

    def __init__(self, wanted: Load) -> None:
        asked, most = minutes(wanted.fullest), minutes(table().most)
        super().__init__(
            f"In its fullest week this would ask for {asked}, and {most} is the most. Let something else rest first."
        )


def load_of(client: Person) -> Load:
    """The standing part of a plan. Three queries."""
    return load_from(following(client), live_assignments(client))


def load_from(followed: Following, assigned: Iterable[Assignment]) -> Load:
    """The same from what was read already."""
    known = definitions.load()
    return Load(followed.count, tuple(filled(one.measure, one.schedule) for one in assigned if one.measure in known))


def filled(measure: str, schedule: str) -> Filled:
    """One measure at its times, by their keys in the content."""
    times = schedules.load()[schedule]
    return Filled(definitions.load()[measure].minutes, Often(times.days, times.months, len(times.sessions)))


def check_room(wanted: Load, now: Load) -> None:
    """Raises TooMuch when the plan as wanted is too much. A change that asks for less is always fine."""
    if not wanted.fits and wanted.fullest > now.fullest:
        raise TooMuch(wanted)


def check_another_item(client: Person) -> None:
    """Raises TooMuch when one more question in each check-in is too much."""
    now = load_of(client)
    check_room(replace(now, further=now.further + 1), now)


def minutes(number: float) -> str:
    """To the whole minute, upward: "13 minutes", "1 minute"."""
    whole = -int(-number // 1)
    return "1 minute" if whole == 1 else f"{whole} minutes"
