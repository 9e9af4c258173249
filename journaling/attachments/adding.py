"""What a client does with recordings and pictures: add one to an entry, say what it is, take it out and have it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from journaling.catalogue import Prompt
from journaling.guided import Walk
from journaling.models import Entry
from journaling.sharing import SHARED
from journaling.walking import say_otherwise
from journaling.writing import Written, keep
from koru.moments.directions import either, narrows, neither, widens
from koru.moments.ids import new_id
from koru.people.models import Person
from koru.ui.refused import Refused
from scheduling.resting import waits_for

from . import chunks
from .models import Attachment, Chunk
from .refusals import FULL_ENTRY, FULL_JOURNAL, WAITS
from .things import Thing

MOST_IN_AN_ENTRY = 10
MOST_OF_A_CLIENT = 500_000_000


@either
@transaction.atomic
def attach(entry: Entry, thing: Thing, words: str, *, key: UUID, by: Person) -> Attachment:
    """Add it to an entry; its level is the entry's. A second call with the same key gives the one there is.

    Within a day of a dosing session it stays with the writer alone, also where the entry is shared. Raises Refused
    when there is no room.
    """
    current: Entry = Entry.objects.select_for_update().get(pk=entry.pk, client=by, deleted_at=None)
    there: Attachment | None = Attachment.objects.filter(client=by, key=key).first()
    if there and there.removed_at is None and there.entry_id == current.pk:
        return there
    apart = _stays_apart(current, by, timezone.now())
    return place(current, thing, words, key=new_id() if there else key, apart=apart, by=by)


@neither
def place(entry: Entry, thing: Thing, words: str, *, key: UUID, apart: bool, by: Person) -> Attachment:
    """Put it with an entry that its caller holds locked. Raises Refused when there is no room."""
    _make_sure_of_room(entry, thing, by)
    made = Attachment.objects.create(
        client=by,
        entry=entry,
        kind=thing.kind,
        media_type=thing.media_type,
        size=len(thing.data),
        small_size=len(thing.small),
        width=thing.width,
        height=thing.height,
        seconds=thing.seconds,
        words=words,
        apart=apart,
        key=key,
        at=timezone.now(),
    )
    chunks.write(made, Chunk.Form.WHOLE, thing.data)
    chunks.write(made, Chunk.Form.SMALL, thing.small)
    return made


@either
@transaction.atomic
def keep_with(written: Written, thing: Thing | None, words: str, *, key: UUID, revision: int = 0, by: Person) -> Entry:
    """Keep a new entry together with what was recorded, drawn or photographed. Raises Refused when there is no room."""
    entry = keep(written, key=key, revision=revision, by=by)
    if thing:
        attach(entry, thing, words, key=key, by=by)
    return entry


@either
@transaction.atomic
def attach_at(walk: Walk, step: int, prompt: Prompt, thing: Thing, words: str, *, key: UUID, by: Person) -> Attachment:
    """Answer a step of a guide with it: it goes with the walk's entry, under that prompt. Raises Refused."""
    part = say_otherwise(walk, step, prompt, key=key, by=by)
    made = attach(part.entry, thing, words, key=key, by=by)
    Attachment.objects.filter(pk=made.pk).update(part=part)
    return made


@neither
@transaction.atomic
def describe(attachment: Attachment, words: str, *, by: Person) -> None:
    """Say in words what it is, for whoever can't see or hear it."""
    current: Attachment = Attachment.objects.of(by).select_for_update(of=("self",)).get(pk=attachment.pk)
    current.words = words
    current.save(update_fields=["words"])


@widens
@transaction.atomic
def join(attachment: Attachment, *, by: Person) -> None:
    """Share it as its entry is shared. Raises Refused within a day of a dosing session, with the words for it."""
    if waits_for(by, timezone.now()):
        raise Refused(WAITS)
    Attachment.objects.filter(pk=attachment.pk, client=by).update(apart=False)


@narrows
@transaction.atomic
def remove(attachment: Attachment, *, by: Person) -> None:
    """Take it out of everybody's sight at once. It can be had back for thirty days."""
    Attachment.objects.filter(pk=attachment.pk, client=by, removed_at=None).update(removed_at=timezone.now())


@either
@transaction.atomic
def bring_back(attachment_id: UUID, *, by: Person) -> Attachment | None:
    """Have it back, for the writer alone within a day of a session. None when it isn't there any more."""
    now = timezone.now()
    rows = Attachment.objects.removed_by(by, now).select_related("entry").select_for_update(of=("self",))
    attachment: Attachment | None = rows.filter(pk=attachment_id).first()
    if attachment is None:
        return None
    attachment.removed_at = None
    attachment.apart = attachment.apart or _stays_apart(attachment.entry, by, now)
    attachment.save(update_fields=["removed_at", "apart"])
    return attachment


@transaction.atomic
def purge(now: datetime) -> int:
    """Remove for good what was taken out more than thirty days ago. How many."""
    gone = Attachment.objects.past_grace(now)
    count = int(gone.count())
    gone.delete()
    return count


def _stays_apart(entry: Entry, by: Person, now: datetime) -> bool:
    return entry.share in SHARED and waits_for(by, now) is not None


def _make_sure_of_room(entry: Entry, thing: Thing, by: Person) -> None:
    mine = Attachment.objects.of(by)
    if mine.filter(entry=entry).count() >= MOST_IN_AN_ENTRY:
        raise Refused(FULL_ENTRY)
    held = mine.order_by().aggregate(bytes=Sum(F("size") + F("small_size")))["bytes"] or 0
    if held + len(thing.data) + len(thing.small) > MOST_OF_A_CLIENT:
        raise Refused(FULL_JOURNAL.format(most=MOST_OF_A_CLIENT // 1_000_000))
