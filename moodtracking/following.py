"""What one client's check-in asks beside the day's questions: the symptoms they follow, and questions in their own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from koru.people.models import Person

from .item_sets import load
from .items import Item
from .items_of import as_items
from .models import OwnItem, PickedSymptom


@dataclass(frozen=True)
class Following:
    """`own` are all of the client's own questions: proposed, agreed and retired."""

    symptoms: list[PickedSymptom]
    own: list[OwnItem]

    @cached_property
    def known(self) -> Mapping[str, Item]:
        """Their own questions that were ever asked, by key."""
        return as_items(self.own)

    @property
    def live(self) -> list[OwnItem]:
        return [row for row in self.own if row.retired_at is None]

    @property
    def asked(self) -> list[OwnItem]:
        return [row for row in self.live if row.is_agreed]

    @property
    def picked(self) -> list[str]:
        """The keys of what is asked, symptoms first."""
        return [*(row.item_key for row in self.symptoms), *(row.item_key for row in self.asked)]

    @property
    def suggested(self) -> list[OwnItem]:
        """What the therapist proposed and the client hasn't answered."""
        return [row for row in self.live if not row.is_agreed and not row.is_clients]

    @property
    def waiting(self) -> list[OwnItem]:
        """What the client proposed and the therapist hasn't answered."""
        return [row for row in self.live if not row.is_agreed and row.is_clients]

    @property
    def symptoms_with_words(self) -> list[tuple[PickedSymptom, str]]:
        return [(row, load().symptoms[row.item_key].ask) for row in self.symptoms]

    @property
    def count(self) -> int:
        """How many questions beside the day's own."""
        return len(self.picked)


def following(client: Person) -> Following:
    """Two queries, however much there is."""
    own = OwnItem.objects.of(client).select_related("proposed_by").order_by("place", "id")
    return Following(list(PickedSymptom.objects.of(client).live().order_by("place")), list(own))
