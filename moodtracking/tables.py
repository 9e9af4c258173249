"""The table beside a chart, as rows of HTML: thousands of cells, so they are put together here and not in a template."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from django.utils.html import escape
from django.utils.safestring import SafeString

from .sentences import spoken
from .trends import DayValue


def rows_of(days: Sequence[DayValue], say: Callable[[float], str], today: date) -> SafeString:
    """One row a day or week, newest first: when, the word for its value, of how many."""

    @cache
    def said(value: float) -> str:
        return str(escape(say(value)))

    told = [f'<tr><th scope="row">{spoken(day, today)}</th><td>{said(value)}</td><td>{of}</td></tr>' for day, value, of in days]
    return SafeString("".join(reversed(told)))
