"""Walking a guide: begin it, say something at a step, go on, leave it, come to its end. One walk is one entry."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import either, narrows, neither
from koru.moments.ids import new_id
from koru.moments.spans import local_day
from koru.people.models import Person

from . import assigning, intentions, library
from .catalogue import Prompt
from .drafts import Slot, finish
from .guided import TAKEN_UP, EntryPart, Walk
from .models import Entry, EntryRevision
from .writing import wait_with


@dataclass(frozen=True, slots=True)
class Said:
    """What a step's form brings. `seen` is the revision of the part that its page showed, `revision` that of its draft."""

    step: int
    prompt: Prompt
    text: str
    key: UUID
    seen: int = 0
    revision: int = 0


class SaidElsewhere(Exception):
    """Another page kept other words at this step, which this one had not seen: nothing was written."""

    def __init__(self, part: EntryPart) -> None:
        super().__init__("said elsewhere")
        self.part = part


@neither
@transaction.atomic
def begin(guide: str, *, by: Person) -> Walk:
    """Begin a guide, or go on where it was left within fourteen days, on whatever device."""
    now = timezone.now()
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    there = Walk.objects.of(by).filter(guide=guide, closed_at=None)
    there.filter(touched_at__lte=now - TAKEN_UP).update(closed_at=now)
    walk: Walk | None = there.first()
    return walk or Walk.objects.create(client=by, guide=guide, started_at=now, touched_at=now)


@either
@transaction.atomic
def say(walk: Walk, said: Said, *, by: Person) -> EntryPart:
    """Keep what was written at a step, as its own part of the walk's entry. The same again changes nothing.

    Within a day of a dosing session an entry that others read goes back to the writer alone, and its sharing is asked
    again. Raises SaidElsewhere instead of writing over words that the page had not seen.
    """
    current = _locked(walk, by)
    entry = _entry_of(current, by)
    wait_with(entry, by)
    part: EntryPart | None = entry.parts.select_for_update().filter(prompt=said.prompt.slug).first()
    if part is None:
        part = _first(entry, said, by)
    elif part.text != said.text:
        _change(part, said, entry)
    _read_again(entry)
    finish(Slot(walk.pk, said.prompt.slug), said.key, said.revision, ("", said.text), by=by)
    assigning.done(said.prompt.slug, by=by)
    if said.prompt.slug == intentions.PROMPT:
        intentions.say(entry, said.text, by=by)
    return part


@neither
@transaction.atomic
def say_otherwise(walk: Walk, step: int, prompt: Prompt, *, key: UUID, by: Person) -> EntryPart:
    """The part that a recording or a picture answers: the one there is, else one without words."""
    entry = _entry_of(_locked(walk, by), by)
    there: EntryPart | None = entry.parts.filter(prompt=prompt.slug).first()
    assigning.done(prompt.slug, by=by)
    return there or _first(entry, Said(step, prompt, "", key), by)


@narrows
@transaction.atomic
def unsay(walk: Walk, prompt: str, seen: int, *, by: Person) -> bool:
    """Take the words of a part back. What was drawn or recorded there stays; with nothing left the entry goes too.

    It can be had back for thirty days. Whether it went.
    """
    current = _locked(walk, by)
    entry = Entry.objects.written_by(by).select_for_update().filter(pk=current.entry_id).first()
    part = entry.parts.filter(prompt=prompt, revision=seen).first() if entry else None
    if entry is None or part is None:
        return False
    if prompt == intentions.PROMPT:
        intentions.rest_of(entry, by=by)
    beside = set(entry.attachments.filter(removed_at=None).values_list("part", flat=True))
    if not beside and entry.parts.count() == 1:
        entry.deleted_at = timezone.now()
        entry.save(update_fields=["deleted_at"])
        return True
    if part.pk in beside:
        _change(part, Said(part.step, library.load().prompts[prompt], "", new_id(), seen), entry)
    else:
        _keep_how_it_was(entry, new_id())
        part.delete()
    _read_again(entry)
    return True


@neither
@transaction.atomic
def go_to(walk: Walk, step: int, *, by: Person) -> None:
    """The step to go on with, from now on, on every device. One that is over stays over."""
    current = _locked(walk, by)
    current.at_step, current.touched_at = step, timezone.now()
    current.save(update_fields=["at_step", "touched_at"])


@neither
@transaction.atomic
def come_to_the_end(walk: Walk, *, by: Person) -> Walk:
    """Nothing is left to stop at. A second time changes nothing."""
    current = _locked(walk, by)
    if current.closed_at is None:
        current.closed_at = current.touched_at = timezone.now()
        current.save(update_fields=["closed_at", "touched_at"])
        assigning.done(current.guide, by=by)
    return current


def part_of(walk: Walk, prompt: str) -> EntryPart | None:
    """What was kept for a prompt on this walk, if it is still there."""
    parts = EntryPart.objects.filter(entry=walk.entry_id, entry__deleted_at=None, client=walk.client_id, prompt=prompt)
    return parts.first() if walk.entry_id else None


def _locked(walk: Walk, by: Person) -> Walk:
    current: Walk
    (current,) = Walk.objects.of(by).select_for_update().filter(pk=walk.pk)
    return current


def _entry_of(walk: Walk, by: Person) -> Entry:
    """The walk's entry, made with its first words; a new one when it was deleted on the way."""
    there: Entry | None = Entry.objects.written_by(by).select_for_update().filter(pk=walk.entry_id).first()
    if there:
        return there
    now, guide = timezone.now(), library.load().guides[walk.guide]
    day = local_day(now, ZoneInfo(by.zone), by.day_starts)
    walk.entry = Entry.objects.create(client=by, title=guide.title, at=now, zone=by.zone, local_date=day, key=new_id())
    walk.save(update_fields=["entry"])
    return walk.entry


def _first(entry: Entry, said: Said, by: Person) -> EntryPart:
    return EntryPart.objects.create(
        entry=entry,
        client=by,
        step=said.step,
        prompt=said.prompt.slug,
        asked=said.prompt.text,
        text=said.text,
        key=said.key,
        kept_at=timezone.now(),
    )


def _change(part: EntryPart, said: Said, entry: Entry) -> None:
    if part.text and said.seen != part.revision and said.key != part.key:
        raise SaidElsewhere(part)
    _keep_how_it_was(entry, said.key)
    part.text, part.key, part.revision, part.kept_at = said.text, said.key, part.revision + 1, timezone.now()
    part.save(update_fields=["text", "key", "revision", "kept_at"])


def _keep_how_it_was(entry: Entry, key: UUID) -> None:
    now = timezone.now()
    EntryRevision.objects.create(entry=entry, client_id=entry.client_id, title=entry.title, text=entry.text, until=now, key=key)
    entry.edited_at = now


def _read_again(entry: Entry) -> None:
    """The entry's own text is all of its parts in their order: what lists, search, brief and export read."""
    entry.text = "\n\n".join(part.text for part in entry.parts.all() if part.text)
    entry.save(update_fields=["text", "edited_at"])
