"""A browser that its owner let in for push. A model of this app, kept apart.

It lives as long as the sign-in it was let in with: signing out there, or ending that sign-in from elsewhere, deletes the
session's row, and this one with it. Its address is a right to show notes on a screen, so it is sealed.
"""

from uuid import UUID, uuid5

from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from koru.people.models import Consent, Person, Role
from koru.sealing.fields import SealedTextField

CONSENT = "push"
SPACE = UUID("5f1d6d0e-6c3b-4f0c-9d0e-0f1c3a7b2d64")


def device_id(endpoint: str) -> UUID:
    """The same browser is the same row, whoever signs in there: it shows the notes of the last who let it in."""
    return uuid5(SPACE, endpoint)


class Device(models.Model):
    """Where to push to (`endpoint`), and the keys that only that browser can open the words with (RFC 8291)."""

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="devices")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    endpoint = SealedTextField(owner="person_id")
    p256dh = SealedTextField(owner="person_id")
    auth = SealedTextField(owner="person_id")
    let_in_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "device"

    def __str__(self) -> str:
        return f"device of {self.person_id}"


def working() -> QuerySet[Device]:
    """Those that show notes: their sign-in lasts, and a client's yes to it stands."""
    agreed = Consent.objects.in_force().filter(client=OuterRef("person"), kind=CONSENT)
    theirs = ~Q(person__role=Role.CLIENT) | Exists(agreed)
    return Device.objects.filter(theirs, session__expire_date__gt=Now())
