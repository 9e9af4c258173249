"""What a client does with their list for keeping well. `waits`: until when nothing more is shared after a session, or None.

What is new while it waits is theirs alone until they share the list anew; taking away and keeping to oneself act at once.
"""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import narrows, widens
from koru.people.models import Person

from .keeping import MOST, KeepingChoice, KeepingLine, Kind, SignSeen
from .planning import AskAgain


class EnoughLines(ValueError):
    """The list is a few lines long: one can be let go for another."""


@widens
@transaction.atomic
def add(kind: Kind, words: str, *, waits: datetime | None, key: UUID, by: Person) -> KeepingLine:
    """Put a line on the list. The same key twice is one. Raises EnoughLines."""
    _hold(by)
    before: KeepingLine | None = KeepingLine.objects.of(by).filter(key=key).first()
    if before:
        return before
    live = KeepingLine.objects.of(by).live().filter(kind=kind)
    if live.count() >= MOST[kind]:
        raise EnoughLines
    last = KeepingLine.objects.filter(client=by, kind=kind).aggregate(last=Max("place"))["last"] or 0
    return _made(by, (kind, last + 1), words, key, waits)


@widens
@transaction.atomic
def reword(line_id: UUID, words: str, *, waits: datetime | None, key: UUID, by: Person) -> KeepingLine:
    """Put a line otherwise: how it read before is kept. The same words, or the same key, change nothing. Raises Http404."""
    _hold(by)
    before: KeepingLine | None = KeepingLine.objects.of(by).filter(key=key).first()
    if before:
        return before
    line = _own(line_id, by)
    if line.words == words:
        return line
    _over(line)
    return _made(by, (Kind(line.kind), line.place), words, key, waits)


@narrows
@transaction.atomic
def let_go(line_id: UUID, *, by: Person) -> None:
    """Off the list; when it was seen stays with it. Twice is once. Raises Http404 for another's."""
    _hold(by)
    if not KeepingLine.objects.of(by).filter(pk=line_id).exists():
        raise Http404
    for line in KeepingLine.objects.of(by).live().filter(pk=line_id):
        _over(line)


@widens
@transaction.atomic
def say_seen(seen: Collection[UUID], shown: Collection[UUID], week: date, *, waits: datetime | None, by: Person) -> bool:
    """Which of the signs shown were there in the week from that Monday. Said again, the later word counts. Whether any was."""
    _hold(by)
    signs = {line.pk for line in KeepingLine.objects.of(by).live().filter(kind=Kind.SIGN, pk__in=shown)}
    rows = SignSeen.objects.filter(client=by, line__in=signs, week=week)
    rows.exclude(line__in=seen).delete()
    there, now = set(rows.values_list("line", flat=True)), timezone.now()
    ticked = signs & set(seen)
    new = [SignSeen(line_id=one, client=by, week=week, apart=waits is not None, at=now) for one in ticked - there]
    SignSeen.objects.bulk_create(new)
    return bool(ticked)


@widens
@transaction.atomic
def share_list(*, waits: datetime | None, by: Person) -> None:
    """Their therapist may read the list and which signs were seen. Raises AskAgain while it waits."""
    if waits:
        raise AskAgain(waits)
    _hold(by)
    KeepingChoice.objects.update_or_create(client=by, defaults={"is_shared": True})
    KeepingLine.objects.filter(client=by, apart=True).update(apart=False)
    SignSeen.objects.filter(client=by, apart=True).update(apart=False)


@narrows
@transaction.atomic
def keep_list_to_oneself(*, by: Person) -> None:
    """From now on nobody else reads it."""
    KeepingChoice.objects.update_or_create(client=by, defaults={"is_shared": False})


def is_shared(client: Person) -> bool:
    return KeepingChoice.objects.filter(client=client, is_shared=True).exists()


def _hold(client: Person) -> None:
    """One deed at a time on somebody's list."""
    Person.objects.select_for_update(no_key=True).get(pk=client.pk)


def _own(line_id: UUID, by: Person) -> KeepingLine:
    line: KeepingLine | None = KeepingLine.objects.of(by).live().filter(pk=line_id).first()
    if line is None:
        raise Http404
    return line


def _over(line: KeepingLine) -> None:
    line.until = timezone.now()
    line.save(update_fields=["until"])


def _made(by: Person, where: tuple[Kind, int], words: str, key: UUID, waits: datetime | None) -> KeepingLine:
    """A new line of its kind at its place."""
    kind, place = where
    row = {"kind": kind, "words": words, "place": place, "apart": waits is not None, "key": key, "made_at": timezone.now()}
    return KeepingLine.objects.create(client=by, **row)
