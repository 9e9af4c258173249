"""Whether a client's therapist reads their routine: one choice for all of it (clinical.md 10.1)."""

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, widens
from koru.people.models import Person

from .models import RoutineChoice
from .refusals import DecideTomorrow
from .resting import waits_for


@widens
@transaction.atomic
def share_routine(*, by: Person) -> None:
    """Their therapist reads it from now on. Raises DecideTomorrow within a day of a dosing session."""
    if _is_shared(by):
        return
    if until := waits_for(by, timezone.now()):
        raise DecideTomorrow(until)
    RoutineChoice.objects.update_or_create(client=by, defaults={"is_shared": True})


@narrows
@transaction.atomic
def keep_routine_to_oneself(*, by: Person) -> None:
    """From now on nobody else reads it."""
    RoutineChoice.objects.update_or_create(client=by, defaults={"is_shared": False})


def _is_shared(client: Person) -> bool:
    return not RoutineChoice.objects.filter(client=client, is_shared=False).exists()
