"""Unfinished words: saved as they are typed, found again on any device, never one version over another."""

import base64
import os
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.moments.ids import new_id
from koru.people.models import Person

from .guided import EntryPart
from .later import LetterToSelf
from .models import Draft, DraftKey, Entry, EntryRevision
from .sharing import ONLY_ME

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('draft:' || %s, 0))"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What a page sends: its words, the key of its form, and the revision that it last saw saved."""

    key: UUID
    revision: int = 0
    title: str = ""
    text: str = ""
    prompt: str = ""
    about: UUID | None = None
    share: str = ONLY_ME
    day: date | None = None
    part: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.title.strip() and not self.text.strip()


@dataclass(frozen=True, slots=True)
class Slot:
    """What unfinished words belong to: an entry being changed, a walk and its prompt, or a new entry with a prompt or without."""

    about: UUID | None
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of it: the draft that now holds the words, and another version of the same text, if there is one.

    `apart` when the page was behind, so that its words went into a draft of their own.
    """

    draft: Draft | None
    other: Draft | None = None
    apart: bool = False


@neither
@transaction.atomic
def save(words: Unfinished, *, by: Person) -> Saved:
    """Keep unfinished words. Nothing is ever written over that the page hadn't seen."""
    _one_at_a_time(words.key, by)
    if _is_finished(words, by):
        return Saved(None)
    draft = Draft.objects.select_for_update().filter(client=by, key=words.key).first()
    if draft is None:
        return Saved(None) if words.is_blank else _begun(words, by)
    if draft.revision != words.revision and not _continues(draft, words):
        return Saved(_copy(words, by), draft, apart=True)
    _update(draft, words)
    return Saved(draft)


@narrows
@transaction.atomic
def discard(draft_id: UUID, *, by: Person) -> bool:
    """Let a draft go for good. Whether there was one."""
    return bool(Draft.objects.of(by).filter(pk=draft_id).delete()[0])


@neither
def finish(slot: Slot, key: UUID, revision: int, kept: tuple[str, str], *, by: Person) -> None:
    """A form was kept: its draft goes, unless another page has put other words into it since."""
    _one_at_a_time(key, by)
    for draft in Draft.objects.of(by).in_slot(slot.about, slot.prompt).select_for_update():
        own = draft.key == key and (draft.revision <= revision or kept[1].startswith(draft.text.rstrip()))
        if own or (draft.title, draft.text) == kept:
            draft.delete()
        elif draft.key == key:
            draft.key = new_id()
            draft.save(update_fields=["key"])


@neither
@transaction.atomic
def draft_key(*, by: Person) -> str:
    """The key, base64, that seals this person's words in their own browser. Made once, the same on every device."""
    fresh = DraftKey(client=by, key=base64.b64encode(os.urandom(32)).decode())
    DraftKey.objects.bulk_create([fresh], ignore_conflicts=True)
    return str(DraftKey.objects.get(client=by).key)


def versions(by: Person, about: UUID | None, prompt: str) -> list[Draft]:
    """All unfinished versions of one text, the newest first."""
    return [draft for draft in Draft.objects.of(by).in_slot(about, prompt) if draft.text or draft.title]


def _one_at_a_time(key: UUID, by: Person) -> None:
    """A save on its way and the keeping of its form: whichever comes second sees the other."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [f"{by.pk}:{key}"])


def _is_finished(words: Unfinished, by: Person) -> bool:
    """A save that arrives after its form was kept, or has nothing new, must not bring the draft back."""
    if words.about and words.prompt:
        return _is_said(words, by)
    if LetterToSelf.objects.filter(client=by, key=words.key).exists():
        return True  # sealed: nothing of it is readable in a draft
    entry = _kept_as(words, by)
    if entry is None:
        return False
    same = (entry.title, entry.text) == (words.title, words.text)
    late = words.about is None or EntryRevision.objects.filter(entry=entry, key=words.key).exists()
    return same or (late and entry.text.startswith(words.text))


def _is_said(words: Unfinished, by: Person) -> bool:
    """The same for a step of a guide."""
    parts = EntryPart.objects.filter(client=by, entry__walk=words.about, entry__deleted_at=None, prompt=words.prompt)
    part: EntryPart | None = parts.first()
    return part is not None and (part.text == words.text or (part.key == words.key and words.text in part.text))


def _kept_as(words: Unfinished, by: Person) -> Entry | None:
    """The entry that these words are about, or that their form has become."""
    entry: Entry | None
    mine = Entry.objects.filter(client=by)
    entry = (mine.filter(pk=words.about) if words.about else mine.filter(key=words.key)).first()
    return entry


def _continues(draft: Draft, words: Unfinished) -> bool:
    """The same page going on after an answer got lost: it holds all that is saved, and more."""
    return draft.title == words.title and words.text.startswith(draft.text)


def _another(words: Unfinished, by: Person) -> Draft | None:
    others = versions(by, words.about, words.prompt)
    return next((one for one in others if one.key != words.key and one.text != words.text), None)


def _begun(words: Unfinished, by: Person) -> Saved:
    """The first save of a form. When it arrives twice at once, one is the first and the other goes on from there."""
    draft = _new(words, words.key, by)
    return Saved(draft, _another(words, by)) if draft else save(words, by=by)


def _new(words: Unfinished, key: UUID, by: Person) -> Draft | None:
    """None when this form has a draft already."""
    fresh = Draft(
        client=by,
        about=words.about,
        prompt=words.prompt,
        key=key,
        title=words.title,
        text=words.text,
        share=words.share,
        day=words.day,
        part=words.part,
        saved_at=timezone.now(),
    )
    Draft.objects.bulk_create([fresh], ignore_conflicts=True)
    kept: Draft | None = Draft.objects.filter(pk=fresh.pk).first()
    return kept


def _copy(words: Unfinished, by: Person) -> Draft | None:
    """A draft of their own for words from a page that was behind; the one there is when they were sent before."""
    wanted = (words.title, words.text, words.day, words.part)
    same = (one for one in versions(by, words.about, words.prompt) if (one.title, one.text, one.day, one.part) == wanted)
    return next(same, None) or _new(words, new_id(), by)


def _update(draft: Draft, words: Unfinished) -> None:
    draft.title, draft.text, draft.share = words.title, words.text, words.share
    draft.day, draft.part = words.day, words.part
    draft.revision += 1
    draft.saved_at = timezone.now()
    draft.save(update_fields=["title", "text", "share", "day", "part", "revision", "saved_at"])
