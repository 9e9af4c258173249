"""What a timeline shows of check-ins: the taps in words, one query, values only. Notes stay with their page."""

from collections.abc import Iterator

from koru.moments.moment import Moment
from koru.moments.spans import Span
from koru.privacy.door import Record

from .models import CheckIn
from .reading import said

TITLES = {"daily": "Check-in", "side_effect": "After the session"}


def moments(record: Record, span: Span, limit: int | None = None) -> Iterator[Moment]:
    """Check-ins felt within the span, newest first."""
    rows = (CheckIn.objects.readable_in(record).within(span).order_by("-at", "-id").values_list("at", "kind", "answers"))[:limit]
    for at, kind, answers in rows:
        words = "; ".join(f"{question} {answer}" for question, answer in said(answers))
        yield Moment(at=at, kind="check_in", title=TITLES[kind], body=words)
