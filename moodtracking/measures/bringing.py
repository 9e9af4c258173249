"""A client marks a result to talk about when they next meet. The therapist may read it anyway: nothing more is shared."""

from uuid import UUID

from django.db import transaction

from koru.moments.directions import narrows, neither
from koru.people.models import Person

from .models import Brought, Response


@neither
@transaction.atomic
def bring(response_id: UUID, *, by: Person) -> None:
    """Twice is once. Raises Response.DoesNotExist for one that isn't theirs or isn't finished."""
    row = Response.objects.written_by(by).completed().get(pk=response_id)
    Brought.objects.bulk_create([Brought(response=row, client=by)], ignore_conflicts=True)


@narrows
def leave(response_id: UUID, *, by: Person) -> None:
    """Not after all."""
    Brought.objects.filter(response=response_id, client=by).delete()
