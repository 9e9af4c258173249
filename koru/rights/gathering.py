"""The files of a copy, by name: which there are, and what stands in each, a little at a time."""

import base64
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from journaling.attachments import chunks
from journaling.attachments.models import Attachment, Chunk
from journaling.attachments.ranges import Stretch
from koru.people.clinic import the_clinic
from koru.people.models import Clinic, Person
from koru.privacy.complaints import complaints_about
from koru.safety.plans import PlanPicture
from koru.sealing.envelope import CannotOpen
from koru.ui.times import spoken_instant

from . import reading, tables
from .fhir.bundle import bundle
from .parts import PARTS, Part
from .rows import Names, Row, names_of_people, rows_of

log = logging.getLogger(__name__)
PAGE, JSON, FHIR = "read-me.html", "record.json", "fhir/bundle.json"
MEDIA = {"attachments.Attachment", "safety.PlanPicture"}


def names() -> list[str]:
    """Every file that may be in a copy but recordings and pictures, in the order they are made."""
    return [PAGE, JSON, FHIR, *(f"csv/{part.name}.csv" for part in PARTS)]


@dataclass
class Gathering:
    """One client's record as files, read as it is now."""

    client: Person
    whole: bool
    people: Names = field(default_factory=names_of_people)

    @classmethod
    def of(cls, client: Person) -> "Gathering":
        return cls(client, not complaints_about(client.pk))

    @cached_property
    def clinic(self) -> Clinic:
        return the_clinic()

    def written(self, name: str) -> Iterator[str]:
        """What stands in a file; nothing for a table without rows."""
        if name == PAGE:
            yield from reading.page(self._about(), {part: part.rows(self.client).count() for part in PARTS}, self._rows)
        elif name == JSON:
            yield from tables.as_json(((part, self._rows(part)) for part in PARTS), self._head())
        elif name == FHIR:
            yield from bundle(self._named, self.clinic.name, timezone.now().isoformat())
        else:
            part = BY_TABLE[name]
            if part.rows(self.client).exists():
                yield from tables.as_csv(part, rows_of(part, self.client, self.people))

    def _rows(self, part: Part) -> Iterable[Row]:
        for row in rows_of(part, self.client, self.people):
            yield {**row, "file": file_of(row)} if part.model in MEDIA else row

    def _named(self, name: str) -> Iterable[Row]:
        return self._rows(BY_NAME[name])

    def _head(self) -> dict[str, Any]:
        checked = "as it was written" if self.whole else "something was changed or taken out"
        return {"made_at": timezone.now().isoformat(), "clinic": self.clinic.name, "who_looked_checked": checked}

    def _about(self) -> reading.About:
        zone = ZoneInfo(self.client.zone)
        made = spoken_instant(timezone.now(), zone, this_year=0)
        return reading.About(self.client.display_name, self.clinic.name, self.clinic.phone, made, zone, self.whole)


BY_NAME = {part.name: part for part in PARTS}
BY_TABLE = {f"csv/{part.name}.csv": part for part in PARTS}


def file_of(row: Row) -> str:
    return f"media/{row['id']}.{row['media_type'].split('/')[1]}"


def media_of(client: Person) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Recordings and pictures as they are now, each opened when its turn comes. One that is damaged is left out."""
    for one in Attachment.objects.filter(client=client, removed_at=None).order_by("at", "pk"):
        name = file_of({"id": one.pk, "media_type": one.media_type})
        yield name, _whole(chunks.read(one, Chunk.Form.WHOLE, Stretch(0, one.size - 1)))
    for picture in PlanPicture.objects.filter(client=client):
        yield file_of({"id": picture.pk, "media_type": picture.media_type}), iter([base64.b64decode(picture.data)])


def _whole(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Up to where it opens: what is damaged must not cost the rest of the copy."""
    try:
        yield from pieces
    except CannotOpen:
        log.warning("a recording or picture of a copy opens in part, or not at all")
