"""Making anchors of the access log, and asking whether what they name is still there."""

import logging
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

log = logging.getLogger(__name__)

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('anchors', 0))"
ANCHOR = """
    WITH next AS (SELECT coalesce(max(number), 0) + 1 AS number, clock_timestamp() AS at FROM privacy_anchor),
    grown AS (
        INSERT INTO privacy_anchoredhead (anchor_id, client_id, seq, hash)
        SELECT next.number, head.client_id, head.seq, head.hash FROM privacy_accesshead head, next
        WHERE head.seq > coalesce((SELECT max(kept.seq) FROM privacy_anchoredhead kept WHERE kept.client_id = head.client_id), 0)
        RETURNING client_id, seq, hash
    )
    INSERT INTO privacy_anchor (number, at, heads, digest)
    SELECT number, at, (SELECT count(*) FROM grown),
           sha256(coalesce((SELECT digest FROM privacy_anchor before WHERE before.number = next.number - 1), ''::bytea)
                  || convert_to(jsonb_build_array(number, extract(epoch FROM at),
                     (SELECT jsonb_agg(jsonb_build_array(client_id, seq, encode(hash, 'hex')) ORDER BY client_id) FROM grown)
                     )::text, 'UTF8'))
    FROM next WHERE EXISTS (SELECT FROM grown)
"""
NEWEST = "SELECT number, encode(digest, 'hex') FROM privacy_anchor ORDER BY number DESC LIMIT 1"
CHANGED = """
    WITH made AS (
        SELECT number, digest, coalesce(lag(number) OVER one, 0) AS before,
               sha256(coalesce(lag(digest) OVER one, ''::bytea)
                      || convert_to(jsonb_build_array(number, extract(epoch FROM at), (
                         SELECT jsonb_agg(jsonb_build_array(client_id, seq, encode(hash, 'hex')) ORDER BY client_id)
                         FROM privacy_anchoredhead WHERE anchor_id = number))::text, 'UTF8')) AS again
        FROM privacy_anchor WINDOW one AS (ORDER BY number)
    )
    SELECT number FROM made WHERE digest <> again OR number <> before + 1 ORDER BY number
"""
LOST = """
    SELECT kept.client_id, min(kept.seq) FROM privacy_anchoredhead kept
    LEFT JOIN privacy_accessrow there ON (there.client_id, there.seq) = (kept.client_id, kept.seq)
    WHERE there.hash IS DISTINCT FROM kept.hash GROUP BY kept.client_id
"""
KNOWN = "SELECT EXISTS (SELECT FROM privacy_anchor WHERE encode(digest, 'hex') = %s)"


@dataclass(frozen=True, slots=True)
class Newest:
    """The last anchor: its number, and its digest in hex. Number 0 where nobody's record was opened yet."""

    number: int
    digest: str


@transaction.atomic
def anchor_heads() -> Newest:
    """Anchor every chain that has grown since the last time, and say so in the log, where no one with the database's rights
    reaches. Nothing new: no new anchor, the same line."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        cursor.execute(ANCHOR)
    newest = newest_anchor()
    log.info("access log anchored", extra={"koru": {"anchor": newest.number, "digest": newest.digest}})
    return newest


def newest_anchor() -> Newest:
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        row = cursor.fetchone()
    return Newest(*row) if row else Newest(0, "")


def changed_anchors() -> list[int]:
    """Anchors that were altered, put between, or that follow one that was taken away."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGED)
        return [row[0] for row in cursor.fetchall()]


def lost_rows() -> list[tuple[UUID, int]]:
    """Of each chain the first row that an anchor names and that is gone or another one now."""
    with connection.cursor() as cursor:
        cursor.execute(LOST)
        return list(cursor.fetchall())


def knows(digest: str) -> bool:
    """Whether a digest that was kept elsewhere is that of an anchor here."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [digest.lower()])
        (found,) = cursor.fetchone()
    return bool(found)
