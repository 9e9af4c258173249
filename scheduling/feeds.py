"""One's own appointments behind a private address that a calendar program asks for. A model of this app, kept apart."""

from django.db import models
from django.db.models.functions import Now

from koru.people.models import Person
from koru.sealing.fields import SealedTextField


class CalendarFeed(models.Model):
    """The address of one person's feed. Looked up by its hash; kept sealed beside it, so that its owner can copy it again."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="calendar_feed")
    token = SealedTextField(owner="person_id")
    token_hash = models.CharField(max_length=64, unique=True, db_comment="plain: look-up of a random token")
    made_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"calendar feed of {self.person_id}"
