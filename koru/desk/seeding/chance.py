"""Chance that comes out the same for the same seed, ids included."""

import random
from datetime import datetime
from uuid import UUID


class Chance(random.Random):
    """A seeded source. Nothing secret may come from it."""

    def happens(self, share: float) -> bool:
        """True in that share of cases, 0 to 1."""
        return self.random() < share

    def id_at(self, at: datetime) -> UUID:
        """A UUIDv7 as it would have been made at that moment."""
        value = (int(at.timestamp() * 1000) & (2**48 - 1)) << 80 | self.getrandbits(80)
        return UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62)

    def key(self) -> UUID:
        """A random UUID, for idempotency keys."""
        return UUID(int=self.getrandbits(128), version=4)

    def number(self, middle: float, spread: float, lowest: int, highest: int) -> int:
        """A whole number around `middle`, kept on its scale."""
        return max(lowest, min(highest, round(self.gauss(middle, spread))))
