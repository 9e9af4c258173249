"""Data keys at work: unwrapped once a request or job, held in its memory only, forgotten with it."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from koru.moments.questions import Together

from .envelope import CannotOpen
from .keks import current_kek, unwrap, wrap
from .models import DataKey

MOST = 2000  # a page needs a caseload's; a job that goes through all clients begins anew now and then


class Keyring:
    """The data keys that one request has needed so far, and no more than `MOST` of them."""

    def __init__(self) -> None:
        self.by_id: dict[UUID, bytes] = {}
        self.live: dict[UUID, UUID] = {}

    def keep(self, row: DataKey) -> bytes:
        key = unwrap(bytes(row.wrapped), row.owner, row.kek_id)
        if len(self.by_id) >= MOST:
            self.by_id.clear()
            self.live.clear()
        self.by_id[row.pk] = key
        if row.retired_at is None:
            self.live[row.owner] = row.pk
        return key


COLUMNS = ("id", "owner", "wrapped", "kek_id", "made_at", "retired_at")
named = Together(lambda key_id: [DataKey.objects.filter(pk=key_id).values_list(*COLUMNS)])
_ring: ContextVar[Keyring | None] = ContextVar("keyring", default=None)


@contextmanager
def keyring() -> Iterator[None]:
    """Within, each data key is fetched and unwrapped once."""
    token = _ring.set(Keyring())
    try:
        yield
    finally:
        _ring.reset(token)


def key_for(owner: UUID) -> tuple[UUID, bytes]:
    """The live data key of an owner, made at its first use. Raises CannotOpen for one who was erased."""
    ring = _ring.get() or Keyring()
    key_id = ring.live.get(owner)
    if key_id is None:
        row = DataKey.objects.filter(owner=owner, retired_at=None).first() or _made_for(owner)
        return row.pk, ring.keep(row)
    return key_id, ring.by_id[key_id]


def key_named(key_id: UUID) -> bytes:
    """The data key with this id. Raises CannotOpen when it was destroyed."""
    ring = _ring.get() or Keyring()
    if key_id in ring.by_id:
        return ring.by_id[key_id]
    (rows,) = named(key_id)
    if not rows:
        raise CannotOpen("the data key is gone")
    return ring.keep(DataKey.from_db(DEFAULT_DB_ALIAS, COLUMNS, rows[0]))


def about_keys(owner: UUID) -> "QuerySet[Any, Any]":
    return DataKey.objects.filter(owner=owner).values_list(*COLUMNS)


def bring_of(owners: Iterable[UUID]) -> None:
    """Take along the keys of many, for a list of several people's rows. One query."""
    bring(DataKey.objects.filter(owner__in=set(owners)).values_list(*COLUMNS))


def bring(rows: Iterable[Any]) -> None:
    """Take along keys by the answer to `about_keys`, so that they needn't be asked for one by one.

    One that doesn't open is left to `key_named`, which says so to whoever needs it.
    """
    if ring := _ring.get():
        for row in rows:
            with suppress(CannotOpen):
                ring.keep(DataKey.from_db(DEFAULT_DB_ALIAS, COLUMNS, row))


def _made_for(owner: UUID) -> DataKey:
    """Two first writes may race: the unique constraint lets one key win, and both use it."""
    kek = current_kek()
    fresh = DataKey(owner=owner, wrapped=wrap(os.urandom(32), owner, kek), kek_id=kek)
    DataKey.objects.bulk_create([fresh], ignore_conflicts=True)
    row = DataKey.objects.filter(owner=owner, retired_at=None).first()
    if row is None:
        raise CannotOpen("nothing is sealed for an owner who was erased")
    return row


class KeyringMiddleware:
    """One keyring a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with keyring():
            return self.get_response(request)
