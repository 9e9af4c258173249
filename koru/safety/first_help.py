"""Where help opens at once, after an answer that asks for it (clinical.md 5.3)."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from .flags import Flag
from .rules import rule


def path_for(flags: Iterable[Flag], back: str) -> str:
    """The address of the full page of help, and the way back to where they were; "" when no flag opens it."""
    opening = [flag for flag in flags if rule(flag.key).opens_help]
    if not opening:
        return ""
    return page_of(max(opening, key=lambda flag: (flag.level, flag.latest_at)), back)


def page_of(flag: Flag, back: str) -> str:
    """The address of the page for one flag. What it is about stays out of it."""
    return f"{reverse('safety:first_help', args=[flag.pk])}?{urlencode({'back': back})}"
