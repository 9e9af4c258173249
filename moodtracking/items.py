"""One question of a check-in with its scale. A value that refuses to be wrong."""

from dataclasses import dataclass

ASKED = ("always", "morning", "weekly", "picked", "after a session")
OPENING = ("mood", "energy", "sleep_quality", "connectedness")


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question with its scale: `anchors` are the words of its steps from `lowest` on; without any, `step` counts.

    `help_from` is the answer from which the help page opens at once; `beforehand` is said before it is answered.
    """

    key: str
    version: str
    ask: str
    asked: str
    lowest: int
    highest: int
    anchors: tuple[str, ...] = ()
    step: float = 1
    on: bool = False
    side: str = ""
    beforehand: str = ""
    help_from: int | None = None
    part_2: bool = False

    def __post_init__(self) -> None:
        if self.asked not in ASKED:
            raise ValueError(f"unknown time of asking {self.asked!r}")
        if self.highest <= self.lowest or self.step not in (1, 0.5):
            raise ValueError("its scale has no steps")
        if self.anchors and len(self.anchors) != self.highest - self.lowest + 1:
            raise ValueError("anchors and range differ")

    @property
    def choices(self) -> tuple[tuple[int, str], ...]:
        """Value and word of each step, lowest first; empty for a counted item such as hours."""
        return tuple(enumerate(self.anchors, self.lowest))

    @property
    def drawn(self) -> bool:
        """Whether its steps unfurl: the more, the better. A scale of something hard has words alone."""
        return self.key in OPENING or self.side == "good"

    def word(self, value: int) -> str:
        """The anchor of a value, such as "a bit low". Raises KeyError for a value the scale hasn't got."""
        return dict(self.choices)[value]

    def allows(self, value: object) -> bool:
        """Whether an answer can be: a number of the scale, on one of its steps. True and "3" are no numbers."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        if self.step == 1 and not isinstance(value, int):
            return False
        return self.lowest <= value <= self.highest and value % self.step == 0
