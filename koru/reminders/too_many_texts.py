"""Whether a text message is one too many: at most one a day and three in any seven days, the more important first."""

from datetime import date, datetime, timedelta

from .ceilings import WEEK, Counted, dropped
from .kinds import kind
from .models import Letter


def is_too_many(letter: Letter, now: datetime) -> bool:
    """Of a reader's texts, those that went lately and those ahead: whether this one has to give way. One query."""
    near = timedelta(days=WEEK + 1)
    rows = Letter.objects.filter(
        to=letter.to_id, channel="text", withdrawn_at=None, failed_at=None, due_at__range=(now - 2 * near, now + near)
    )
    return letter.pk in dropped(_counted(row, letter, now) for row in rows)


def _counted(row: Letter, among: Letter, now: datetime) -> Counted:
    return Counted(row.pk, _day(row, among, now), kind(row.kind).priority, gone=row.handed_at is not None)


def _day(row: Letter, among: Letter, now: datetime) -> date:
    """By the clock of its reader, who is the same for all of them: when it went, or will."""
    at = row.handed_at or max(row.try_at, now)
    return at.astimezone(among.clock).date()
