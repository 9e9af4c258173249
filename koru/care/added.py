"""A line that a client adds to their brief before a session. A model of this room, kept apart."""

from django.db import models

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

LONGEST = 200


class AddedLine(models.Model):
    """One a session, in the client's own words. With `ask_at` it waits, theirs alone, until they say so again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey("scheduling.Appointment", on_delete=models.CASCADE, related_name="+")
    words = SealedTextField()
    said_at = models.DateTimeField()
    ask_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "session"], name="one_added_line_a_session")]

    def __str__(self) -> str:
        return f"added line {self.pk}"
