"""Who takes a client home after a session: said by the client, or told the desk by phone. Sealed, never a condition."""

from django.http import Http404
from django.utils import timezone

from koru.moments.directions import neither
from koru.people.models import Person

from .alone import deed
from .models import Appointment
from .standing import traced


@neither
@deed
def name_way_home(appointment: Appointment, words: str, *, by: Person) -> Appointment:
    """Keep the words, or take them away with empty ones. The client sees who of the clinic noted them."""
    if appointment.client is None or not (by == appointment.client or by.is_desk):
        raise Http404
    current = Appointment.objects.locked(appointment.pk)
    with traced(current.client, by, "way home noted", current.pk):
        current.way_home = words
        current.way_home_at = timezone.now() if words else None
        current.save(update_fields=["way_home", "way_home_at"])
    return current
