"""Pages of data rights: a copy that is ready, a request that waits, a wish to be erased that is held up; and one without."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from koru.people.models import Person
from koru.privacy.models import Export
from koru.rights.correcting import ask_to_put_right
from koru.rights.erasing import ask_to_be_erased, hold
from tests.scheduling.practice import Practice

OWN = ["/settings/export/", "/settings/erase/", "/settings/put-right/"]


def of_client(client: Person) -> list[str]:
    now = timezone.now()
    Export.objects.create(client=client, state="ready", ready_at=now, expires_at=now + timedelta(hours=24))
    ask_to_put_right("My second name is Fern.", key=uuid4(), by=client)
    ask_to_be_erased(by=client)
    return OWN


def of_therapist(practice: Practice) -> list[str]:
    return [f"/rights/{practice.client.pk}/"]


def of_staff(practice: Practice, soon: Person) -> list[str]:
    """One whose erasing is held up, and one of whom nothing is."""
    hold(practice.client, "A duty until May.", by=practice.staff)
    return [f"/rights/{practice.client.pk}/", f"/rights/{soon.pk}/"]
