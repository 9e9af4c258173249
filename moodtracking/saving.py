"""What follows for the page once a check-in is kept: the words, the offer of help, where to go."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from koru.people.models import Person
from scheduling.models import Appointment

from .checking_in import OutOfReach, Removed, TooLate, check_in
from .given import Given
from .item_sets import load
from .models import CheckIn

WHY_NOT: dict[type[Exception], str] = {
    TooLate: "A day has passed, so the taps stay as they were. A note can still be added.",
    Removed: "This one was removed a moment ago. Done keeps what is here as a new one.",
    OutOfReach: "A check-in can be about today or yesterday.",
}


@dataclass(frozen=True)
class Saved:
    """A check-in that is kept. `wants_help`: an answer just given opens help first of all."""

    row: CheckIn
    wants_help: bool

    @property
    def words(self) -> str:
        """ "Saved. 14:02.", by the client's clock."""
        at = (self.row.edited_at or self.row.recorded_at).astimezone(ZoneInfo(self.row.client.zone))
        return str(load().words["saved"]).format(time=f"{at:%H:%M}")

    @property
    def help_path(self) -> str:
        """Help for where they are, with the way back; what they answered is kept, and stays out of the address."""
        return reverse("moodtracking:help_first", args=[self.row.pk]) if self.wants_help else ""

    @property
    def next_path(self) -> str:
        return self.help_path or reverse("moodtracking:kept", args=[self.row.pk])


def save(given: Given, key: UUID, *, by: Person) -> Saved:
    """Keep it, and see whether what is new in it asks for help. Raises what `check_in` raises."""
    before = CheckIn.objects.written_by(by).filter(key=key).values_list("answers", flat=True).first()
    row = check_in(given, by=by, key=key)
    return Saved(row, wants_help=asks_for_help(before or {}, row.answers))


def save_after(given: Given, key: UUID, *, by: Person, about: Appointment | None) -> Saved:
    """The same for how a session was taken. Raises what `check_in` raises."""
    row = check_in(given, by=by, key=key, kind=CheckIn.Kind.SIDE_EFFECT, about=about)
    return Saved(row, wants_help=False)


def asks_for_help(before: Mapping[str, float], now: Mapping[str, float]) -> bool:
    """Whether an answer that is new or other than before reaches the mark from which help opens at once."""
    for key, value in now.items():
        item = load().item(key)
        if item and item.help_from is not None and value >= item.help_from and before.get(key) != value:
            return True
    return False
