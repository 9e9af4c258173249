"""A hello to who is quieter than usual, and who may learn of it. Models of this app, kept apart."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from koru.moments.ids import new_id
from koru.people.models import Alliance, Person
from koru.reminders.models import Letter

KIND = "quiet-hello"
WAIT, SHORTER_WAIT = 48, 24  # hours; the shorter one is for who has a safety plan and chose it


class QuietChoice(models.Model):
    """What a client chose. No row: no hello, and nobody learns of anything.

    `tells_after`: so many hours after a hello without an answer their therapist may know; None: only if they say so.
    """

    client = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="quiet_choice")
    says_hello = models.BooleanField(default=False)
    tells_after = models.PositiveSmallIntegerField(null=True, blank=True)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(tells_after=None) | Q(tells_after__in=[SHORTER_WAIT, WAIT], says_hello=True),
                name="silence_is_told_after_a_hello",
            ),
        ]

    def __str__(self) -> str:
        return f"quiet choice of {self.client_id}"


class QuietHelloQuerySet(models.QuerySet["QuietHello"]):
    def of_client(self, client: Person) -> "QuietHelloQuerySet":
        return self.filter(client=client)

    def going_on(self) -> "QuietHelloQuerySet":
        """They have not been heard of since."""
        return self.filter(over_at=None)

    def unanswered(self) -> "QuietHelloQuerySet":
        return self.going_on().filter(answered_at=None)


class QuietHello(models.Model):
    """One hello, in one quiet spell. `told_at`: they let their therapist know with their answer; `over_at`: a sign came since."""

    class Answer(models.TextChoices):
        ALL_RIGHT = "all_right", "All right"
        CALL = "call", "Call me"
        BUSY = "busy", "Just busy"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="quiet_hellos")
    last_sign = models.DateField()
    said_at = models.DateTimeField()
    answer = models.CharField(max_length=10, blank=True, choices=Answer, db_comment="plain: one of three answers")
    answered_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)

    objects = QuietHelloQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "quiet hellos"
        constraints = [
            models.UniqueConstraint(fields=["client", "last_sign"], name="one_hello_a_quiet_spell"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, told_at=None)
                | Q(answer__in=["all_right", "call", "busy"], answered_at__isnull=False),
                name="hello_is_answered_whole",
            ),
        ]
        indexes = [models.Index(fields=["client"], condition=Q(over_at=None), name="hellos_going_on")]

    def __str__(self) -> str:
        return f"hello {self.pk}"


def heard_at() -> Subquery:
    """For questions about hellos: when the first letter of it went out, and did not come back."""
    arrived = Letter.objects.filter(about=OuterRef("pk"), kind=KIND, sent_at__isnull=False, bounced_at=None)
    return Subquery(arrived.order_by("sent_at").values("sent_at")[:1])


def about_quiet(therapist: Person) -> "QuerySet[Any, Any]":
    """The hellos that go on of one's clients who may be told of at all: answered with a word to their therapist, or agreed to."""
    agreed = Q(answered_at=None, client__quiet_choice__tells_after__isnull=False)
    mine = Alliance.objects.of(therapist).values("client")
    rows = QuietHello.objects.going_on().filter(Q(told_at__isnull=False) | agreed, client__in=mine)
    return rows.values_list("client", "answer", "told_at", heard_at(), F("client__quiet_choice__tells_after"))


def about_hello(client: Person) -> "QuerySet[Any, Any]":
    """The client's own hello that waits for an answer, if there is one."""
    return QuietHello.objects.of_client(client).unanswered().values_list("said_at").order_by("-said_at")[:1]


def hello_from(rows: Sequence[Any], sign: datetime | None) -> bool:
    """Whether it still makes sense: no sign since. The clock's look makes it over, some minutes later."""
    return bool(rows) and (sign is None or sign < rows[0][0])
