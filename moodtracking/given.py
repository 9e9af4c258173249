"""What a client gives in one check-in, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from koru.moments.turns import Turn

from .item_sets import load
from .own_scales import could_be, is_own

Number = int | float


class NotOnTheScale(ValueError):
    """An answer that its question hasn't got."""


@dataclass(frozen=True)
class Given:
    """Answers by key; `None` takes one back, a key that isn't there leaves what was said. `at` None: leave it.

    `held`: they would rather raise it themselves. A form can only say so; letting it be seen is a deed of its own.
    `turn`: its place among what the same page has sent.
    """

    answers: Mapping[str, Number | None] = field(default_factory=dict)
    tags: tuple[str, ...] | None = None
    own_tags: str | None = None
    still_there: tuple[str, ...] | None = None
    note: str | None = None
    note_share: str | None = None
    at: datetime | None = None
    held: bool = False
    turn: Turn | None = None

    def __post_init__(self) -> None:
        for key, value in self.answers.items():
            if not _fits(key, value):
                raise NotOnTheScale(key)
        if not set(self.tags or ()) <= load().tag_slugs():
            raise NotOnTheScale("tags")

    @property
    def says_something(self) -> bool:
        told = any(value is not None for value in self.answers.values())
        return told or bool(self.tags or self.own_tags or self.note)

    def over(self, said: Mapping[str, Number]) -> dict[str, Number]:
        """The answers once these are laid over what was said before."""
        merged = {**said, **self.answers}
        return {key: value for key, value in merged.items() if value is not None}


def _fits(key: str, value: Number | None) -> bool:
    """Whether that can be an answer. To a question in a client's own words `checking_in` looks again, in their record."""
    item = load().item(key)
    if item is None:
        return is_own(key) and (value is None or could_be(value))
    return value is None or item.allows(value)
