"""What was around on which days, and what was told then, for questions about what went together. One query."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from koru.moments.spans import Span
from koru.privacy.door import Record

from .item_sets import load
from .models import CheckIn
from .trends import DayValue, by_key

COLUMNS = ("id", "client_id", "local_date", "answers", "tags", "own_tags")


@dataclass(frozen=True)
class Tagged:
    """`told` are the days with a check-in; `tags` by key: the word and its days; `days` the daily values by question."""

    told: frozenset[date]
    tags: dict[str, tuple[str, frozenset[date]]]
    days: dict[str, list[DayValue]]


def tagged_in(record: Record, span: Span) -> Tagged:
    """Own words are opened for their writer alone."""
    rows = list(CheckIn.objects.readable_in(record).daily().within(span).order_by("at").only(*COLUMNS))
    return Tagged(
        frozenset(row.local_date for row in rows),
        _days_of(rows, own=record.is_own),
        by_key((row.local_date, row.answers) for row in rows),
    )


def _days_of(rows: Iterable[CheckIn], *, own: bool) -> dict[str, tuple[str, frozenset[date]]]:
    """In the order of the list, then own words by the alphabet; written in capitals or not is the same word."""
    listed = {f"tag:{slug}": word for group in load().tags.values() for slug, word in group.items()}
    words: dict[str, str] = {}
    days: dict[str, set[date]] = defaultdict(set)
    for row in rows:
        for slug in row.tags:
            days[f"tag:{slug}"].add(row.local_date)
        for word in row.own_words if own else ():
            days[f"word:{word.casefold()}"].add(row.local_date)
            words.setdefault(f"word:{word.casefold()}", word)
    order = [*listed, *sorted(words)]
    return {key: ((listed | words)[key], frozenset(days[key])) for key in order if key in days}
