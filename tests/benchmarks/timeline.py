"""Reading 90 days of a timeline beside the raw union of the same index ranges."""

from collections import deque
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from koru.care.story import story
from koru.moments.spans import Span
from koru.privacy.door import open_record
from koru.sealing.keyring import keyring

from .measuring import Result, at_most, in_turns
from .world import DAYS, pair

RAW = """
    SELECT 'check_in', at, id, kind, answers::text, NULL::bytea, NULL::bytea FROM moodtracking_checkin
    WHERE client_id = %(client)s AND deleted_at IS NULL AND at >= %(start)s AND at < %(end)s
    UNION ALL
    SELECT 'entry', at, id, share, prompt, title, text FROM journaling_entry
    WHERE client_id = %(client)s AND deleted_at IS NULL AND share <> 'only_me' AND at >= %(start)s AND at < %(end)s
    UNION ALL
    SELECT 'appointment', lower(during), id, kind_id, state, NULL, NULL FROM scheduling_appointment
    WHERE client_id = %(client)s AND lower(during) >= %(start)s AND lower(during) < %(end)s
    ORDER BY 2 DESC
"""
ROUNDS = 40


def reading() -> Result:
    """The story as values, opened and worded, beside its rows as the database hands them out."""
    client, therapist = pair()
    now = timezone.now()
    span = Span(now - timedelta(days=DAYS), now)
    where: dict[str, str | datetime] = {"client": str(client.pk), "start": span.start, "end": span.end}

    def raw() -> None:
        with connection.cursor() as cursor:
            cursor.execute(RAW, where)
            deque(cursor.fetchall(), maxlen=0)

    with open_record(client, by=therapist, why="timeline") as record, keyring():
        told, rows = in_turns(lambda: deque(story(record, span), maxlen=0), raw, ROUNDS)
    return at_most("timeline-reading", "ms", told * 1000, rows * 1000, 2.0)
