"""A visitor's wish for a free talk. A model of this app, kept apart."""

from django.db import models
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

from .querysets import ConsultationRequestQuerySet


class ConsultationRequest(models.Model):
    """A visitor's wish for a free talk. Its own sealing key: erased without touching anybody else's words."""

    class State(models.TextChoices):
        NEW = "new", "New"
        BOOKED = "booked", "Booked"
        MET = "met", "Held"
        INVITED = "invited", "Invited"
        DECLINED = "declined", "Not now"
        NO_ANSWER = "no_answer", "No answer"
        CANCELLED = "cancelled", "Cancelled"
        LAPSED = "lapsed", "Past its time"

    class Declined(models.TextChoices):
        """Why not now: for the desk, and which kind words they are written."""

        ASKED = "asked", "Not now, as they wish"
        ELSEWHERE = "elsewhere", "Another place suits them better"
        FULL = "full", "We have no room just now"
        OTHER = "other", "Not something we can offer them"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80, db_comment="plain: the name to call them by")
    email = models.EmailField(max_length=254, db_comment="plain: where the link goes")
    phone = SealedTextField(owner="id", blank=True)
    note = SealedTextField(owner="id", blank=True)
    zone = models.CharField(max_length=64, db_comment="plain: the visitor's zone, as they chose it")
    state = models.CharField(max_length=10, choices=State, default=State.NEW, db_comment="plain: step of the pipeline")
    token = SealedTextField(owner="id")
    token_hash = models.CharField(max_length=64, unique=True, db_comment="plain: look-up of a random token")
    key = models.UUIDField(unique=True)
    made_at = models.DateTimeField(db_default=Now())
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    come_back_on = models.DateField(null=True, blank=True)
    declined_for = models.CharField(
        max_length=10, choices=Declined, blank=True, db_default="", db_comment="plain: one of a short list of reasons"
    )
    client = models.OneToOneField(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="consultation_request")

    objects = ConsultationRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"consultation request {self.pk}"
