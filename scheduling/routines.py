"""Tiny things tied to something that happens anyway, their days, a word for a week. Models of this app, kept apart."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

MOST = 3
MOST_NOTES = 3
WEEKDAYS = list(range(1, 8))


class Routine(models.Model):
    """ "If …, then I …", in its client's own words.

    `place` is 1, 2 or 3 while it is active and empty while it rests or has ended: so the database never holds a fourth
    active one. `look_on` is the day from which its client is asked whether to keep it, make it smaller or let it go.
    """

    class Part(models.TextChoices):
        ANY = "", "At any time"
        MORNING = "morning", "In the morning"
        EVENING = "evening", "In the evening"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="routines")
    cue = SealedTextField()
    action = SealedTextField()
    smallest = SealedTextField(blank=True)
    part = models.CharField(max_length=10, choices=Part, blank=True, db_comment="plain: the part of the day that it fits")
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    look_on = models.DateField()
    since = models.DateTimeField()
    rests_since = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    remind_at = models.TimeField(null=True, blank=True)
    remind_days = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    revision = models.PositiveIntegerField(default=0)
    key = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["client", "place"], condition=Q(place__isnull=False), name="one_routine_a_place"),
            models.CheckConstraint(condition=Q(place=None) | Q(place__gte=1, place__lte=MOST), name="three_routines_at_most"),
            models.CheckConstraint(
                condition=Q(place__isnull=False, rests_since=None, ended_at=None)
                | (Q(place=None) & (Q(rests_since__isnull=False) | Q(ended_at__isnull=False))),
                name="a_routine_is_active_or_rests",
            ),
            models.CheckConstraint(condition=Q(remind_days__contained_by=WEEKDAYS), name="routine_notes_on_weekdays"),
            models.CheckConstraint(condition=Q(remind_days__len__lte=MOST_NOTES), name="three_notes_a_week_at_most"),
            models.UniqueConstraint(fields=["client", "key"], condition=Q(key__isnull=False), name="one_routine_a_key"),
        ]

    def __str__(self) -> str:
        return f"routine {self.pk}"

    @property
    def is_active(self) -> bool:
        return self.place is not None


class RoutineMark(models.Model):
    """What its client said of a routine on a day of theirs; the day stays where it was felt, wherever they travel."""

    class How(models.TextChoices):
        DONE = "done", "Did it"
        SMALLEST = "smallest", "Smallest version"
        RESTED = "rested", "Rested today"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    routine = models.ForeignKey(Routine, on_delete=models.CASCADE, related_name="marks")
    day = models.DateField()
    how = models.CharField(max_length=10, choices=How, db_comment="plain: did it, the smallest version, or rested")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["routine", "day"], name="one_mark_a_day"),
            models.CheckConstraint(condition=Q(how__in=["done", "smallest", "rested"]), name="a_mark_says_how"),
        ]
        indexes = [models.Index(fields=["client", "day"], name="marks_of_a_client")]

    def __str__(self) -> str:
        return f"mark {self.pk}"


class RoutineChange(models.Model):
    """What became of a routine, kept: `words` are its action from then on."""

    class What(models.TextChoices):
        BEGUN = "begun", "Begun"
        CHANGED = "changed", "Changed"
        KEPT = "kept", "Kept"
        SMALLER = "smaller", "Made smaller"
        RESTED = "rested", "Laid to rest"
        TAKEN_UP = "taken_up", "Taken up again"
        LET_GO = "let_go", "Let go"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    routine = models.ForeignKey(Routine, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=10, choices=What, db_comment="plain: kept, made smaller, let go …")
    words = SealedTextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.what} {self.routine_id}"


class RoutineChoice(models.Model):
    """What a client chose for all of them. No row: shared with their therapist, and never asked for a week's word.

    `note_on` (1 is Monday) and `note_at` are when a note asks for the word; `note_since` is since when notes count as
    unanswered, `note_rests_since` when they stopped by themselves.
    """

    class Ask(models.IntegerChoices):
        MONDAY = 1, "On Monday"
        SUNDAY = 7, "On Sunday evening"

    client = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="+")
    is_shared = models.BooleanField(default=True)
    asks_on = models.PositiveSmallIntegerField(choices=Ask, null=True, blank=True)
    back_on = models.DateField(null=True, blank=True)
    note_on = models.PositiveSmallIntegerField(null=True, blank=True)
    note_at = models.TimeField(null=True, blank=True)
    note_since = models.DateTimeField(null=True, blank=True)
    note_rests_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(asks_on=None) | Q(asks_on__in=[1, 7]), name="a_weeks_word_is_asked_on"),
            models.CheckConstraint(
                condition=Q(note_on=None, note_at=None, note_since=None, note_rests_since=None)
                | Q(note_on__isnull=False, note_on__in=WEEKDAYS, note_at__isnull=False, note_since__isnull=False),
                name="a_note_for_the_word_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"routine choice of {self.client_id}"


class WeekWord(models.Model):
    """A word for a week, and a moment in which it could show. Only its client reads it. `week` is a Monday."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    week = models.DateField()
    word = SealedTextField()
    moment = SealedTextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-week"]
        constraints = [
            models.UniqueConstraint(fields=["client", "week"], name="one_word_a_week"),
            models.CheckConstraint(condition=Q(week__week_day=2), name="a_week_begins_on_monday"),
        ]

    def __str__(self) -> str:
        return f"word for a week {self.pk}"
