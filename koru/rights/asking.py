"""A client asks for a copy of everything, and takes it along."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from journaling.carrying_zip import packed
from koru.moments.directions import narrows, neither
from koru.people.endings import StepName
from koru.people.models import Person
from koru.people.parting import done_by_client
from koru.privacy.models import Export, ExportPiece
from koru.privacy.trace import Look, write_trace
from koru.reminders.planning import withdraw
from koru.sealing.keyring import keyring

from .gathering import media_of, names
from .poking import poke

LETTER = "copy-ready"


@neither
@transaction.atomic
def ask_for_copy(*, by: Person) -> Export:
    """Begin a copy of everything that is one's own. While one is being made it is that one; a ready one makes way."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    standing: Export | None = Export.objects.of(by).standing().first()
    if standing and standing.state == Export.State.ASKED:
        return standing
    if standing:
        let_go(standing)
    export = Export.objects.create(client=by, of=len(names()))
    transaction.on_commit(poke)
    _note(by, "copy asked for", export)
    return export


@narrows
@transaction.atomic
def remove_copy(export_id: UUID, *, by: Person) -> bool:
    """Let one's copy go before its day is over. Whether there was one."""
    found = Export.objects.standing().filter(pk=export_id, client=by).select_for_update().first()
    if found:
        let_go(found)
    return found is not None


def let_go(export: Export) -> None:
    """Nothing of it stays but that it was. Inside a transaction."""
    ExportPiece.objects.filter(export=export).delete()
    Export.objects.filter(pk=export.pk).update(state=Export.State.GONE, claimed_by=None, lease_until=None)
    withdraw(export.pk, "no longer kept", [LETTER])


def newest(client: Person) -> Export | None:
    found: Export | None = Export.objects.of(client).first()
    return found


@neither
@transaction.atomic
def take_along(export_id: UUID, *, by: Person, now: datetime | None = None) -> Export:
    """The copy, if it is ready and its day isn't over. Raises Export.DoesNotExist. That it was taken is on the list."""
    export: Export = Export.objects.open_at(now or timezone.now()).get(pk=export_id, client=by)
    done_by_client(StepName.EXPORT, by=by)
    _note(by, "copy taken along", export)
    return export


def file_of(export: Export, client: Person) -> Iterator[bytes]:
    """The ZIP, made while it is on its way: words from the pieces that were kept, media from where they lie."""
    yield from packed(_members(export, client))


def _members(export: Export, client: Person) -> Iterator[tuple[str, Iterator[bytes]]]:
    there = set(ExportPiece.objects.filter(export=export).values_list("name", flat=True).distinct())
    for name in names():
        if name in there:
            yield name, _words(export, name)
    yield from media_of(client)


def _words(export: Export, name: str) -> Iterator[bytes]:
    """A piece at a time, in a keyring of its own: the request's is closed by then."""
    rows = ExportPiece.objects.filter(export=export, name=name).order_by("number")
    for number in rows.values_list("number", flat=True):
        with keyring():
            words = rows.get(number=number).words
        yield words.encode()


def _note(client: Person, act: str, export: Export) -> None:
    write_trace([Look(client.pk, client.pk, "own", act, str(export.pk), "copy")])
