"""Questions about check-ins, in the field's words."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from koru.moments.spans import Span
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part

if TYPE_CHECKING:
    from .models import CheckIn, OwnItem, PickedSymptom


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def kept(self) -> "CheckInQuerySet":
        return self.filter(deleted_at=None)

    def written_by(self, client: Person) -> "CheckInQuerySet":
        return self.filter(client=client)

    def readable_in(self, record: Record) -> "CheckInQuerySet":
        """What the record's reader may see of it: values for a therapist, nothing for the desk.

        What the client would rather raise is there for them alone. Whether the note of another is readable too, `moments`
        says as it asks for it.
        """
        if not record.opens(Part.CHECK_INS):
            return self.none()
        rows = self.kept().filter(client=record.client)
        return rows if record.is_own else rows.shown()

    def shown(self) -> "CheckInQuerySet":
        """Without those that their client holds back."""
        return self.filter(held_at=None)

    def held(self) -> "CheckInQuerySet":
        return self.filter(held_at__isnull=False)

    def daily(self) -> "CheckInQuerySet":
        return self.filter(kind="daily")

    def of_day(self, day: date) -> "CheckInQuerySet":
        return self.filter(local_date=day)

    def within(self, span: Span) -> "CheckInQuerySet":
        return self.filter(at__gte=span.start, at__lt=span.end)


class PickedSymptomQuerySet(models.QuerySet["PickedSymptom"]):
    def live(self) -> "PickedSymptomQuerySet":
        return self.filter(retired_at=None)

    def of(self, client: Person) -> "PickedSymptomQuerySet":
        return self.filter(client=client)


class OwnItemQuerySet(models.QuerySet["OwnItem"]):
    def of(self, client: Person) -> "OwnItemQuerySet":
        return self.filter(client=client)

    def live(self) -> "OwnItemQuerySet":
        """Proposed or agreed, and not retired."""
        return self.filter(retired_at=None)
