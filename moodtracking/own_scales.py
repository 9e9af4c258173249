"""The kinds of scale that a question in somebody's own words can have. Pure."""

from .item_sets import load
from .items import Item

OWN = "own:"
MOST_TIMES = 20
TIMES = ("none", *map(str, range(1, MOST_TIMES)), f"{MOST_TIMES} or more")


def is_own(key: str) -> bool:
    return key.startswith(OWN)


def anchors_of(scale: str) -> tuple[str, ...]:
    """The words of its steps: those of the symptoms, no and yes, or how many times."""
    amount = next(iter(load().symptoms.values())).anchors
    return {"amount": amount, "yes_no": ("no", "yes"), "count": TIMES}[scale]


def item_of(key: str, words: str, scale: str) -> Item:
    """The question with its scale."""
    anchors = anchors_of(scale)
    return Item(key=key, version=f"{key}.v1", ask=words, asked="picked", lowest=0, highest=len(anchors) - 1, anchors=anchors)


def could_be(value: object) -> bool:
    """Whether some scale of this sort has that value; which scale a question has, only its client's record knows."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TIMES
