"""Questions about appointments, in the field's words."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Max
from django.db.models.functions import Coalesce, Now

from koru.people.models import Person

from .phases import ASSUMED_AFTER

if TYPE_CHECKING:
    from .availability import AvailabilityException, AvailabilityRule
    from .kinds import Room
    from .models import Appointment, ConsultationRequest


CALENDAR_KEEPS = timedelta(days=30)


def not_over(now: datetime) -> models.Q:
    """Booked, and its end still to come; one that was started may run on a little."""
    runs_on = models.Q(started_at__isnull=False, during__endswith__gt=now - ASSUMED_AFTER)
    return models.Q(state="booked") & (models.Q(during__endswith__gt=now) | runs_on)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def kept(self) -> "AppointmentQuerySet":
        """Without those that are only held while somebody makes up their mind: they are nobody's time yet."""
        return self.exclude(state="held")

    def of_client(self, client: Person) -> "AppointmentQuerySet":
        return self.kept().filter(client=client).select_related("kind", "therapist", "room")

    def of_therapist(self, therapist: Person) -> "AppointmentQuerySet":
        return self.kept().filter(therapist=therapist).select_related("kind", "client", "request", "room")

    def of_clinic(self, person: Person) -> "AppointmentQuerySet":
        """What somebody of the clinic may act on: a therapist's own, the desk's all."""
        return self.kept() if person.is_desk else self.kept().filter(therapist=person)

    def with_person(self, person: Person) -> "AppointmentQuerySet":
        """Those that somebody takes part in."""
        own = models.Q(client=person) | models.Q(therapist=person)
        return self.kept().filter(own).select_related("kind", "client", "therapist", "room", "request")

    def locked(self, pk: UUID) -> "Appointment":
        """The row as it is now, held until the transaction ends. `first`, since zeal takes a second `get` for a loop."""
        rows = self.select_related("kind", "client", "therapist", "second_person", "room", "request").select_for_update(
            of=("self",)
        )
        found = rows.filter(pk=pk).first()
        if found is None:
            raise self.model.DoesNotExist
        return found

    def in_calendar_of(self, person: Person, now: datetime) -> "AppointmentQuerySet":
        """What one's own calendar shows: the last thirty days and all ahead, with when each last changed. Never a hold.

        A cancelled one stays as long again, saying that it is: a calendar that only adds learns of it too.
        """
        since = now - CALENDAR_KEEPS
        part = models.Q(client=person) | models.Q(therapist=person) | models.Q(second_person=person)
        rows = self.kept().filter(part).select_related("kind", "client", "therapist", "room", "request")
        told = rows.annotate(changed_at=Coalesce(Max("changes__at"), "booked_at"))
        shown = models.Q(state__in=("booked", "met", "missed")) | models.Q(state="cancelled", changed_at__gt=since)
        return told.filter(shown, during__endswith__gt=since).order_by("during", "pk")

    def upcoming(self) -> "AppointmentQuerySet":
        return self.filter(state="booked", during__endswith__gt=Now()).order_by("during")

    def ahead_of(self, now: datetime) -> "AppointmentQuerySet":
        """Booked and not over, soonest first."""
        return self.filter(not_over(now)).order_by("during")

    def behind(self, now: datetime) -> "AppointmentQuerySet":
        """Over, missed or cancelled, newest first."""
        return self.kept().exclude(not_over(now)).order_by("-during")

    def dosing(self) -> "AppointmentQuerySet":
        return self.filter(kind_id="dosing")


class ConsultationRequestQuerySet(models.QuerySet["ConsultationRequest"]):
    def open(self) -> "ConsultationRequestQuerySet":
        return self.filter(state__in=["new", "booked", "met"])


class AvailabilityExceptionQuerySet(models.QuerySet["AvailabilityException"]):
    def of(self, whose: "Person | Room") -> "AvailabilityExceptionQuerySet":
        return self.filter(therapist=whose) if isinstance(whose, Person) else self.filter(room=whose)


class AvailabilityRuleQuerySet(models.QuerySet["AvailabilityRule"]):
    def of(self, whose: "Person | Room") -> "AvailabilityRuleQuerySet":
        return self.filter(therapist=whose) if isinstance(whose, Person) else self.filter(room=whose)

    def in_force_from(self, day: date) -> "AvailabilityRuleQuerySet":
        """Those that hold on that day or after it."""
        return self.filter(models.Q(valid__endswith__gt=day) | models.Q(valid__upper_inf=True))
