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
) -> Asked:
    """The daily questions; sleep before noon; connectedness open once a week; what is picked; what was answered before.

    `picked` and `answered` are keys of symptoms and of the client's `own` questions; `connected_on` is the day
    connectedness was answered last.
    """
    offered = {**questions.symptoms, **(own or {})}
    again = set(answered)
    weekly = connected_on is None or local_now.date() - connected_on >= A_WEEK
    shown = {"always": True, "morning": local_now.time() < NOON, "weekly": weekly}
    daily = questions.items.values()
    first = [item for item in daily if shown[item.asked] or item.key in again]
    followed = [item for key in dict.fromkeys([*picked, *answered]) if (item := offered.get(key))]
    later = [item for item in daily if item.asked == "weekly" and item not in first]
    return Asked(first=(*first, *followed), more=tuple(later))
