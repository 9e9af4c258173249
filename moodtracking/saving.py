"""What follows once a check-in is kept: flags for what somebody has to look at, the words, the offer of help, where to go."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from koru.people.models import Person
from koru.safety.first_help import path_for
from koru.safety.flags import Flag
from koru.safety.noticing import notice
from scheduling.models import Appointment

from .checking_in import OutOfReach, Removed, TooLate, check_in
from .facts import facts_of
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
    """A check-in that is kept, and the flags that something new in it has raised."""

    row: CheckIn
    flags: tuple[Flag, ...] = ()

    @property
    def words(self) -> str:
        """ "Saved. 14:02.", by the client's clock."""
        at = (self.row.edited_at or self.row.recorded_at).astimezone(ZoneInfo(self.row.client.zone))
        return str(load().words["saved"]).format(time=f"{at:%H:%M}")

    @property
    def help_path(self) -> str:
        """Help at once, with the way back to exactly here; what they answered stays out of the address."""
        return path_for(self.flags, reverse("moodtracking:edit", args=[self.row.pk]))

    @property
    def next_path(self) -> str:
        return self.help_path or reverse("moodtracking:kept", args=[self.row.pk])


@transaction.atomic
def save(given: Given, key: UUID, *, by: Person) -> Saved:
    """Keep it and what follows from it, together or not at all. Raises what `check_in` raises."""
    return _noticed(check_in(given, by=by, key=key), by)


@transaction.atomic
def save_after(given: Given, key: UUID, *, by: Person, about: Appointment | None) -> Saved:
    """The same for how a session was taken. Raises what `check_in` raises."""
    return _noticed(check_in(given, by=by, key=key, kind=CheckIn.Kind.SIDE_EFFECT, about=about), by)


def _noticed(row: CheckIn, by: Person) -> Saved:
    facts = facts_of(row, timezone.now())
    return Saved(row, notice(by, facts, about=row.pk, by=by) if facts else ())
