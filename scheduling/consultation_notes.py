"""What the desk notes about a visitor's request. A model of this app, kept apart."""

from django.db import models
from django.utils import timezone

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

from .consultation_requests import ConsultationRequest


class RequestNote(models.Model):
    """One note, in the order they were written. Without `by` it is what the visitor wrote themselves.

    `sealed_for` names whose key it is sealed with: the request's, and the client's from when they have an account, so that
    erasing either takes their words with it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(ConsultationRequest, on_delete=models.CASCADE, related_name="notes")
    sealed_for = models.UUIDField()
    text = SealedTextField(owner="sealed_for")
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"note on request {self.request_id}"
