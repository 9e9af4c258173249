"""What the pages of practices show of one client: the shelf as it stands for them, and what helped them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from koru.people.models import Person

from . import library
from .finding import Sought
from .library import Practice
from .models import PracticeAside, PracticeDone
from .moments import title_of
from .picks import PickShown, picks_of

NEWEST = 20
GOOD = ("yes", "a_bit")


@dataclass(frozen=True, slots=True)
class Row:
    """A practice on the shelf, with its pick if there is one, and whether it is set aside."""

    practice: Practice
    pick: PickShown | None = None
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    gentle: Sequence[Row]
    longer: Sequence[Row]

    @property
    def is_empty(self) -> bool:
        return not self.gentle and not self.longer


def shelf_of(client: Person, sought: Sought) -> Shelf:
    """All that fit what is sought. Two queries."""
    picks: Mapping[str, PickShown] = picks_of(client)
    aside = set(PracticeAside.objects.of(client).values_list("practice", flat=True))
    rows = [Row(one, picks.get(one.slug), one.slug in aside) for one in sought.among(library.load().practices.values())]
    return Shelf([row for row in rows if row.practice.gentle], [row for row in rows if not row.practice.gentle])


@dataclass(frozen=True, slots=True)
class Helped:
    """A practice that helped, and how often: a number that only grows, never a row of days."""

    title: str
    slug: str
    times: int

    @property
    def words(self) -> str:
        return "once" if self.times == 1 else f"{self.times} times"


def what_helped(client: Person) -> list[Helped]:
    """What helped, or a bit, most often first. One query."""
    counted = Counter(PracticeDone.objects.of(client).filter(helped__in=GOOD).values_list("practice", flat=True))
    return [Helped(title_of(slug), slug, times) for slug, times in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]


@dataclass(frozen=True, slots=True)
class Noted:
    """One that was done, as its client reads it."""

    row: PracticeDone
    title: str


def done_lately(client: Person) -> list[Noted]:
    """The newest. One query."""
    return [Noted(row, title_of(row.practice)) for row in PracticeDone.objects.of(client)[:NEWEST]]
