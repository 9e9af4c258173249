"""What people say about themselves: deeds on one's own row."""

from datetime import time

from django.db import transaction

from koru.moments.directions import neither

from .models import EmergencyContact, Person


@neither
@transaction.atomic
def tell_about(person: Person, *, display_name: str, zone: str, region: str, phone: str, neutral_phrase: str, by: Person) -> None:
    """The name to be called by, zone, region of the help lines, phone, and one's own word for an appointment."""
    current = Person.objects.select_for_update().get(pk=person.pk)
    current.display_name = display_name
    current.zone = zone
    current.region = region
    current.phone = phone
    current.neutral_phrase = neutral_phrase
    current.save(update_fields=["display_name", "zone", "region", "phone", "neutral_phrase"])


@neither
@transaction.atomic
def name_emergency_contact(client: Person, *, name: str, phone: str, relation: str, by: Person) -> None:
    """Whom the clinic may call. All empty: nobody."""
    if not any((name, phone, relation)):
        EmergencyContact.objects.filter(client=client).delete()
        return
    contact = EmergencyContact.objects.filter(client=client).first() or EmergencyContact(client=client)
    contact.name, contact.phone, contact.relation = name, phone, relation
    contact.save()


@neither
@transaction.atomic
def begin_days_at(person: Person, at: time, *, by: Person) -> None:
    """From when on a note in the night belongs to the new day. What was written keeps the day it was written for."""
    Person.objects.filter(pk=person.pk).update(day_starts=at)
    person.day_starts = at
