"""Which questions a check-in asks at this hour, and in which order. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .item_sets import ItemSet
from .items import Item

NOON = time(12)
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Asked:
    """`first` stands open on the page; `more` is folded, for those who want it."""

    first: tuple[Item, ...]
    more: tuple[Item, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return self.first + self.more


def asked_now(
    questions: ItemSet,
    local_now: datetime,
    *,
    picked: Iterable[str] = (),
    answered: Iterable[str] = (),
    connected_on: date | None = None,
    own: Mapping[str, Item] | None = None,
    light: bool = False,
) -> Asked:
    """The daily questions; sleep before noon; connectedness open once a week; what is picked; what was answered before.

    `picked` and `answered` are keys of symptoms and of the client's `own` questions; `connected_on` is the day
    connectedness was answered last. `light`: only what is asked always stands open, and what was answered before; all the
    rest is folded, in the same order.
    """
    offered = {**questions.symptoms, **(own or {})}
    again = set(answered)
    weekly = connected_on is None or local_now.date() - connected_on >= A_WEEK
    shown = {"always": True, "morning": local_now.time() < NOON, "weekly": weekly}
    daily = questions.items.values()
    first = [item for item in daily if shown[item.asked] or item.key in again]
    followed = [item for key in dict.fromkeys([*picked, *answered]) if (item := offered.get(key))]
    later = [item for item in daily if item.asked == "weekly" and item not in first]
    if light:
        return _lightened([*first, *followed], later, again)
    return Asked(first=(*first, *followed), more=tuple(later))


def _lightened(shown: list[Item], later: list[Item], again: set[str]) -> Asked:
    """The same questions, with as few of them open as can be."""
    opened = [item for item in shown if item.asked == "always" or item.key in again]
    return Asked(first=tuple(opened), more=(*(item for item in shown if item not in opened), *later))
