"""What a client chooses about practices as a whole: whether they are suggested, what is left out, who sees what was done."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from koru.moments.directions import narrows, neither, widens
from koru.people.models import Person

from . import library
from .models import PracticeChoices


class AskAgain(ValueError):
    """Within a day of a session more isn't shared: it is asked again at `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__("ask again")
        self.at = at


def choices_of(client: Person) -> PracticeChoices:
    """As they stand; unsaved with what holds for everybody when nothing was chosen."""
    return PracticeChoices.objects.filter(client=client).first() or PracticeChoices(client=client)


@neither
def suggest(wanted: bool, *, by: Person) -> None:
    """Whether practices are suggested at all."""
    _set(by, suggests=wanted)


@neither
def leave_out(cautions: Iterable[str], *, by: Person) -> None:
    """What they said that leaves some out. What isn't known is passed over."""
    _set(by, cautions=sorted(set(cautions) & set(library.load().cautions)))


@narrows
def keep_to_oneself(*, by: Person) -> None:
    """From now on only the client sees what they did, the earlier ones too."""
    _set(by, shares=False)


@widens
def share(*, waits: datetime | None, by: Person) -> None:
    """Let the therapist see what was done and whether it helped, the earlier ones too.

    `waits`: when more may be shared again after a session (scheduling.resting), None for now. Raises AskAgain.
    """
    if waits:
        raise AskAgain(waits)
    _set(by, shares=True)


def _set(client: Person, **values: Any) -> None:
    """One statement: two at once write one row."""
    row = PracticeChoices(client=client, **values)
    PracticeChoices.objects.bulk_create([row], update_conflicts=True, unique_fields=["client"], update_fields=list(values))
