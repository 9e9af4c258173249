"""Questions about people, in the field's words."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

if TYPE_CHECKING:
    from .models import Person


class PersonManager(BaseUserManager[Any]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        person: Person = self.get(email__iexact=username)
        return person

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person: Person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save()
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        fields.setdefault("display_name", "Admin")
        return self.create_user(email, password, **{**fields, "role": "admin", "is_superuser": True})

    def clients(self) -> "models.QuerySet[Person]":
        return self.filter(role="client", is_active=True)

    def therapists(self) -> "models.QuerySet[Person]":
        return self.filter(role="therapist", is_active=True)

    def leads(self) -> "models.QuerySet[Person]":
        """Clinical leads, whoever has been here longest first."""
        return self.therapists().filter(is_lead=True).order_by("joined_at", "pk")


class AllianceQuerySet(models.QuerySet[Any]):
    def current(self) -> "AllianceQuerySet":
        """Begun and not ended, by the database's clock: both checked in one question."""
        return self.filter(Q(until=None) | Q(until__gt=Now()), since__lte=Now())

    def of(self, therapist: "Person") -> "AllianceQuerySet":
        return self.current().filter(therapist=therapist, client__is_active=True)


class InvitationQuerySet(models.QuerySet[Any]):
    def open(self) -> "InvitationQuerySet":
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=Now())


class ConsentQuerySet(models.QuerySet[Any]):
    def in_force(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at=None)
