"""The trace: rows of the access log, written as the last statements of a transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

WRITE = """
    INSERT INTO privacy_accessrow (client_id, actor_id, role, act, about, why, seq, at, prev, hash)
    SELECT client, actor, role, act, about, why, 0, now(), '', ''
    FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[])
         AS looks (client, actor, role, act, about, why)
"""


@dataclass(frozen=True, slots=True, order=True)
class Look:
    """One row to be. Ordered by client first: transactions that touch several clients lock their heads in one order."""

    client: UUID
    actor: UUID
    role: str
    act: str
    about: str
    why: str


def write_trace(looks: Iterable[Look]) -> None:
    """Append to the access log, sorted by client against deadlocks. Call it last in the transaction."""
    rows = sorted(set(looks))
    if not rows:
        return
    columns = zip(*((str(r.client), str(r.actor), r.role, r.act, r.about, r.why) for r in rows), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [list(column) for column in columns])
