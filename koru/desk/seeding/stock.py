"""The stock of plain sentences that invented clients write with. All are made up for this file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .chance import Chance

CONTENT = Path(__file__).parent / "content" / "stock.toml"
LEAST_WORDS, MOST_WORDS = 20, 120


@dataclass(frozen=True)
class Stock:
    sentences: tuple[str, ...]
    notes: tuple[str, ...]
    given_names: tuple[str, ...]
    goals: tuple[str, ...]
    agreed: tuple[str, ...]

    def words(self, chance: Chance) -> str:
        """A few sentences, 20 to 120 words."""
        wanted = chance.randint(LEAST_WORDS, MOST_WORDS - 20)
        chosen: list[str] = []
        while sum(len(sentence.split()) for sentence in chosen) < wanted:
            chosen.append(chance.choice([one for one in self.sentences if one not in chosen]))
        return " ".join(chosen)


@cache
def stock() -> Stock:
    kept = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    return Stock(**{name: tuple(words) for name, words in kept.items()})
