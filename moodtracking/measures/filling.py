"""What follows for the page once answers are kept: the words, help first of all, where to go."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from koru.moments.directions import neither
from koru.moments.turns import Turn
from koru.people.models import Person
from koru.safety.first_help import path_for

from .measuring import Told, answer_all
from .models import Response
from .pages import help_path

CLOSED = "This form was closed meanwhile. What you answered before is kept."


@dataclass(frozen=True, slots=True)
class Kept:
    """Answers that are kept. `help_path`: one just given opens help first of all."""

    row: Response
    is_kept: bool
    help_path: str = ""

    @classmethod
    def of(cls, told: Told) -> "Kept":
        """What a finished one leads to."""
        return cls(told.response, told.kept, path_for(told.flags, reverse("measures:kept", args=[told.response.pk])))

    @property
    def words(self) -> str:
        """ "Saved. 14:02.", by the client's clock."""
        return f"Saved. {timezone.now().astimezone(ZoneInfo(self.row.client.zone)):%H:%M}." if self.is_kept else CLOSED

    @property
    def next_path(self) -> str:
        return self.help_path or reverse("measures:kept", args=[self.row.pk])


@neither
def keep_all(row: Response, answers: Mapping[str, int | None], *, by: Person, turn: Turn | None = None) -> Kept:
    """Keep the answers of a page."""
    if not answers:
        return Kept(row, row.is_open)
    told = answer_all(row.pk, answers, by=by, turn=turn)
    return Kept(told.response, told.kept, help_path(told.flags, told.response, told.item))
