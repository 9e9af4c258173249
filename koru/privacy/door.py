"""The one door to a client's record.

`with open_record(client, by=person, why="brief") as record:` checks how the person stands to the client, hands out a
`Record` that rooms read through, and writes what was looked at as it closes, in the same transaction. A client's own
reading leaves no trace.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from koru.people.models import Alliance, Cover, Person

from .looks import last_look
from .standing import ONLY_READ, OPEN_TO, Part, Standing, client_for, standing_of
from .trace import Look, write_trace


class NoSuchRecord(Http404):
    """There is no record here for this person: the same answer whether it exists or not."""


class Record:
    """A client's record as one person may read it."""

    def __init__(self, client: Person, reader: Person, standing: Standing, why: str) -> None:
        self.client = client
        self.reader = reader
        self.standing = standing
        self.why = why
        self._looks: set[Look] = set()

    @property
    def is_own(self) -> bool:
        return self.standing is Standing.OWN

    @property
    def may_change(self) -> bool:
        """Whether this is somebody who changes things here: who only covers doesn't."""
        return self.standing in (Standing.OWN, Standing.THERAPIST)

    def opens(self, part: Part) -> bool:
        return part in OPEN_TO[self.standing]

    def looked_at(self, act: str, about: str | UUID = "") -> None:
        """Note what is being shown: `act` a kind such as "entry" or "timeline", `about` an id. Never words."""
        self._looks.add(Look(self.client.pk, self.reader.pk, self.standing.value, act, str(about), self.why))

    def close(self) -> None:
        if not self.is_own:
            write_trace(self._looks)


class Shown(Record):
    """The same as another reads it, held by its own client: a therapist's own notes stay shut, and nobody has looked."""

    def opens(self, part: Part) -> bool:
        return part not in (Part.NOTES, Part.HANDED_OVER) and super().opens(part)

    def close(self) -> None:
        """A client's own reading leaves no trace."""


@contextmanager
def open_as_seen_by(reader: Person, *, by: Person, why: str) -> Iterator[Record]:
    """A client's own record as their therapist, or who covers, reads it now. Raises NoSuchRecord where they don't."""
    with transaction.atomic():
        standing = standing_of(reader, by)
        if not by.is_client or standing not in (Standing.THERAPIST, Standing.COVER):
            raise NoSuchRecord
        yield Shown(by, reader, standing, why)


@contextmanager
def open_record(
    client: Person | UUID, *, by: Person, why: str, standing_in: bool = False, to_change: bool = False
) -> Iterator[Record]:
    """Open a client's record for somebody. Raises NoSuchRecord when it isn't open to them.

    `why` is the page or deed it is opened for ("brief", "timeline", "desk"): shown to the client. `standing_in`: an open
    flag brings somebody who isn't this client's therapist; what it opens to them is little (`Standing.LEAD`). Whether
    there is such a flag, and whether it is theirs to look at, the caller has asked (`koru.care.flags`). `to_change`: a page
    or deed that changes something, which isn't there for who only reads: who covers, who broke glass.
    """
    with transaction.atomic():
        person, standing = _standing(client, by)
        if standing_in and standing is Standing.NONE and by.is_therapist and by.is_active:
            person = Person.objects.clients().filter(pk=client.pk if isinstance(client, Person) else client).first()
            standing = Standing.LEAD
        if person is None or standing is Standing.NONE or (to_change and standing in ONLY_READ):
            raise NoSuchRecord
        record = Record(person, by, standing, why)
        record.looked_at(why)
        yield record
        record.close()


def _standing(client: Person | UUID, by: Person) -> tuple[Person | None, Standing]:
    if isinstance(client, Person):
        return client, standing_of(by, client) if client.is_client else Standing.NONE
    return client_for(by, client)


@dataclass(frozen=True, slots=True)
class Known:
    """A client as the caseload names them: since when one works with them, and when one last opened their record."""

    pk: UUID
    display_name: str
    since: datetime
    looked: datetime | None


def about_clients(therapist: Person) -> "QuerySet[Any, Any]":
    """The clients of one therapist. Somebody with two alliances at once is there twice."""
    mine: QuerySet[Any, Any] = Alliance.objects.of(therapist).annotate(looked=last_look(therapist)).order_by("-since")
    return mine.values_list("client", "client__display_name", "since", "looked")


def clients_from(rows: Iterable[Any]) -> dict[UUID, Known]:
    """By id; of two alliances the one that began first."""
    return {row[0]: Known(*row) for row in rows}


def about_covered(therapist: Person) -> "QuerySet[Any, Any]":
    """Those whom a therapist covers for now: id, name, until when."""
    covers: QuerySet[Any, Any] = Cover.objects.of(therapist).order_by("during__endswith")
    return covers.values_list("client", "client__display_name", "during__endswith")


@contextmanager
def open_caseload(*, by: Person) -> Iterator[None]:
    """A list of one's own clients leaves one row in the reader's own chain, not one a client."""
    with transaction.atomic():
        yield
        write_trace([Look(by.pk, by.pk, by.role, "caseload", "", "caseload")])
