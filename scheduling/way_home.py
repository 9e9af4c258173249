"""Who takes a client home after a session: said by the client, sealed, never a condition for anything."""

from django.http import Http404
from django.utils import timezone

from koru.people.models import Person

from .alone import deed
from .models import Appointment


@deed
def name_way_home(appointment: Appointment, words: str, *, by: Person) -> Appointment:
    """Keep the words, or take them away with empty ones."""
    if appointment.client_id != by.pk:
        raise Http404
    current = Appointment.objects.locked(appointment.pk)
    current.way_home = words
    current.way_home_at = timezone.now() if words else None
    current.save(update_fields=["way_home", "way_home_at"])
    return current
