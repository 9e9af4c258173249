"""What a client does with an entry: keep, change, share, delete, and take the deleting back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import either, narrows
from koru.moments.ids import new_id
from koru.people.models import Person
from scheduling.resting import waits_for

from . import assigning, intentions
from .chosen import prompt_named
from .dating import About, about_now
from .drafts import Slot, finish
from .models import Entry, EntryRevision, ShareChange, ShareWish
from .sharing import ONLY_ME, widens


@dataclass(frozen=True, slots=True)
class Written:
    """What a form brings: words, the prompt they answer, who may read them, and what time they are about if not now."""

    text: str
    title: str = ""
    prompt: str = ""
    share: str = ONLY_ME
    about: About | None = None


@either
@transaction.atomic
def keep(written: Written, *, key: UUID, revision: int = 0, by: Person) -> Entry:
    """Keep a new entry. A second call with the same key gives the entry there is, with other words it changes them.

    Within a day of a dosing session it is kept for the writer alone, and sharing it is kept as a wish. `revision` is
    that of the draft which the form had last seen.
    """
    fresh = _made(written, key, by)
    Entry.objects.bulk_create([fresh], ignore_conflicts=True)
    entry: Entry = Entry.objects.get(client=by, key=key)
    if entry.deleted_at:
        return keep(written, key=new_id(), by=by)
    finish(Slot(None, written.prompt), key, revision, (written.title, written.text), by=by)
    if entry.pk != fresh.pk:
        return edit(entry, written.title, written.text, key=key, by=by)
    assigning.done(entry.prompt, by=by)
    if entry.prompt == intentions.PROMPT:
        intentions.say(entry, entry.text, by=by)
    share(entry, written.share, by=by)
    return entry


@either
@transaction.atomic
def edit(entry: Entry, title: str, text: str, *, key: UUID, revision: int = 0, by: Person) -> Entry:
    """Change the words; how they were is kept. The same words again change nothing.

    Within a day of a dosing session an entry that others read goes back to the writer alone, its sharing a wish.
    """
    current: Entry = Entry.objects.select_for_update().get(pk=entry.pk, client=by, deleted_at=None)
    if (current.title, current.text) != (title, text):
        now = timezone.now()
        wait_with(current, by)
        EntryRevision.objects.create(entry=current, client=by, title=current.title, text=current.text, until=now, key=key)
        current.title, current.text, current.edited_at = title, text, now
        current.save(update_fields=["title", "text", "edited_at"])
        if current.prompt == intentions.PROMPT:
            intentions.say(current, text, by=by)
    finish(Slot(entry.pk), key, revision, (title, text), by=by)
    return current


@either
@transaction.atomic
def share(entry: Entry, level: str, *, by: Person) -> ShareWish | None:
    """Let others read it, or not. Less acts at once; more, within a day of a dosing session, is kept as a wish."""
    current: Entry = Entry.objects.select_for_update().get(pk=entry.pk, client=by, deleted_at=None)
    ShareWish.objects.filter(entry=current).delete()
    if current.share == level:
        return None
    asked_again = waits_for(by, timezone.now()) if widens(current.share, level) else None
    if asked_again:
        return ShareWish.objects.create(entry=current, level=level, ask_at=asked_again)
    ShareChange.objects.create(entry=current, was=current.share, became=level, by=by)
    current.share = level
    current.save(update_fields=["share"])
    entry.share = level
    return None


@narrows
@transaction.atomic
def let_wish_go(entry: Entry, *, by: Person) -> None:
    """Leave it as it is shared now, and ask no more."""
    ShareWish.objects.filter(entry=entry, entry__client=by).delete()


@narrows
@transaction.atomic
def delete(entry: Entry, *, by: Person) -> None:
    """Take it out of everybody's sight at once. It can be had back for thirty days."""
    Entry.objects.filter(pk=entry.pk, client=by, deleted_at=None).update(deleted_at=timezone.now())


@either
@transaction.atomic
def undo_delete(entry_id: UUID, *, by: Person) -> bool:
    """Have a deleted entry back, shared as it was; within a day of a session for the writer alone, its sharing a wish.

    Whether it was still there.
    """
    now = timezone.now()
    entry: Entry | None = Entry.objects.deleted_by(by, now).select_for_update().filter(pk=entry_id).first()
    if entry is None:
        return False
    if waits := waits_for(by, now):
        _keep_to_writer(entry, waits, by)
    entry.deleted_at = None
    entry.save(update_fields=["deleted_at", "share"])
    return True


def _keep_to_writer(entry: Entry, waits: datetime, by: Person) -> None:
    """What of it was shared, whole or in part, becomes a wish."""
    entry.passages.filter(taken_back_at=None).exclude(shared_at=None).update(shared_at=None, ask_at=waits)
    entry.raised.filter(ended_at=None).update(ask_at=waits)
    wait_with(entry, by)


def wait_with(entry: Entry, by: Person) -> None:
    """Words of within a day of a session are nobody else's yet: a shared entry goes back to its writer, with a wish."""
    waits = waits_for(by, timezone.now()) if widens(ONLY_ME, entry.share) else None
    if waits:
        ShareChange.objects.create(entry=entry, was=entry.share, became=ONLY_ME, by=by)
        ShareWish.objects.update_or_create(entry=entry, defaults={"level": entry.share, "ask_at": waits})
        entry.share = ONLY_ME
        entry.save(update_fields=["share"])


@transaction.atomic
def purge(now: datetime) -> int:
    """Remove for good what was deleted more than thirty days ago, with its history. How many entries."""
    gone = Entry.objects.past_grace(now)
    count = int(gone.count())
    gone.delete()
    return count


def _made(written: Written, key: UUID, by: Person) -> Entry:
    about = written.about or about_now(timezone.now(), ZoneInfo(by.zone), by.day_starts)
    prompt = prompt_named(written.prompt, by)
    return Entry(
        client=by,
        title=written.title,
        text=written.text,
        prompt=prompt.slug if prompt else "",
        asked=prompt.text if prompt else "",
        at=about.at,
        zone=by.zone,
        local_date=about.day,
        about_part=about.part,
        made_at=timezone.now(),
        key=key,
    )
