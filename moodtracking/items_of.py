"""Every question that one client's check-ins may hold: the shipped ones, and those in words of their own."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain
from types import MappingProxyType

from koru.people.models import Person

from .item_sets import load
from .items import Item
from .models import OwnItem
from .own_scales import OWN, is_own, item_of

NONE: Mapping[str, Item] = MappingProxyType({})
__all__ = ["OWN", "Own", "is_own", "items_for", "own_items"]


def own_items(client: Person) -> Mapping[str, Item]:
    """The client's own questions by key, in their places: also retired ones, since what was answered stays. One query."""
    return as_items(OwnItem.objects.of(client))


def as_items(rows: Iterable[OwnItem]) -> Mapping[str, Item]:
    """The agreed ones among these as questions, by key."""
    agreed = (row for row in rows if row.is_agreed)
    return MappingProxyType({row.item_key: item_of(row.item_key, row.words, row.scale) for row in agreed})


def items_for(client: Person) -> Mapping[str, Item]:
    """Every question by key, in the order of asking: the day's, symptoms, the client's own."""
    questions = load()
    return dict(chain(questions.items.items(), questions.symptoms.items(), own_items(client).items()))


class Own:
    """A client's own questions, asked for once, and only when an answer to one of them is to be said."""

    def __init__(self, client: Person) -> None:
        self.client = client

    @cached_property
    def known(self) -> Mapping[str, Item]:
        return own_items(self.client)

    def told(self, answers: Mapping[str, object]) -> Mapping[str, Item]:
        """Those that may be among these answers: none, without a query, when no key is of that sort."""
        return self.known if any(map(is_own, answers)) else NONE
