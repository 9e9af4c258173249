"""What somebody may see of a client's record: the one table of clinical.md 10.5, and how a person stands to a client."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from koru.moments.questions import Together
from koru.people.models import Alliance, Cover, Person, Role
from koru.sealing.fields import SealedTextField
from koru.sealing.keyring import about_keys, bring


class Part(StrEnum):
    """A part of a record that may be open or closed as a whole."""

    APPOINTMENTS = "appointments"
    CLEARANCE = "clearance and consents"
    CONTACT = "contact"
    SHARED_ENTRIES = "shared entries"
    CHECK_INS = "check-ins"
    SHARED_NOTES = "shared notes"
    MEASURES = "measures"
    FLAGS = "flags"
    SAFETY_PLAN = "safety plan"
    PRACTICES = "practices"
    ROUTINES = "routines"
    AGREED = "what was agreed"
    GOALS = "shared goals"
    NOTES = "a therapist's own notes"
    HANDED_OVER = "notes marked for a handover"
    CONNECTION = "connection check-ins"


class Standing(StrEnum):
    OWN = "own"
    THERAPIST = "therapist"
    COVER = "cover"
    STAFF = "staff"
    LEAD = "lead"
    NONE = "none"


DESK = frozenset({Part.APPOINTMENTS, Part.CLEARANCE, Part.CONTACT})
# Who covers reads what a session may need, and changes nothing: deeds ask for `Standing.THERAPIST` (RELIABILITY.md 2).
# How a meeting was for a client is between the two: candour about somebody needs to know who reads it.
COVERED = frozenset(Part) - {Part.NOTES, Part.CONNECTION}
OPEN_TO: dict[Standing, frozenset[Part]] = {
    Standing.OWN: frozenset(Part) - {Part.NOTES, Part.HANDED_OVER},
    Standing.THERAPIST: frozenset(Part),
    Standing.COVER: COVERED,
    Standing.STAFF: DESK,
    Standing.LEAD: frozenset({Part.FLAGS, Part.SAFETY_PLAN, Part.CONTACT}),
    Standing.NONE: frozenset(),
}


def standing_of(person: Person, client: Person) -> Standing:
    """How `person` stands to `client` at this instant: asked anew for every opening, never kept."""
    if not person.is_active:
        return Standing.NONE
    if person.pk == client.pk:
        return Standing.OWN
    if person.is_therapist and Alliance.objects.of(person).filter(client=client).exists():
        return Standing.THERAPIST
    if person.is_therapist and Cover.objects.of(person).filter(client=client).exists():
        return Standing.COVER
    return Standing.STAFF if person.is_desk else Standing.NONE


COLUMNS = tuple(
    field.attname
    for field in Person._meta.concrete_fields
    if field.name not in ("password", "last_login") and not isinstance(field, SealedTextField)
)


def _working_with(therapist: Person, client: UUID) -> "list[QuerySet[Any, Any]]":
    columns = [f"client__{column}" for column in COLUMNS]
    alliances = Alliance.objects.of(therapist).filter(client=client, client__role=Role.CLIENT)
    covers = Cover.objects.of(therapist).filter(client=client, client__role=Role.CLIENT)
    return [alliances.values_list(*columns)[:1], covers.values_list(*columns)[:1], about_keys(client)]


working_with = Together(_working_with)


def client_for(person: Person, client: UUID) -> tuple[Person | None, Standing]:
    """The client with this id and how `person` stands to them. For a therapist one question answers both."""
    if person.is_therapist and person.is_active:
        allied, covered, keys = working_with(person, client)
        rows = allied or covered
        bring(keys if rows else ())
        if not rows:
            return None, Standing.NONE
        return Person.from_db(DEFAULT_DB_ALIAS, COLUMNS, rows[0]), Standing.THERAPIST if allied else Standing.COVER
    found = Person.objects.clients().filter(pk=client).first()
    return found, standing_of(person, found) if found else Standing.NONE


def clients_of(therapist: Person) -> "QuerySet[Any, Any]":
    """The ids of those whose records are open to a therapist: they work with them, or cover for who does."""
    alliances, covers = Alliance.objects.of(therapist), Cover.objects.of(therapist)
    ids: QuerySet[Any, Any] = alliances.values_list("client", flat=True).union(covers.values_list("client", flat=True))
    return ids
