"""How it was for the two of them: what a client says after a meeting, and what their therapist guesses before seeing it."""

from django.db import models
from django.db.models import Q

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedJSONField, SealedTextField
from scheduling.models import Appointment

from .querysets import ConnectionQuerySet, UnkeptQuerySet


class ConnectionCheckIn(models.Model):
    """Four lines about one meeting. Its answers and words never change (migration 0002); who may read them does.

    `answers` holds 0 to 100 by key; a skipped line has no key. `shared_at`: since when the therapist it is about may read
    it; none: only the client. `with_words`: the words go along. `ask_at`: the client wished to share within a day of a
    dosing session, and decides from then on.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="connection_check_ins")
    appointment = models.OneToOneField(Appointment, on_delete=models.CASCADE, related_name="connection_check_in")
    therapist = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answers = SealedJSONField()
    words = SealedTextField(blank=True)
    with_words = models.BooleanField(default=False)
    shared_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    ask_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()
    zone = models.CharField(max_length=64, db_comment="plain: the client's zone as they answered")
    local_date = models.DateField()
    key = models.UUIDField()

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["client", "key"], name="one_connection_a_form"),
            models.CheckConstraint(condition=Q(shared_at=None) | Q(ask_at=None), name="shared_connection_waits_for_nothing"),
            models.CheckConstraint(
                condition=Q(shared_at=None) | Q(taken_back_at=None), name="shared_connection_is_not_taken_back"
            ),
        ]
        indexes = [models.Index(fields=["client", "-at"], name="connection_by_client_newest")]

    def __str__(self) -> str:
        return f"connection check-in {self.pk}"

    @property
    def given(self) -> dict[str, int]:
        return dict(self.answers or {})

    @property
    def is_shared(self) -> bool:
        return self.shared_at is not None


class Guess(models.Model):
    """What the therapist guessed before seeing the client's lines, or that they looked without guessing. Never changed.

    The database refuses any change, and one about what isn't shared with that therapist (migration 0002).
    """

    check_in = models.OneToOneField(ConnectionCheckIn, primary_key=True, on_delete=models.CASCADE, related_name="guess")
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    therapist = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answers = SealedJSONField()
    without = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "guesses"

    def __str__(self) -> str:
        return f"guess about {self.check_in_id}"

    @property
    def given(self) -> dict[str, int]:
        return dict(self.answers or {})


class ConnectionDraft(models.Model):
    """The form about one meeting as it was last filled in: the client's alone, thirty days at most."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    fields = SealedJSONField()
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    objects = UnkeptQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="one_connection_draft_a_form")]

    def __str__(self) -> str:
        return f"connection draft {self.pk}"

    @property
    def given(self) -> dict[str, str]:
        return dict(self.fields or {})
