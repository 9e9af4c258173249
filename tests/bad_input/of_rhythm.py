"""A wider rhythm of notes: suggested to one client, and open to be suggested to another after steady weeks."""

from django.utils import timezone

from koru.people.models import Person
from koru.reminders.models import FewerNotes
from tests.today.steady import gets_notes, steady


def suggested(client: Person, therapist: Person) -> None:
    """The forms of what is open: yes, not now, and taking it back."""
    FewerNotes.objects.create(client=client, apart=7, suggested_by=therapist, suggested_at=timezone.now())


def of_therapist(client: Person) -> list[str]:
    """The plan of somebody to whom nothing is suggested yet."""
    gets_notes(steady(client))
    return [f"/care/{client.pk}/plan/"]
