"""Everything that a running stack leaves behind, as bytes, by where it lies."""

import base64
import io
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg2
import redis
from psycopg2 import sql

from koru.stack import home as homes

from .stack import Stack

TABLES = "SELECT quote_ident(schemaname), tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


def shapes_of(word: str) -> set[bytes]:
    """As it is, in hex, and in base64 wherever it may begin within a group of three."""
    plain = word.encode()
    shifted = {base64.b64encode(b"\0" * n + plain)[4 if n else 0 : -4] for n in range(3)}
    return {plain, plain.hex().encode(), plain.hex().upper().encode(), *shifted}


def lines_of_tables(stack: Stack) -> Iterator[tuple[str, bytes]]:
    """A dump of the database, as COPY writes it."""
    with closing(psycopg2.connect(homes.database_url(stack.home))) as connection, connection.cursor() as cursor:
        cursor.execute(TABLES)
        for _, table in cursor.fetchall():
            out = io.StringIO()
            cursor.copy_expert(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table)), out)
            yield f"table {table}", out.getvalue().encode()


def files(stack: Stack) -> Iterator[tuple[str, bytes]]:
    """Logs, mails and the database's own files, its journal of changes among them."""
    for folder in ("log", "mailbox", "pg/base", "pg/pg_wal"):
        for file in sorted((stack.home / folder).rglob("*")):
            if file.is_file():
                yield str(file.relative_to(stack.home)), file.read_bytes()
    for mail in stack.mails("@"):
        yield f"mail {mail.subject}", (mail.subject + mail.text).encode()


def keys_of_valkey(stack: Stack) -> Iterator[tuple[str, bytes]]:
    with closing(redis.Redis.from_url(homes.valkey_url(stack.home))) as valkey:
        for key in valkey.scan_iter():
            yield f"valkey {key!r}", key + b" " + _value(valkey, key)


def _value(valkey: Any, key: bytes) -> bytes:
    readers = {b"string": valkey.get, b"hash": valkey.hgetall, b"set": valkey.smembers}
    readers |= {b"list": lambda one: valkey.lrange(one, 0, -1), b"zset": lambda one: valkey.zrange(one, 0, -1)}
    found = readers[valkey.type(key)](key)
    return found if isinstance(found, bytes) else repr(found).encode()


def all_of(stack: Stack) -> Iterator[tuple[str, bytes]]:
    yield from lines_of_tables(stack)
    yield from files(stack)
    yield from keys_of_valkey(stack)
