"""What somebody may see of a client's record: the one table of clinical.md 10.5, and how a person stands to a client."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from koru.moments.questions import Together
from koru.people.models import Alliance, BrokenGlass, Cover, Person, Role
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
    KEEPING_WELL = "early signs, where shared"
    NOTES = "a therapist's own notes"
    HANDED_OVER = "notes marked for a handover"
    CONNECTION = "connection check-ins"


class Standing(StrEnum):
    OWN = "own"
    THERAPIST = "therapist"
    COVER = "cover"
    GLASS = "glass"
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
    Standing.GLASS: COVERED,
    Standing.STAFF: DESK,
    Standing.LEAD: frozenset({Part.FLAGS, Part.SAFETY_PLAN, Part.CONTACT}),
    Standing.NONE: frozenset(),
}

ONLY_READ = frozenset({Standing.COVER, Standing.GLASS})


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
    if person.is_therapist and BrokenGlass.objects.of(person).filter(client=client).exists():
        return Standing.GLASS
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
    glasses = BrokenGlass.objects.of(therapist).filter(client=client, client__role=Role.CLIENT)
    ways = (rows.values_list(*columns)[:1] for rows in (alliances, covers, glasses))
    return [*ways, about_keys(client)]


WAYS = (Standing.THERAPIST, Standing.COVER, Standing.GLASS)  # in the order of the questions above
working_with = Together(_working_with)


def client_for(person: Person, client: UUID) -> tuple[Person | None, Standing]:
    """The client with this id and how `person` stands to them. For a therapist one question answers both."""
    if person.is_therapist and person.is_active:
        *ways, keys = working_with(person, client)
        standing, rows = next(((how, rows) for how, rows in zip(WAYS, ways, strict=True) if rows), (Standing.NONE, []))
        bring(keys if rows else ())
        return (Person.from_db(DEFAULT_DB_ALIAS, COLUMNS, rows[0]) if rows else None), standing
    found = Person.objects.clients().filter(pk=client).first()
    return found, standing_of(person, found) if found else Standing.NONE


def clients_of(therapist: Person) -> "QuerySet[Any, Any]":
    """The ids of those whose records are open to a therapist: they work with them, or cover for who does, or broke glass."""
    ways = (of.of(therapist).values_list("client", flat=True) for of in (Alliance.objects, Cover.objects, BrokenGlass.objects))
    allied, *others = ways
    ids: QuerySet[Any, Any] = allied.union(*others)
    return ids
