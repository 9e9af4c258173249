"""Rules for every word that a client reads (clinical reference, head), as far as a machine can hold them."""

import re
from collections.abc import Iterator, Mapping

AVOIDED = re.compile(
    r"\b(trips?|journeys?|powerful|breakthroughs?|heal(s|ed|ing)?|compliance|compliant|failed|failures?|relapsed?|streaks?"
    r"|scores?|patients?|users?|should|must|try harder|well done|great job|congratulations)\b",
    re.IGNORECASE,
)


def broken_rules(text: str) -> list[str]:
    """What in a text a client must not meet: avoided words and exclamation marks."""
    return [found.group() for found in AVOIDED.finditer(text)] + ["!"] * text.count("!")


def texts_in(value: object) -> Iterator[str]:
    """Every string inside a value read from a content file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)
