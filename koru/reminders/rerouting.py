"""When the ways to somebody change, what is on its way to them takes the ways that hold now."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from koru.moments.ids import new_id

from .kinds import kind
from .models import Letter
from .planning import UNSENT
from .reaching import ways_of
from .resting import chosen_by

ANOTHER_WAY = "another way"


@transaction.atomic
def reroute(person: UUID, kinds: Iterable[str] | None = None) -> None:
    """Letters by a way that was let go are taken back, and written for each that was gained. Told ones are told.

    Call it after the change, in its transaction. `kinds`: only of these.
    """
    ahead = Letter.objects.filter(UNSENT, to=person)
    if kinds is not None:
        ahead = ahead.filter(kind__in=list(kinds))
    stems = {row.stem for row in ahead.only("dedupe_key")}
    known = Letter.objects.filter(to=person, kind__in=ahead.values("kind"), about__in=ahead.values("about"))
    rows = sorted((row for row in known if row.stem in stems), key=lambda row: (row.stem, row.pk))
    chosen = chosen_by([person])
    for _, letters in groupby(rows, key=lambda row: row.stem):
        of_note = list(letters)
        _settle(of_note, set(ways_of(person, kind(of_note[0].kind), chosen)))


@transaction.atomic
def take_another_way(letter: Letter) -> bool:
    """The way of a letter leads nowhere: it surely didn't arrive. Whether it goes by another; else this one leads on."""
    if letter.to_id is None:
        return False
    Letter.objects.filter(pk=letter.pk).update(handed_at=None)
    reroute(letter.to_id, [letter.kind])
    return Letter.objects.filter(pk=letter.pk, withdrawn_why=ANOTHER_WAY).exists()


def by_mail_instead(letters: Iterable[UUID]) -> None:
    """What couldn't be brought to a device or a phone comes by mail, if that isn't on its way anyhow."""
    lost = Letter.objects.filter(pk__in=list(letters), to__isnull=False).exclude(channel="mail")
    rows = [_by("mail", letter) for letter in lost]
    _back(Letter.objects.filter(dedupe_key__in=[row.dedupe_key for row in rows], withdrawn_why=ANOTHER_WAY))
    Letter.objects.bulk_create(rows, ignore_conflicts=True)


def _settle(of_note: Sequence[Letter], wanted: set[str]) -> None:
    live = [row for row in of_note if not (row.withdrawn_at or row.failed_at)]
    there = {row.channel for row in live}
    lost = [row.pk for row in live if row.channel not in wanted and not row.handed_at]
    Letter.objects.filter(pk__in=lost, handed_at=None).update(withdrawn_at=timezone.now(), withdrawn_why=ANOTHER_WAY)
    back = [row.pk for row in of_note if row.channel in wanted - there and row.withdrawn_why == ANOTHER_WAY]
    _back(Letter.objects.filter(pk__in=back))
    known = {row.channel for row in of_note}
    Letter.objects.bulk_create((_by(channel, live[0]) for channel in wanted - known), ignore_conflicts=True)


def _back(letters: QuerySet[Letter]) -> None:
    letters.update(withdrawn_at=None, withdrawn_why="", claimed_by=None, lease_until=None)


def _by(channel: str, letter: Letter) -> Letter:
    """The same note by another way."""
    same = ("kind", "to_id", "address", "zone", "about", "revision", "context", "token", "due_at", "not_after", "asked")
    fields = {name: getattr(letter, name) for name in (*same, "put_off")}
    return Letter(pk=new_id(), channel=channel, try_at=letter.due_at, dedupe_key=f"{letter.stem}:{channel}", **fields)
