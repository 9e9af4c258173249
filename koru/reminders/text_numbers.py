"""The numbers that text messages go to. Models of this app, kept apart.

Each row is one number with the yes that it was given with, kept when it is over: what was agreed to, for which number and
when. The number is sealed; a keyed hash finds whose it is when somebody answers STOP.
"""

from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from koru.moments.ids import new_id
from koru.people.models import Consent, Person
from koru.sealing.fields import SealedTextField

CONSENT = "sms"
TRIES = 5  # of one code
A_DAY = 5  # codes asked for by one person, and codes to one number


def number_hash(number: str) -> str:
    """By which a number is found, with the server's key."""
    return salted_hmac("koru.reminders.number", number, algorithm="sha256").hexdigest()


class TextNumber(models.Model):
    """A number (E.164) that its owner gave. `verified_at`: they have said the code that went there.

    The code is not kept: it follows from `salt` by the server's key, until `code_until`, for five tries. `stopped_at`: STOP
    was said; `not_reached_at`: the provider knows no such number; `ended_at`: taken away, or another one took its place.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="text_numbers")
    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="+")
    number = SealedTextField(owner="person_id")
    number_hash = models.CharField(max_length=64, db_index=True, db_comment="plain: keyed hash, to find whose number it is")
    salt = models.CharField(max_length=32, db_comment="plain: random; with the server's key it makes the code")
    code_until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    given_at = models.DateTimeField(db_default=Now())
    verified_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    not_reached_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_number_a_person"),
            models.CheckConstraint(condition=Q(tries__lte=TRIES), name="a_code_has_five_tries"),
        ]

    def __str__(self) -> str:
        return f"number of {self.person_id}"

    @property
    def is_pending(self) -> bool:
        """Its code is still to be said."""
        return not (self.verified_at or self.stopped_at or self.not_reached_at or self.ended_at)


class CodeAsked(models.Model):
    """A code that was asked for: so many a day, by one person and to one number. `to_number` none: it was one too many."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    number_hash = models.CharField(max_length=64, db_comment="plain: keyed hash of the number it went to")
    on = models.DateField()
    by_person = models.PositiveSmallIntegerField()
    to_number = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "codes asked"
        constraints = [
            models.UniqueConstraint(fields=["person", "on", "by_person"], name="each_code_of_a_person_counts"),
            models.UniqueConstraint(fields=["number_hash", "on", "to_number"], name="each_code_to_a_number_counts"),
            models.CheckConstraint(condition=Q(by_person__range=(1, A_DAY)), name="five_codes_a_day_by_a_person"),
            models.CheckConstraint(
                condition=Q(to_number=None) | Q(to_number__range=(1, A_DAY)), name="five_codes_a_day_to_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"code of {self.on}"


class Texted(models.Model):
    """A letter that went out as a text: on which day of its reader's, and the short link in it, until when."""

    letter = models.OneToOneField("reminders.Letter", primary_key=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(null=True, blank=True)
    link_hash = models.CharField(max_length=64, unique=True, db_comment="plain: hash of the token in its link")
    until = models.DateTimeField()

    class Meta:
        verbose_name_plural = "texted"
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_text_a_day")]

    def __str__(self) -> str:
        return f"text of {self.letter_id}"


class SignedWord(models.Model):
    """A signed word of the provider's that was taken: said again, it is as if it hadn't been."""

    signature = models.CharField(primary_key=True, max_length=64, db_comment="plain: what it was signed with")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "signed word"

    def __str__(self) -> str:
        return f"heard at {self.at}"


def reachable() -> QuerySet[TextNumber]:
    """Those that texts go to: the code was said, nothing was stopped, and the yes to it stands."""
    agreed = Consent.objects.in_force().filter(client=OuterRef("person"), kind=CONSENT)
    live = {"ended_at": None, "stopped_at": None, "not_reached_at": None}
    return TextNumber.objects.filter(Exists(agreed), verified_at__isnull=False, **live)


def number_of(person: UUID) -> TextNumber | None:
    """The number they have given, in whatever state; none that is over."""
    return TextNumber.objects.filter(person=person, ended_at=None).first()
