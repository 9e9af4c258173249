"""Words that must not be met where they don't belong."""

PRIVATE, SHARED, CONTACT, NAME, TALK, NOTE = "private", "shared", "contact", "name", "talk", "note"
LEVELS = (PRIVATE, SHARED, CONTACT, NAME, TALK, NOTE)
SIDES = ("A", "B")


def canary(level: str, side: str) -> str:
    """A word that stands in that side's sealed fields of that level, and nowhere else."""
    return f"canary{level}{side}x7421"
