"""How to reach a visitor, put right by the desk; letters about a talk ahead follow to the new address."""

import unicodedata

from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person
from koru.reminders.planning import withdraw
from scheduling.alone import deed
from scheduling.models import Appointment, ConsultationRequest
from scheduling.reminders import plan_booked


@neither
@deed
def correct_contact(request: ConsultationRequest, *, name: str, email: str, phone: str, by: Person) -> ConsultationRequest:
    """Name, address and phone as they say them now. The same again: nothing happens."""
    current = ConsultationRequest.objects.select_for_update().get(pk=request.pk)
    moved = current.email != email
    current.name, current.email, current.phone = unicodedata.normalize("NFC", name), email, phone
    current.owner = current.owner or by
    current.save(update_fields=["name", "email", "phone", "owner"])
    if moved:
        _write_anew(current, by)
    return current


def _write_anew(request: ConsultationRequest, by: Person) -> None:
    ahead = Appointment.objects.filter(request=request, client=None, state="booked", during__startswith__gt=timezone.now())
    for talk in ahead.select_related("kind", "client", "therapist", "room"):
        talk.request = request
        withdraw(talk.pk, "another address")
        plan_booked(talk, by=by)
