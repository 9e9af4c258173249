"""What somebody may see of a client's record: the one table of clinical.md 10.5, and how a person stands to a client."""

from enum import StrEnum
from uuid import UUID

from koru.people.models import Alliance, Person


class Part(StrEnum):
    """A part of a record that may be open or closed as a whole."""

    APPOINTMENTS = "appointments"
    CLEARANCE = "clearance and consents"
    CONTACT = "contact"
    SHARED_ENTRIES = "shared entries"
    CHECK_INS = "check-ins"
    SHARED_NOTES = "shared notes"


class Standing(StrEnum):
    OWN = "own"
    THERAPIST = "therapist"
    STAFF = "staff"
    NONE = "none"


DESK = frozenset({Part.APPOINTMENTS, Part.CLEARANCE, Part.CONTACT})
OPEN_TO: dict[Standing, frozenset[Part]] = {
    Standing.OWN: frozenset(Part),
    Standing.THERAPIST: frozenset(Part),
    Standing.STAFF: DESK,
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
    return Standing.STAFF if person.is_desk else Standing.NONE


def client_for(person: Person, client: UUID) -> tuple[Person | None, Standing]:
    """The client with this id and how `person` stands to them. For a therapist one question answers both."""
    if person.is_therapist and person.is_active:
        alliance = Alliance.objects.of(person).filter(client=client).select_related("client").first()
        return (alliance.client, Standing.THERAPIST) if alliance and alliance.client.is_client else (None, Standing.NONE)
    found = Person.objects.clients().filter(pk=client).first()
    return found, standing_of(person, found) if found else Standing.NONE
