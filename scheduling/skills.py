"""Who can give what: the therapists who lead a kind, and those who sit in as second person. Models of this app, kept apart."""

from django.core.exceptions import ValidationError
from django.db import models

from koru.people.models import Person, Role

from .kinds import AppointmentKind

MAY_BE = {"lead": (Role.THERAPIST,), "second": (Role.THERAPIST, Role.STAFF)}


class Skill(models.Model):
    """One part that somebody can take in a kind.

    A therapist of whom nothing is said leads every kind; from the first kind named on, only those named. A second person
    is only who is named: nobody sits in by default.
    """

    class Part(models.TextChoices):
        LEAD = "lead", "Leads it"
        SECOND = "second", "Sits in as second person"

    person = models.ForeignKey(
        Person,
        on_delete=models.CASCADE,
        related_name="skills",
        limit_choices_to={"role__in": MAY_BE["second"], "is_active": True},
    )
    kind = models.ForeignKey(AppointmentKind, on_delete=models.CASCADE, related_name="skills")
    part = models.CharField(max_length=10, choices=Part, default=Part.LEAD, db_comment="plain: lead or second")

    class Meta:
        ordering = ["person__display_name", "kind", "part"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "part"],
                name="a_skill_is_said_once",
                violation_error_message="This is said already.",
            ),
            models.CheckConstraint(condition=models.Q(part__in=["lead", "second"]), name="a_skill_is_for_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}, {self.get_part_display().lower()}"

    def clean(self) -> None:
        """Only a therapist leads; a second person is a therapist or of the staff."""
        if self.person_id and self.person.role not in MAY_BE.get(self.part, ()):
            words = "Only a therapist leads." if self.part == "lead" else "A second person is a therapist or of the staff."
            raise ValidationError({"person": words})
