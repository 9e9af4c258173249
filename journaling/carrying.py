"""Taking one's own words along with what goes with them, a few opened at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from koru.people.models import Person
from koru.sealing.keyring import keyring

from .attachments import chunks
from .attachments.beside import Beside
from .attachments.models import Attachment, Chunk
from .attachments.querysets import AttachmentQuerySet
from .attachments.ranges import Stretch
from .models import Entry, EntryPart
from .reading import asked_words
from .sharing import ONLY_ME

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Range:
    """Days of writing, both ends included. `shared_only`: without what only the writer reads."""

    since: date
    until: date
    shared_only: bool = False
    questions: bool = True


@dataclass(frozen=True, slots=True)
class CarriedThing:
    """A recording or a picture on its way: `file` is where its bytes lie, `key` what makes it the same one."""

    key: UUID
    kind: str
    file: str
    words: str = ""
    seconds: int = 0

    @property
    def name(self) -> str:
        """ "recording of 1:05" """
        return Beside(self.key, self.kind, self.seconds).name


@dataclass(frozen=True, slots=True)
class CarriedStep:
    """What was said at one step of a guide, and to what."""

    asked: str
    text: str


@dataclass(frozen=True, slots=True)
class Carried:
    """An entry on its way out or in. `key` is what makes it the same entry wherever it goes.

    `part` is that of another day that it is about, if it is; `made` is when it was written. `steps` are for reading: the
    text holds all of them.
    """

    key: UUID
    at: datetime
    zone: str
    day: date
    title: str
    asked: str
    text: str
    prompt: str = ""
    part: str = ""
    made: datetime | None = None
    things: tuple[CarriedThing, ...] = ()
    steps: tuple[CarriedStep, ...] = ()

    @property
    def told(self) -> tuple[CarriedStep, ...]:
        """Its words as they are read: each step's with its question, or all of them."""
        return self.steps or (CarriedStep(self.asked, self.text),)


def in_range(client: Person, wanted: Range) -> list[UUID]:
    """Ids of one's own entries of those days, the oldest first."""
    mine = Entry.objects.written_by(client).filter(local_date__range=(wanted.since, wanted.until))
    chosen = mine.exclude(share=ONLY_ME) if wanted.shared_only else mine
    return list(chosen.order_by("at", "id").values_list("pk", flat=True))


def carried(client: Person, ids: Sequence[UUID], wanted: Range) -> Iterator[Carried]:
    """The entries themselves, a few opened at a time: memory stays the same, however many there are."""
    for start in range(0, len(ids), AT_ONCE):
        yield from _opened(client, ids[start : start + AT_ONCE], wanted)


def files(client: Person, ids: Sequence[UUID], *, shared_only: bool = False) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The bytes of what goes with the entries: each file's name, and its stretches one after the other."""
    for start in range(0, len(ids), AT_ONCE):
        for one in _things(client, ids[start : start + AT_ONCE], shared_only):
            yield file_of(one), chunks.read(one, Chunk.Form.WHOLE, Stretch(0, one.size - 1))


def file_of(one: Attachment) -> str:
    return f"media/{one.key}.{one.media_type.split('/')[1]}"


def _opened(client: Person, ids: Sequence[UUID], wanted: Range) -> list[Carried]:
    """Inside a keyring of its own: it may be read while the answer is on its way already."""
    with keyring():
        holds = Exists(Attachment.objects.of(client).filter(entry=OuterRef("pk")))
        walked = Exists(EntryPart.objects.filter(entry=OuterRef("pk")))
        mine = Entry.objects.written_by(client).filter(pk__in=ids).annotate(holds=holds, walked=walked)
        rows = list(mine.order_by("at", "id"))
        steps = _steps([row.pk for row in rows if row.walked and wanted.questions])
        things: dict[UUID, list[CarriedThing]] = {}
        for one in _things(client, [row.pk for row in rows if row.holds], wanted.shared_only):
            carried = CarriedThing(one.key, one.kind, file_of(one), one.words, one.seconds)
            things.setdefault(one.entry_id, []).append(carried)
        return [_carried(row, wanted.questions, things.get(row.pk, []), steps.get(row.pk, [])) for row in rows]


def _steps(ids: Sequence[UUID]) -> dict[UUID, list[CarriedStep]]:
    """Of each guide's entry, what was said at its steps, in their order."""
    found: dict[UUID, list[CarriedStep]] = {}
    for part in EntryPart.objects.filter(entry__in=ids) if ids else ():
        found.setdefault(part.entry_id, []).append(CarriedStep(part.asked, part.text))
    return found


def _things(client: Person, ids: Sequence[UUID], shared_only: bool) -> AttachmentQuerySet:
    mine = Attachment.objects.of(client).filter(entry__in=ids)
    return mine.filter(apart=False) if shared_only else mine


def _carried(row: Entry, questions: bool, things: Sequence[CarriedThing], steps: Sequence[CarriedStep]) -> Carried:
    return Carried(
        key=row.key,
        at=row.at,
        zone=row.zone,
        day=row.local_date,
        title=row.title,
        asked=(asked_words(row.prompt) or row.asked) if questions else "",
        text=row.text,
        prompt=row.prompt,
        part=row.about_part,
        made=row.made_at,
        things=tuple(things),
        steps=tuple(steps),
    )
