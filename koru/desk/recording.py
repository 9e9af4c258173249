"""What the desk writes into a client's record. Each deed goes through the door and is on the list that the client sees."""

from datetime import date

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import narrows, neither, widens
from koru.people import consents
from koru.people.consent_texts import consent_text
from koru.people.models import Alliance, Clearance, Consent, EmergencyContact, Person
from koru.privacy.door import open_record
from scheduling.coming_back import came_back
from scheduling.refusals import DecideTomorrow
from scheduling.resting import waits_for

DESK = "desk"


@widens
@transaction.atomic
def record_consent(client: Person, kind: str, *, by: Person) -> Consent:
    """Keep a yes to the current words. The same words again: the yes there is.

    Raises DecideTomorrow within a day of a dosing session: nobody is asked to agree to more in an open time.
    """
    text = consent_text(kind)
    with open_record(client, by=by, why=DESK) as record:
        Person.objects.select_for_update().get(pk=client.pk)
        given = Consent.objects.in_force().filter(client=client, kind=kind, version=text.version).first()
        if given is None:
            if until := waits_for(client, timezone.now()):
                raise DecideTomorrow(until)
            given = consents.record_consent(client, kind, text.version, text.text, by=by)
            record.looked_at("consent recorded", given.pk)
    return given


@narrows
@transaction.atomic
def withdraw_consent(client: Person, kind: str, *, by: Person) -> bool:
    with open_record(client, by=by, why=DESK) as record:
        withdrawn = consents.withdraw_consent(client, kind, by=by)
        if withdrawn:
            record.looked_at("consent withdrawn", kind)
    return withdrawn


@neither
@transaction.atomic
def record_clearance(
    client: Person, prescriber_name: str, verdict: str, decided_on: date, valid_until: date | None, *, by: Person
) -> Clearance:
    """Keep the prescriber's word. Said twice in a row, it is kept once."""
    said = {
        "prescriber_name": prescriber_name,
        "verdict": verdict,
        "decided_on": decided_on,
        "valid_until": valid_until,
    }
    with open_record(client, by=by, why=DESK) as record:
        Person.objects.select_for_update().get(pk=client.pk)
        newest = Clearance.objects.filter(client=client).first()
        if newest and all(getattr(newest, name) == value for name, value in said.items()):
            return newest
        kept = consents.record_clearance(client, prescriber_name, verdict, decided_on, valid_until, by=by)
        record.looked_at("clearance recorded", kept.pk)
    return kept


@neither
@transaction.atomic
def begin_alliance(client: Person, therapist: Person, *, by: Person) -> Alliance:
    with open_record(client, by=by, why=DESK) as record:
        alliance = consents.begin_alliance(client, therapist, by=by)
        came_back(client)
        record.looked_at("therapist begins", alliance.pk)
    return alliance


@narrows
@transaction.atomic
def end_alliance(alliance: Alliance, *, by: Person, ended_as: str = "") -> None:
    """From now on the therapist no longer reaches the record: a handover, without a goodbye, and `ended_as` says why.

    Appointments stay until somebody moves them.
    """
    with open_record(alliance.client, by=by, why=DESK) as record:
        consents.end_alliance(alliance, by=by, ended_as=ended_as)
        record.looked_at("therapist ends", alliance.pk)


@neither
@transaction.atomic
def change_contact(client: Person, phone: str, name: str, contact_phone: str, relation: str, *, by: Person) -> None:
    """The client's phone, and whom to call for them. Sealed with the client's key."""
    with open_record(client, by=by, why=DESK) as record:
        person = Person.objects.select_for_update().get(pk=client.pk)
        if not person.is_client:
            raise Http404
        person.phone = phone
        person.save(update_fields=["phone"])
        contact = EmergencyContact.objects.filter(client=person).first() or EmergencyContact(client=person)
        contact.name, contact.phone, contact.relation = name, contact_phone, relation
        contact.save()
        record.looked_at("contact changed")
