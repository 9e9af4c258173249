"""Checking the chain of the access log, in one question to the database."""

from uuid import UUID

from django.db import connection

BROKEN = """
    WITH chain AS (
        SELECT client_id, seq, prev, hash,
               sha256(prev || convert_to(jsonb_build_array(client_id, seq, actor_id, role, act, about, why,
                                                           extract(epoch FROM at))::text, 'UTF8')) AS made,
               coalesce(lag(hash) OVER one, ''::bytea) AS hash_before,
               coalesce(lag(seq) OVER one, 0) AS seq_before
        FROM privacy_accessrow
        WHERE %(client)s::uuid IS NULL OR client_id = %(client)s
        WINDOW one AS (PARTITION BY client_id ORDER BY seq)
    ), broken AS (
        SELECT client_id, min(seq) AS seq FROM chain
        WHERE hash <> made OR prev <> hash_before OR seq <> seq_before + 1
        GROUP BY client_id
    ), cut AS (
        SELECT head.client_id, head.seq FROM privacy_accesshead head
        LEFT JOIN privacy_accessrow last ON (last.client_id, last.seq) = (head.client_id, head.seq)
        WHERE last.hash IS DISTINCT FROM head.hash AND (%(client)s::uuid IS NULL OR head.client_id = %(client)s)
    )
    SELECT client_id, min(seq) FROM (SELECT * FROM broken UNION ALL SELECT * FROM cut) AS found GROUP BY client_id
"""


def broken_chains(client: UUID | None = None) -> list[tuple[UUID, int]]:
    """Each chain that was altered, reordered or cut, with the first row that does not fit. `client`: only that one's."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN, {"client": client})
        return list(cursor.fetchall())


def rows_checked() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM privacy_accessrow")
        (count,) = cursor.fetchone()
    return int(count)
