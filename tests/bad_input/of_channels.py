"""Pages of the ways to somebody: the inbox with two new notes, which ways are chosen, one that can be put off."""

from datetime import timedelta

from django.utils import timezone

from koru.people.models import Person
from koru.reminders.stopping import later_path
from tests.reminders.letters import due_letter


def of_client(client: Person) -> list[str]:
    now = timezone.now()
    for _ in range(2):
        due_letter(client, "session-week", channel="inbox", handed_at=now, sent_at=now, not_after=now + timedelta(days=9))
    note = due_letter(client, "measure-due", due_at=now)
    return ["/inbox/", "/settings/notes/", later_path(note.pk)]
