"""Which of several posts of one page was sent last.

A page saves each tap, and "Done" sends all of it once more. On its way a tap can be overtaken by what was sent after it:
laid over that, it would take back what somebody saw on their page. So a browser's tab numbers what it sends, and what was
sent before what is kept already changes nothing.
"""

import re
from dataclasses import dataclass

LONGEST = 50
FORM = re.compile(r"([0-9-]{1,24}) ([0-9]{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Turn:
    """`tab`: drawn at random by a browser's tab; `at`: rises with all that it sends, near milliseconds since 1970."""

    tab: str
    at: int

    @classmethod
    def read(cls, text: str) -> "Turn | None":
        """As a page sends it. None where no script numbered the post, or for what is no turn: it counts as the last."""
        found = FORM.fullmatch(text)
        return cls(found[1], int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.tab} {self.at}"

    def is_overtaken_by(self, kept: str) -> bool:
        """Whether the same tab sent what is kept after this. Other tabs and devices are not compared."""
        last = Turn.read(kept)
        return last is not None and last.tab == self.tab and self.at < last.at
