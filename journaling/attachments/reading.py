"""Recordings and pictures as their readers meet them: by the writer, and through the door by those they are shared with."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from journaling.models import Entry, EntryPart
from koru.people.models import Person
from koru.privacy.door import Record

from .models import Attachment
from .things import VOICE


@dataclass(frozen=True, slots=True)
class Shown:
    """One of them on a page: where its bytes are, and what is said of it."""

    id: UUID
    key: UUID
    kind: str
    label: str
    words: str
    length: str
    width: int
    height: int
    apart: bool
    part: UUID | None
    asked: str
    link: str
    source: str
    small: str

    @property
    def is_voice(self) -> bool:
        return self.kind == VOICE


def own(client: Person, attachment_id: UUID) -> Attachment:
    """One of one's own. Raises Http404 for another's, as for none."""
    found: Attachment | None = Attachment.objects.of(client).select_related("entry").filter(pk=attachment_id).first()
    if found is None:
        raise Http404
    return found


def in_record(record: Record, attachment_id: UUID) -> Attachment:
    """One that the record's reader may see now: a look at its entry. Raises Http404 when it isn't theirs to see."""
    found: Attachment | None = Attachment.objects.readable_in(record).filter(pk=attachment_id).first()
    if found is None:
        raise Http404
    record.looked_at("entry", found.entry_id)
    return found


def of_own(entry: Entry) -> list[Shown]:
    """What goes with one's own entry."""
    return [shown(one) for one in Attachment.objects.of(entry.client).filter(entry=entry).select_related("part")]


def of_part(part: EntryPart) -> list[Shown]:
    """What was recorded or drawn at a step of one's own walk."""
    return [shown(one) for one in Attachment.objects.of(part.client).filter(part=part).select_related("part")]


def of_entry(record: Record, entry_id: UUID) -> list[Shown]:
    """What goes with an entry, for the record's reader."""
    rows: Iterable[Attachment] = Attachment.objects.readable_in(record).filter(entry=entry_id).select_related("part")
    return [shown(one, for_client=record.client.pk) for one in rows]


def answered(parts: Iterable[Any], things: Iterable[Shown]) -> list[Any]:
    """Those parts of a guide's entry that hold words, or one of these things."""
    there = {one.part for one in things}
    return [part for part in parts if part.text or part.pk in there]


def just_removed(client: Person, words: str) -> UUID | None:
    """The one that was taken out just now, by the words in an address; none when it can't be had back."""
    try:
        asked = UUID(words)
    except ValueError:
        return None
    return asked if Attachment.objects.removed_by(client, timezone.now()).filter(pk=asked).exists() else None


def kinds_of(entries: Iterable[UUID]) -> dict[UUID, list[str]]:
    """What goes with each of these entries, by name, in the order it was added. One query."""
    there = Attachment.objects.filter(entry__in=list(entries), removed_at=None).order_by("at", "id")
    rows = there.values_list("entry", "kind")
    found: dict[UUID, list[str]] = {}
    for entry, kind in rows:
        found.setdefault(entry, []).append(str(Attachment.Kind(kind).label))
    return found


class Described(NamedTuple):
    """A recording or a picture by what it is, and by what its maker said of it."""

    label: str
    words: str


def described(client: Person) -> dict[UUID, tuple[Described, ...]]:
    """By entry, what goes with it, for its writer. One query, however many."""
    found: dict[UUID, tuple[Described, ...]] = {}
    for one in Attachment.objects.of(client):
        label = str(Attachment.Kind(one.kind).label)
        found[one.entry_id] = (*found.get(one.entry_id, ()), Described(label, one.words))
    return found


def shown(attachment: Attachment, for_client: UUID | None = None) -> Shown:
    """`for_client`: through that client's record, at the addresses of those who read it."""
    where = {"attachment_id": attachment.pk, **({"client_id": for_client} if for_client else {})}
    room = "care:attachment" if for_client else "attachments:attachment"
    return Shown(
        id=attachment.pk,
        key=attachment.key,
        kind=attachment.kind,
        label=str(Attachment.Kind(attachment.kind).label),
        words=attachment.words,
        length=length_in_words(attachment.seconds),
        width=attachment.width,
        height=attachment.height,
        apart=attachment.apart,
        part=attachment.part_id,
        asked=attachment.part.asked if attachment.part else "",
        link=reverse(room, kwargs=where),
        source=reverse(f"{room}_file", kwargs=where),
        small=reverse(f"{room}_small", kwargs=where),
    )


def length_in_words(seconds: int) -> str:
    """ "1 minute 5 seconds" """
    parts = [(seconds // 60, "minute"), (seconds % 60, "second")]
    return " ".join(f"{number} {name}{'' if number == 1 else 's'}" for number, name in parts if number)
