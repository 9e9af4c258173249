"""What people type, made keepable: nothing they can see is changed."""

import re
from dataclasses import dataclass

LOST = re.compile("[\ud800-\udfff]")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
BREAKS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Tidied:
    """Text that PostgreSQL and JSON can hold, and whether something had to go for it."""

    text: str
    changed: bool


def tidied(text: str) -> Tidied:
    """Without NUL and the other controls but tab and newline; lone surrogates as U+FFFD; line ends as newlines.

    Right-to-left marks, joiners, emoji and combining characters stay byte for byte.
    """
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    clean = LOST.sub(REPLACEMENT, CONTROLS.sub("", kept))
    return Tidied(clean, changed=clean != kept)


def is_one_line(text: str) -> bool:
    """Whether it can stand in a name, an address or a subject: one line by any reader's count."""
    return not BREAKS.search(text)
