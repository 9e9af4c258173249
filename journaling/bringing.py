"""Bringing one's own words back with what goes with them: what is missing is added, nothing ever comes twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person
from koru.ui.refused import Refused

from . import library
from .attachments import adding
from .attachments.models import Attachment
from .attachments.things import made_again
from .carrying import AT_ONCE, Carried, CarriedThing
from .carrying_json import NotReadable
from .models import Entry
from .sharing import ONLY_ME

NONE_KEPT = "A recording or picture in it can't be kept: {why} Nothing was brought back."
Files = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Taken:
    """What bringing back did: how many entries were added, how many had been there, how many things came with them."""

    added: int
    there: int
    things: int = 0


@neither
@transaction.atomic
def take_in(entries: Sequence[Carried], files: Files | None = None, *, by: Person) -> Taken:
    """Bring back what is missing, for the writer alone. What is there stays as it is, also if deleted.

    `files` opens a recording or a picture by its name; without it words alone come back. Raises NotReadable, and then
    nothing was changed, when one of them is gone or can't be kept.
    """
    wanted = [one for one in entries if one.text.strip() or (files and one.things)]
    there = set(Entry.objects.filter(client=by, key__in=[one.key for one in wanted]).values_list("key", flat=True))
    missing = {one.key: one for one in wanted if one.key not in there}
    Entry.objects.bulk_create((_entry(one, by) for one in missing.values()), batch_size=AT_ONCE, ignore_conflicts=True)
    things = _take_things(wanted, files, by) if files else 0
    return Taken(len(missing), len(wanted) - len(missing), things)


def _take_things(entries: Sequence[Carried], files: Files, by: Person) -> int:
    """Recordings and pictures that are not here yet, each read when its turn comes. How many were added."""
    keys = [thing.key for one in entries for thing in one.things]
    there = set(Attachment.objects.filter(client=by, key__in=keys).values_list("key", flat=True))
    mine = Entry.objects.written_by(by).filter(key__in=[one.key for one in entries]).order_by("pk").select_for_update()
    homes = {entry.key: entry for entry in mine}
    wanted = {thing.key: (homes[one.key], thing) for one in entries for thing in one.things if one.key in homes}
    missing = [pair for key, pair in wanted.items() if key not in there]
    for entry, thing in missing:
        _take_thing(entry, thing, files(thing.file), by)
    return len(missing)


def _take_thing(entry: Entry, thing: CarriedThing, data: bytes, by: Person) -> None:
    """Where others read its entry, it stays with the writer: bringing back never shares."""
    try:
        made = made_again(thing.kind, data)
        adding.place(entry, made, thing.words, key=thing.key, apart=entry.share != ONLY_ME, by=by)
    except Refused as refused:
        raise NotReadable(NONE_KEPT.format(why=refused)) from refused


def _entry(one: Carried, by: Person) -> Entry:
    fields: dict[str, Any] = {"at": one.at, "zone": one.zone, "local_date": one.day, "about_part": one.part, "key": one.key}
    prompt = one.prompt if one.prompt in library.load().prompts else ""
    made = one.made or timezone.now()
    return Entry(client=by, title=one.title, text=one.text, asked=one.asked, prompt=prompt, made_at=made, share=ONLY_ME, **fields)
