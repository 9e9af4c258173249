"""The pages of a measure, put together: where somebody is in it, and where the next tap leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from koru.people.models import Person
from koru.safety.first_help import path_for
from koru.safety.flags import Flag

from .instrument import Measure, Question
from .models import Response
from .scoring import left_open, with_zeros
from .stopping import is_past


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is: at an item, counted from 1, or behind the last one. `at` 0: all items on one page."""

    row: Response
    at: int

    @property
    def measure(self) -> Measure:
        return self.row.definition

    @property
    def title(self) -> str:
        return self.row.title

    @property
    def asked(self) -> tuple[Question, ...]:
        """The items, without those that an answer has made needless."""
        told, given = with_zeros(self.measure, self.row.given), self.row.given
        return tuple(item for item in self.measure.items if item.key in given or item.key not in told)

    @property
    def items(self) -> tuple[Question, ...]:
        """What this page asks."""
        return self.asked if self.at == 0 else self.asked[self.at - 1 : self.at]

    @property
    def is_last(self) -> bool:
        return self.at > len(self.asked)

    @property
    def progress(self) -> str:
        """ "4 of 9" """
        return f"{self.at} of {len(self.asked)}"

    @property
    def left_open(self) -> tuple[str, ...]:
        """The places of unanswered items, as the page counts them."""
        open_keys = {item.key for item in left_open(self.measure, self.row.given)}
        return tuple(str(number) for number, item in enumerate(self.asked, 1) if item.key in open_keys)

    @property
    def stem(self) -> str:
        return self.measure.stem(self.row.form)

    @property
    def path(self) -> str:
        return path_at(self.row, self.at)

    @property
    def next_path(self) -> str:
        return path_at(self.row, min(self.at, len(self.asked)) + 1)

    @property
    def back_path(self) -> str:
        return path_at(self.row, self.at - 1) if self.at > 1 else ""


def place_of(row: Response, asked_at: str) -> Place:
    """The item of an address; without one, the first that is open."""
    if not row.one_by_one:
        return Place(row, 0)
    whole = Place(row, 1)
    if asked_at.isascii() and asked_at.isdecimal() and len(asked_at) < 4 and int(asked_at) > 0:
        return Place(row, min(int(asked_at), len(whole.asked) + 1))
    first = next((number for number, item in enumerate(whole.asked, 1) if item.key not in row.given), len(whole.asked) + 1)
    return Place(row, first)


def path_at(row: Response, at: int) -> str:
    path = reverse("measures:measure", args=[row.measure])
    return f"{path}?at={at}" if at else path


def help_path(flags: Sequence[Flag], row: Response, item: str) -> str:
    """Where help opens at once, with the way back to the same item; "" when nothing asks for it."""
    keys = [one.key for one in Place(row, 1).asked]
    at = keys.index(item) + 1 if item in keys else 1
    back = path_at(row, at) if row.one_by_one else f"{path_at(row, 0)}#item-{item}"
    return path_for(flags, back if row.is_open else reverse("measures:kept", args=[row.pk]))


def open_fill(client: Person, slug: str, now: datetime) -> Response | None:
    """What a client has begun of a measure and may still finish."""
    row: Response | None = Response.objects.written_by(client).open().filter(measure=slug).first()
    return row if row and not is_past(row, client, now) else None
