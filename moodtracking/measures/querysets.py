"""Questions about assigned and filled measures, in the field's words."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef

from koru.moments.spans import Span
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part

if TYPE_CHECKING:
    from .models import Assignment, Response


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def of(self, client: Person) -> "AssignmentQuerySet":
        return self.filter(client=client)

    def live(self) -> "AssignmentQuerySet":
        return self.filter(ended_at=None)


class ResponseQuerySet(models.QuerySet["Response"]):
    def written_by(self, client: Person) -> "ResponseQuerySet":
        return self.filter(client=client)

    def readable_in(self, record: Record) -> "ResponseQuerySet":
        """All of it to the client and their therapist, nothing to the desk; unfinished ones to the client alone."""
        if not record.opens(Part.MEASURES):
            return self.none()
        mine = self.filter(client=record.client)
        return mine if record.is_own else mine.exclude(state="open")

    def open(self) -> "ResponseQuerySet":
        return self.filter(state="open")

    def completed(self) -> "ResponseQuerySet":
        return self.filter(state="completed")

    def uncorrected(self) -> "ResponseQuerySet":
        """Completed, and not corrected by a later completed one."""
        rows = self.completed()
        better = rows.model._default_manager.filter(corrects=OuterRef("pk"), state="completed")
        return rows.filter(~Exists(better))

    def closed(self) -> "ResponseQuerySet":
        """Finished, or stopped with what there was."""
        return self.exclude(state="open")

    def within(self, span: Span) -> "ResponseQuerySet":
        return self.filter(closed_at__gte=span.start, closed_at__lt=span.end)
