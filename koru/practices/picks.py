"""What a therapist picked, as pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from koru.people.models import Person

from .models import PracticePick
from .moments import title_of


@dataclass(frozen=True, slots=True)
class PickShown:
    """An open pick: its practice by name, who picked it, their sentence, and the moment in words."""

    id: UUID
    title: str
    by: str
    sentence: str
    when: str


def picks_of(client: Person) -> Mapping[str, PickShown]:
    """The open ones by their practice, the oldest first. One query."""
    rows = PracticePick.objects.of(client).open().select_related("picked_by")
    return {row.practice: _shown(row) for row in rows}


def _shown(row: PracticePick) -> PickShown:
    return PickShown(row.pk, title_of(row.practice), row.picked_by.display_name, row.sentence, row.get_moment_display())
