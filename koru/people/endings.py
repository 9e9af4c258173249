"""A good goodbye: what is done or declined by its name before a client and a therapist end (decision 0034)."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.moments.spans import Span
from koru.sealing.fields import SealedTextField

if TYPE_CHECKING:
    from .models import Person

LONGEST_LETTER = 10_000


class StepName(models.TextChoices):
    """The steps, in the order of the page. The database counts them: a seventh needs a migration."""

    LAST_SESSION = "last-session", "The last session"
    LETTER = "letter", "A letter from the therapist"
    LETTER_TO_SELF = "letter-to-self", "A letter to oneself"
    EXPORT = "export", "Words in one’s own hands"
    MAINTENANCE = "maintenance", "Keeping well afterwards"
    DOOR = "door", "The door stays open"


class Outcome(models.TextChoices):
    DONE = "done", "Done"
    DECLINED = "declined", "Left out"


THEIRS = frozenset({StepName.LETTER_TO_SELF, StepName.EXPORT})  # only the client can say that they were done
OF_THE_THERAPIST = frozenset({StepName.LAST_SESSION, StepName.LETTER})


class EndingQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        """Begun, neither finished nor put off."""
        return self.filter(ended_at=None, put_off_at=None)

    def of(self, client: "Person") -> Self:
        """A client's, the newest first, without those that were put off."""
        return self.filter(client=client, put_off_at=None).select_related("alliance__therapist").order_by("-opened_at", "-id")

    def finished(self, span: Span | None = None) -> Self:
        """Care that was finished by a goodbye, at `ended_at`; within a span of instants, if one is given.

        Whoever works with somebody here again is not finished, whatever was said goodbye to before.
        """
        from .models import Alliance

        again = Alliance.objects.current().filter(client=OuterRef("client"))
        rows = self.filter(~Exists(again), ended_at__isnull=False)
        return rows.filter(ended_at__gte=span.start, ended_at__lt=span.end) if span else rows


class Ending(models.Model):
    """One ending of one alliance: opened by its therapist, finished once, or put off."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    alliance = models.ForeignKey("people.Alliance", on_delete=models.CASCADE, related_name="endings")
    client = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="endings")
    opened_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())
    put_off_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = EndingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alliance"], condition=Q(put_off_at=None), name="one_ending_an_alliance"),
            models.CheckConstraint(condition=Q(put_off_at=None) | Q(ended_at=None), name="ended_or_put_off"),
        ]
        indexes = [models.Index(fields=["client", "-opened_at"], name="endings_of_a_client")]

    def __str__(self) -> str:
        return f"ending {self.pk}"


class EndingStep(models.Model):
    """One step, by its name: done or left out, and by whom. `about` is the appointment of the last session."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ending = models.ForeignKey(Ending, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=20, choices=StepName, db_comment="plain: which step of a goodbye")
    outcome = models.CharField(max_length=10, choices=Outcome, db_comment="plain: done or declined")
    by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(db_default=Now())
    about = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ending", "name"], name="each_step_once"),
            models.CheckConstraint(condition=Q(name__in=StepName.values), name="a_step_that_there_is"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="a_step_is_done_or_declined"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.ending_id}"


class Farewell(models.Model):
    """The therapist's letter: theirs alone while the ending is open, the client's from the instant it is finished."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ending = models.OneToOneField(Ending, on_delete=models.CASCADE, related_name="farewell")
    client = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    words = SealedTextField()
    written_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"farewell {self.pk}"
