"""Outside apps that a clinic lists: what each is good for, what it costs, what it does with one's data (clinical.md 6.3)."""

from typing import Any

from django.db import models
from django.db.models import Q

from koru.moments.ids import new_id


class ResourceQuerySet(models.QuerySet[Any]):
    def shown(self) -> "ResourceQuerySet":
        return self.filter(is_shown=True)


class Resource(models.Model):
    """Something of other people's. Its address is a link once the clinic has looked where it leads (`checked_on`)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=60, unique=True, db_comment="content: its name")
    good_for = models.CharField("good for", max_length=120, db_comment="content: what it is good for")
    cost = models.CharField(max_length=60, db_comment="content: what it costs, in words")
    privacy = models.CharField(
        max_length=200, blank=True, help_text="What it does with what people enter, in a sentence",
        db_comment="content: what it does with what people enter",
    )  # fmt: skip
    url = models.URLField("address", blank=True, db_comment="content: where it is")
    checked_on = models.DateField(
        null=True, blank=True, help_text="When somebody of the clinic last opened the address. Without it, it is no link."
    )
    is_shown = models.BooleanField("shown", default=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        verbose_name = "outside app or resource"
        verbose_name_plural = "outside apps and resources"
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_on=None) | ~Q(url=""),
                name="checked_resource_has_an_address",
                violation_error_message="Give the address that was checked.",
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="https://"),
                name="resource_address_is_safe",
                violation_error_message="The address begins with https://.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def link(self) -> str:
        return self.url if self.checked_on else ""
