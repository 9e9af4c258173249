"""Claiming: a worker takes due letters of one channel for a minute, and nobody else takes them meanwhile."""

from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now

from .kinds import CHANNELS
from .models import Letter

LEASE = timedelta(seconds=60)
BATCH = 20

# Walks the partial index letters_to_send_by_channel; due by the database's clock, so that workers' clocks don't matter.
CLAIM = """
UPDATE reminders_letter SET claimed_by = %s, lease_until = now() + %s * interval '1 second'
WHERE id IN (
    SELECT id FROM reminders_letter
    WHERE channel = %s AND try_at <= now() AND sent_at IS NULL AND withdrawn_at IS NULL AND failed_at IS NULL
      AND (lease_until IS NULL OR lease_until < now())
    ORDER BY try_at LIMIT %s FOR UPDATE SKIP LOCKED
)
RETURNING id
"""


def claim(worker: UUID, channel: str = "mail", most: int = BATCH) -> list[UUID]:
    """Take due letters of a channel for a minute. Nobody else takes them meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [worker, LEASE.total_seconds(), channel, most])
        return [row[0] for row in cursor.fetchall()]


def due_count() -> int:
    """How many letters wait to be claimed."""
    return _due().count()


def due_channels() -> list[str]:
    """Of which channels some are."""
    found = set(_due().values_list("channel", flat=True).distinct())
    return [one for one in CHANNELS if one in found]


def _due() -> QuerySet[Letter]:
    return Letter.objects.filter(channel__in=CHANNELS, try_at__lte=Now(), sent_at=None, withdrawn_at=None, failed_at=None)


def release(worker: UUID) -> None:
    """Give back what a worker holds and hasn't handed over."""
    Letter.objects.filter(claimed_by=worker, sent_at=None).update(claimed_by=None, lease_until=None)
