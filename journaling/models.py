"""What a client writes, who may read it, and what they have not finished."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from koru.moments.ids import new_id
from koru.people.models import Person
from koru.sealing.fields import SealedTextField

from .assigned import Assigned, Depth
from .found import Rested, Search, Tag, Tagging
from .goals import Goal, GoalBefore, Whereabouts
from .guided import EntryPart, Intention, Walk
from .heard import Heard
from .held import Passage, Raised
from .keepsakes import Keepsake, KeepsakeWords
from .later import LetterToSelf
from .querysets import DraftQuerySet, EntryQuerySet, SkipQuerySet
from .sharing import ONLY_ME

__all__ = [
    "Assigned",
    "Depth",
    "Draft",
    "DraftKey",
    "Entry",
    "EntryPart",
    "EntryRevision",
    "Goal",
    "GoalBefore",
    "Heard",
    "Intention",
    "Keepsake",
    "KeepsakeWords",
    "LetterToSelf",
    "Passage",
    "PromptSkip",
    "Raised",
    "Rested",
    "Search",
    "Share",
    "ShareChange",
    "ShareWish",
    "Tag",
    "Tagging",
    "Walk",
    "Whereabouts",
]


class Share(models.TextChoices):
    ONLY_ME = "only_me", "Only me"
    MY_THERAPIST = "my_therapist", "My therapist"
    BRING_TO_SESSION = "bring_to_session", "Bring to session"


class Entry(models.Model):
    """One piece of writing. `at`, `zone` and `local_date` are those of the moment written about and never change.

    That is the moment of writing, unless `about_part` says otherwise: then it is a day, or a part of a day, that the writer
    chose, by the zone they wrote in. `made_at` is when it was written.

    `asked` keeps the prompt's words as they were shown; `key` is that of the form it came from, so that a form sent
    twice makes one entry.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="entries")
    title = SealedTextField(blank=True)
    text = SealedTextField()
    prompt = models.SlugField(max_length=60, blank=True, db_comment="plain: which prompt it answers")
    asked = SealedTextField(blank=True)
    share = models.CharField(max_length=20, choices=Share, default=Share.ONLY_ME, db_comment="plain: who may read it")
    at = models.DateTimeField()
    zone = models.CharField(max_length=64, db_comment="plain: the writer's zone when it was written")
    local_date = models.DateField()
    about_part = models.CharField(
        max_length=10, blank=True, db_default="", db_comment="plain: the part of another day that it is about"
    )
    made_at = models.DateTimeField(db_default=Now())
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["client", "-at", "-id"], condition=Q(deleted_at=None), name="entries_by_client_newest"),
            models.Index(
                fields=["client", "-at"],
                condition=Q(deleted_at=None) & ~Q(share=ONLY_ME),
                name="entries_shared_newest",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["client", "key"], name="one_entry_a_form"),
            models.CheckConstraint(condition=Q(share__in=Share.values), name="entry_share_is_known"),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"


class EntryRevision(models.Model):
    """How an entry was before it was changed; `key` is that of the form that changed it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="revisions")
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    title = SealedTextField(blank=True)
    text = SealedTextField()
    until = models.DateTimeField()
    key = models.UUIDField()

    class Meta:
        ordering = ["-until", "-id"]

    def __str__(self) -> str:
        return f"revision of {self.entry_id}"


class ShareChange(models.Model):
    """Who could read an entry, and since when: each change of it, kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="share_changes")
    was = models.CharField(max_length=20, choices=Share, db_comment="plain: level before")
    became = models.CharField(max_length=20, choices=Share, db_comment="plain: level after")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"share {self.was} to {self.became}"


class ShareWish(models.Model):
    """A wish to share more, made within a day of a dosing session: asked again at `ask_at`, nothing shared until then."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.CASCADE, related_name="wish")
    level = models.CharField(max_length=20, choices=Share, db_comment="plain: the level wished for")
    made_at = models.DateTimeField(db_default=Now())
    ask_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "share wishes"

    def __str__(self) -> str:
        return f"wish for {self.entry_id}"


class Draft(models.Model):
    """Unfinished words: the writer's alone. `about` is the entry being changed, none for a new one.

    `day` is the day that the form names: the other day that the words are about, or the one on which a letter opens.

    Two versions of one text, such as from two tabs, are two rows with keys of their own.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    about = models.UUIDField(null=True, blank=True)
    prompt = models.SlugField(max_length=60, blank=True, db_comment="plain: which prompt it answers")
    key = models.UUIDField()
    title = SealedTextField(blank=True)
    text = SealedTextField(blank=True)
    share = models.CharField(max_length=20, choices=Share, default=Share.ONLY_ME, db_comment="plain: level picked so far")
    day = models.DateField(null=True, blank=True)
    part = models.CharField(max_length=10, blank=True, db_default="", db_comment="plain: the part of that day picked so far")
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="one_draft_a_form")]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class DraftKey(models.Model):
    """The key that seals a person's words in their own browser while it is offline. Handed to their signed-in page."""

    client = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="+")
    key = SealedTextField()

    def __str__(self) -> str:
        return f"draft key of {self.client_id}"


class PromptSkip(models.Model):
    """A prompt set aside: for fourteen days, or, the second time or when asked to, until the client comes to it."""

    class What(models.TextChoices):
        NOT_TODAY = "not_today", "Not today"
        NEVER = "never", "Never this one"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="prompt_skips")
    prompt = models.SlugField(max_length=60, db_comment="plain: which prompt")
    what = models.CharField(max_length=10, choices=What, db_comment="plain: not today, or never")
    at = models.DateTimeField()

    objects = SkipQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["client", "-at"], name="prompt_skips_by_client")]

    def __str__(self) -> str:
        return f"{self.what} {self.prompt}"
