"""What a client and their therapist agreed to ask: all of the plan as the client sees it."""

from dataclasses import dataclass, replace
from functools import cached_property

from journaling.chosen import Chosen, assigned_to
from koru.people.models import Person
from koru.people.spacing import Where, where_of
from koru.reminders.burden import Load
from koru.reminders.burden import load as table
from moodtracking.following import Following, following
from moodtracking.load import load_from, minutes
from moodtracking.measures import definitions, schedules
from moodtracking.measures.assigning import live_assignments
from moodtracking.measures.models import Assignment


@dataclass(frozen=True)
class Asked:
    """Everything that is asked of a client, or suggested."""

    followed: Following
    chosen: list[Chosen]
    assigned: list[Assignment]
    where: Where

    @cached_property
    def load(self) -> Load:
        return replace(load_from(self.followed, self.assigned), chosen=float(sum(one.minutes for one in self.chosen)))

    @property
    def measures(self) -> list[tuple[Assignment, str, str]]:
        """Each with its name and its times."""
        known = definitions.load()
        rows = (row for row in self.assigned if row.measure in known)
        return [(row, known[row.measure].title_of(row.form), schedules.load()[row.schedule].words) for row in rows]

    @property
    def usual(self) -> str:
        """What a usual week comes to. Above the most nothing is offered, whatever the plan holds."""
        return minutes(min(self.load.total, table().most))

    @property
    def most(self) -> str:
        return minutes(table().most)

    @property
    def has_room(self) -> bool:
        return len(self.followed.live) < 5


def asked_of(client: Person) -> Asked:
    """The same few queries, however much there is."""
    return Asked(following(client), assigned_to(client), live_assignments(client), where_of(client))
